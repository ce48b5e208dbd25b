// What a RIS Live client does with what it hears, without the connection: messages in; events, gaps and health out.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/wire/rislive/decoder.h"
#include "shell/feed/live.h"
#include "shell/feed/ris_live_subscription.h"

namespace fairway {

class RisLiveHearing {
 public:
  RisLiveHearing(std::string name, const RisLiveWish& wish, LiveSink& sink);

  void connected(Instant now);
  void disconnected(Instant now, std::string why);
  void trouble(std::string what);

  // One message. What it tells is kept until flush().
  void take(std::string_view text, Instant now);
  std::size_t waiting() const { return waiting_; }  // events that are kept
  void flush();

  // Since connected(): subscriptions that the server confirmed.
  std::size_t confirmed() const { return confirmed_; }
  void report() { sink_.on_health(health_); }

 private:
  struct Collector {
    EventBatch batch;
    Instant heard;
  };

  const WantedPrefixes wanted_;
  const bool repeats_;  // the same may come twice
  LiveSink& sink_;
  rislive::Decoder decoder_;
  RecentIds recent_;
  std::map<std::string, Collector, std::less<>> collectors_;
  FeedHealth health_;
  std::size_t waiting_ = 0, confirmed_ = 0;
};

}  // namespace fairway
