// Notifier: takes what waits in the outbox to the channels, each on a thread of its own: a slow one delays nobody else.
// What fails for now is tried again, later and later; what fails for good, or has waited too long, is given up and
// told.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "shell/notify/channel.h"
#include "shell/notify/outbox.h"

namespace fairway::notify {

struct NotifierOptions {
  Duration poll = seconds(1);         // how often the outbox is asked, besides wake()
  Duration first_retry = seconds(5);  // doubles with every failure
  Duration longest_retry = seconds(600);
  Duration give_up = days(3);  // after it was written
  std::size_t batch = 32;
};

// Something worth a line in the log.
struct NotifierEvent {
  enum class What : std::uint8_t { sent, remark, failed, gave_up, repeat_failed };
  What what;
  std::string_view channel;
  std::string_view id;  // of the notification; empty when standing alerts were repeated
  std::string_view text;
};
std::string_view to_string(NotifierEvent::What what);  // "sent", "remark", "failed", "gave up", "repeat failed"

struct ChannelCounts {
  std::string channel{};
  std::uint64_t sent = 0, failed = 0, gave_up = 0;
  bool failing = false;  // the last attempt was no success
};

class Notifier {
 public:
  // Starts at once. `listen` is called from all the threads, one at a time. The outbox must live as long.
  Notifier(std::vector<std::unique_ptr<Channel>> channels, Outbox& outbox, NotifierOptions options = {},
           std::function<void(const NotifierEvent&)> listen = {});
  ~Notifier();  // ends what is being sent, and waits for that
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  void wake();  // something was written into the outbox: cheap, from any thread
  std::vector<ChannelCounts> counts() const;

 private:
  class Worker;
  void say(const NotifierEvent& event);

  Outbox& outbox_;
  const NotifierOptions options_;
  std::function<void(const NotifierEvent&)> listen_;
  std::mutex listening_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace fairway::notify
