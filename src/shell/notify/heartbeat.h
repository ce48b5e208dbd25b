// Heartbeat: fetches an address again and again while all is well, so that somebody else notices when it stops: a dead
// program sends no notification, and a blind one has none to send.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "shell/notify/http.h"

namespace fairway::notify {

struct HeartbeatOptions {
  HttpTarget target{};
  Duration interval = seconds(60);
  Duration timeout = seconds(10);
};

class Heartbeat {
 public:
  // Starts at once. Before each beat `sees` is asked, on this object's thread: where it says no there is none. `listen`
  // is told when fetching begins to fail, and why, and, with an empty text, when it works again.
  Heartbeat(HeartbeatOptions options, std::function<bool()> sees, std::function<void(std::string_view)> listen = {});
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

 private:
  void run(std::stop_token stop);

  HeartbeatOptions options_;
  std::function<bool()> sees_;
  std::function<void(std::string_view)> listen_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace fairway::notify
