#include "shell/feed/rtr_link.h"

#include <chrono>

namespace fairway {

namespace {

constexpr Duration kLongestDial = seconds(20);

rtr::ClientOptions session_options(const RtrCacheOptions& cache) {
  rtr::ClientOptions options;
  options.newest = cache.newest_version;
  return options;
}

}  // namespace

Instant rtr_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

RtrLink::RtrLink(boost::asio::io_context& context, const RtrCacheOptions& cache, std::function<void()> on_change)
    : context_(context),
      cache_(cache),
      on_change_(std::move(on_change)),
      session_(session_options(cache)),
      timer_(context) {
  health_.name = cache.name();
  health_.since = rtr_now();
}

const FeedHealth& RtrLink::health() {
  health_.trouble = session_.trouble();
  health_.damaged = session_.damaged();
  return health_;
}

void RtrLink::dial() {
  connection_ = RtrConnection::make(context_, cache_);
  standing_ = writing_ = false;
  dial_deadline_ = rtr_now() + kLongestDial;
  connection_->connect([this](const std::string& error, std::size_t) {
    if (!error.empty()) return lose(error);
    standing_ = health_.connected = true;
    health_.since = rtr_now();
    session_.connected(rtr_now());
    read();
    settle();
  });
}

void RtrLink::read() {
  connection_->read(octets_, [this](const std::string& error, std::size_t size) {
    if (!error.empty()) return lose(error);
    health_.heard = rtr_now();
    health_.octets += size;
    const auto answered = session_.answered();
    session_.take({octets_.data(), size}, health_.heard);
    if (session_.answered() != answered) ++health_.messages;
    if (!session_.ended()) read();
    settle();
  });
}

void RtrLink::write() {
  auto octets = session_.to_send();
  if (octets.empty()) {
    if (session_.ended()) lose({});
    return;
  }
  writing_ = true;
  connection_->write(std::move(octets), [this](const std::string& error, std::size_t) {
    writing_ = false;
    if (!error.empty()) return lose(error);
    settle();
  });
}

void RtrLink::lose(std::string why) {
  connection_.reset();
  if (standing_) health_.since = rtr_now();
  standing_ = writing_ = health_.connected = false;
  session_.disconnected(rtr_now(), std::move(why));
  settle();
}

// Whatever happened: what is to be said is said, who is to be called is called, and the alarm is set.
void RtrLink::settle() {
  if (standing_ && !writing_) write();
  if (!connection_ && session_.wants_connection(rtr_now())) dial();
  on_change_();
  const Instant next = connection_ && !standing_ ? dial_deadline_ : session_.next();
  const auto wait = std::max<std::int64_t>((next - rtr_now()).microseconds, 1000);
  timer_.expires_after(std::chrono::microseconds(std::min<std::int64_t>(wait, hours(1).microseconds)));
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    session_.tick(rtr_now());
    if (connection_ && !standing_ && rtr_now() >= dial_deadline_) return lose("no connection in time");
    settle();
  });
}

}  // namespace fairway
