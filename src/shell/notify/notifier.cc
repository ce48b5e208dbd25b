#include "shell/notify/notifier.h"

#include <algorithm>
#include <chrono>

namespace fairway::notify {

namespace {

Instant clock_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

}  // namespace

std::string_view to_string(NotifierEvent::What what) {
  constexpr std::string_view kWords[] = {"sent", "remark", "failed", "gave up", "repeat failed"};
  return kWords[static_cast<std::size_t>(what)];
}

class Notifier::Worker {
 public:
  Worker(Notifier& owner, std::unique_ptr<Channel> channel) : owner_(owner), channel_(std::move(channel)) {
    thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
  }
  // Asks all to end before any is waited for: see ~Notifier.
  void request_stop() { thread_.request_stop(); }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      woken_ = true;
    }
    something_.notify_one();
  }

  ChannelCounts counts() const { return {channel_->name(), sent_, failed_, gave_up_, failing_}; }

 private:
  using What = NotifierEvent::What;

  void run(std::stop_token stop) {
    while (!stop.stop_requested()) {
      repeat(stop);
      if (!send_due(stop)) wait(stop);
    }
  }

  void wait(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    something_.wait_for(lock, stop, std::chrono::microseconds(owner_.options_.poll.microseconds),
                        [this] { return woken_; });
    woken_ = false;
  }

  // Whether there may be more.
  bool send_due(std::stop_token stop) {
    const auto batch = owner_.outbox_.due(channel_->name(), clock_now(), owner_.options_.batch);
    for (const Pending& pending : batch) {
      if (stop.stop_requested()) return false;
      send(pending, stop);
    }
    return !batch.empty();
  }

  void send(const Pending& pending, std::stop_token stop) {
    const Notification& notification = pending.notification;
    const std::string id = id_of(notification);
    if (notification.stage == Stage::update && pending.overtaken) {
      constexpr std::string_view kReason = "a newer notification of the incident takes its place";
      return owner_.outbox_.gave_up(channel_->name(), id, clock_now(), kReason);
    }
    const Result<std::string> result = channel_->send(notification, clock_now(), stop);
    const Instant now = clock_now();
    if (result) {
      owner_.outbox_.sent(channel_->name(), id, now);
      ++sent_;
      failing_ = false;
      say(What::sent, id, to_string(notification.stage));
      if (!result->empty()) say(What::remark, id, *result);
      return;
    }
    if (stop.stop_requested()) return;  // no failure of the channel's: it waits for the next start
    failing_ = true;
    if (!is_temporary(result.error()) || now - pending.queued >= owner_.options_.give_up) {
      owner_.outbox_.gave_up(channel_->name(), id, now, result.error().text);
      ++gave_up_;
      say(What::gave_up, id, result.error().text);
    } else {
      owner_.outbox_.failed(channel_->name(), id, now + delay(pending.attempts), result.error().text);
      ++failed_;
      say(What::failed, id, result.error().text);
    }
  }

  // After so many failures before this one.
  Duration delay(std::uint32_t failures) const {
    Duration delay = owner_.options_.first_retry;
    for (; failures > 0 && delay < owner_.options_.longest_retry; --failures) delay = delay + delay;
    return std::min(delay, owner_.options_.longest_retry);
  }

  void repeat(std::stop_token stop) {
    const auto interval = channel_->repeat_interval();
    const Instant now = clock_now();
    if (!interval || now < next_repeat_) return;
    next_repeat_ = now + *interval;
    const auto standing = owner_.outbox_.standing(channel_->name());
    if (standing.empty()) return;
    const auto result = channel_->repeat(standing, now, stop);
    if (result || stop.stop_requested()) return;
    ++failed_;
    failing_ = true;
    say(What::repeat_failed, "", result.error().text);
  }

  void say(What what, std::string_view id, std::string_view text) { owner_.say({what, channel_->name(), id, text}); }

  Notifier& owner_;
  const std::unique_ptr<Channel> channel_;
  Instant next_repeat_{};
  std::atomic<std::uint64_t> sent_ = 0, failed_ = 0, gave_up_ = 0;
  std::atomic<bool> failing_ = false;
  std::mutex mutex_;
  std::condition_variable_any something_;
  bool woken_ = false;
  std::jthread thread_;  // last: it uses all the others
};

Notifier::Notifier(std::vector<std::unique_ptr<Channel>> channels, Outbox& outbox, NotifierOptions options,
                   std::function<void(const NotifierEvent&)> listen)
    : outbox_(outbox), options_(options), listen_(std::move(listen)) {
  for (auto& channel : channels) workers_.push_back(std::make_unique<Worker>(*this, std::move(channel)));
}

Notifier::~Notifier() {
  for (const auto& worker : workers_) worker->request_stop();
}

void Notifier::wake() {
  for (const auto& worker : workers_) worker->wake();
}

std::vector<ChannelCounts> Notifier::counts() const {
  std::vector<ChannelCounts> all;
  for (const auto& worker : workers_) all.push_back(worker->counts());
  return all;
}

void Notifier::say(const NotifierEvent& event) {
  if (!listen_) return;
  const std::lock_guard lock(listening_);
  listen_(event);
}

}  // namespace fairway::notify
