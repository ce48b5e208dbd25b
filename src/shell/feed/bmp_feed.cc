#include "shell/feed/bmp_feed.h"

#include <utility>

namespace fairway {

BmpFeed::BmpFeed(FeedHealth before, Instant now, bgp::AttributeCache& cache, const bmp::SessionOptions& options,
                 LiveSink& sink, NameCollector name)
    : sink_(sink), name_(std::move(name)), session_(cache, options), before_(std::move(before)) {
  health_ = before_;
  health_.connected = true;
  health_.since = now;
  health_.trouble.clear();
}

void BmpFeed::on_damage(const Error& error) {
  health_.trouble = error.text + " (octet " + std::to_string(error.where) + " of the connection)";
}

bool BmpFeed::receive(Bytes octets, Instant now) {
  const auto done = session_.receive(octets, now, *this);
  if (!done) on_damage(done.error());
  if (session_.ended() && !session_.end_reason().empty())
    health_.trouble = "the router closed the connection: " + session_.end_reason();
  const bmp::SessionCounters& counters = session_.counters();
  health_.heard = now;
  health_.octets = before_.octets + counters.octets;
  health_.messages = before_.messages + counters.all_messages();
  health_.events = before_.events + counters.events();
  health_.damaged = before_.damaged + counters.damaged + (done ? 0 : 1);
  health_.source = session_.router().name;
  hand_on();
  return !session_.ended();
}

void BmpFeed::close(Instant now, const std::string& trouble) {
  if (!std::exchange(health_.connected, false)) return;
  health_.since = now;
  if (!trouble.empty()) health_.trouble = trouble;
  session_.close(now, *this);
  health_.events = before_.events + session_.counters().events();
  hand_on();
  sink_.on_health(health_);
}

void BmpFeed::hand_on() {
  if (batch_.empty()) return;
  if (collector_.empty()) collector_ = name_(session_.router());
  sink_.on_events(collector_, std::exchange(batch_, EventBatch()));
}

}  // namespace fairway
