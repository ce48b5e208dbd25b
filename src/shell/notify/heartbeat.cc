#include "shell/notify/heartbeat.h"

#include <chrono>

namespace fairway::notify {

Heartbeat::Heartbeat(HeartbeatOptions options, std::function<bool()> sees, std::function<void(std::string_view)> listen)
    : options_(std::move(options)), sees_(std::move(sees)), listen_(std::move(listen)) {
  thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

void Heartbeat::run(std::stop_token stop) {
  bool failing = false;
  while (!stop.stop_requested()) {
    if (sees_()) {
      const auto result = send_http(options_.target, {.method = "GET", .timeout = options_.timeout}, stop);
      if (stop.stop_requested()) return;
      if (listen_ && failing != !result.has_value()) listen_(result ? std::string_view() : result.error().text);
      failing = !result;
    }
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, stop, std::chrono::microseconds(options_.interval.microseconds), [] { return false; });
  }
}

}  // namespace fairway::notify
