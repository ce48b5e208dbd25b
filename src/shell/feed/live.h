// Live feeds: sources of route events that do not end. Each has one thread's event loop to itself or shares it; what it
// hears goes to a LiveSink, in the order in which it was heard.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/event_batch.h"
#include "core/model/instant.h"

namespace fairway {

// How a feed is: what the metrics, the API and the incident "blind" go by. One a connection: a router, a stream.
struct FeedHealth {
  std::string name;  // of the configuration: "ris-live", "bmp 192.0.2.1:40512 (core1.example)"
  bool connected = false;
  bool talks_always = false;  // a stream that is never quiet: its silence is a fault even while it is connected
  Instant since;              // of its being connected, or not
  Instant heard;              // when something came last; 0: never
  std::uint64_t octets = 0;   // received since the program started, and what was in them
  std::uint64_t messages = 0;
  std::uint64_t events = 0;
  std::uint64_t damaged = 0;  // messages that could not be read, and were passed over
  std::string trouble;        // the last one, with what to do; empty: none
  std::string source;         // who it says it is: a router's sysName; empty: it does not say
};

// What feeds tell. Called on the feed's thread.
class LiveSink {
 public:
  virtual ~LiveSink() = default;
  // Events of one collector (a router's sysName, "rrc00"): it names their views. Waits while the pipeline is full: the
  // feed then reads no further, and TCP slows its source down.
  virtual void on_events(std::string_view collector, EventBatch batch) = 0;
  // What this collector said between the two was not heard, and will not be: its routes still stand as they were known
  // before. Told when the feed hears again, before what it hears then.
  virtual void on_gap(std::string_view collector, Instant from, Instant to) {
    static_cast<void>(collector), static_cast<void>(from), static_cast<void>(to);
  }
  // When it connects, disconnects or meets trouble; and every few seconds, for the counters.
  virtual void on_health(const FeedHealth& health) = 0;
};

}  // namespace fairway
