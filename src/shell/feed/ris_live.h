// RIS Live (https://ris-live.ripe.net): what the RIPE NCC's route collectors hear, as they hear it, over a WebSocket.
//
//   RisLiveOptions options;
//   options.wish.prefixes = my_prefixes;
//   auto feed = RisLive::open(options, sink);
//   std::thread thread([&] { (*feed)->run(); });
//
// The connection is made anew, after pauses that grow and differ, whenever it ends, fails, or is silent: not even a
// ping is answered. The server keeps nothing for those who are away. What the collectors said meanwhile is lost:
// LiveSink::on_gap() says so for each that was heard before. Nobody's routes are taken away for that: that we did not
// listen is no outage.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "shell/feed/live.h"
#include "shell/feed/ris_live_subscription.h"

namespace fairway {

struct RisLiveOptions {
  using Time = std::chrono::milliseconds;

  std::string name = "ris-live";                       // in FeedHealth
  std::string url = "wss://ris-live.ripe.net/v1/ws/";  // or ws://, without TLS
  std::string client = "fairway";                      // who we are: the RIPE NCC asks for it
  std::string authorities{};                           // a PEM file instead of those that the system trusts
  RisLiveWish wish;

  Time connect{20'000};      // for each step until the subscriptions are sent
  Time ping{20'000};         // heard nothing so long: ask whether it is still there
  Time silence{60'000};      // and so long: it is not
  Time least_pause{1'000};   // before the first attempt to connect anew; doubled with each that fails
  Time most_pause{120'000};  // a connection that lasted so long was none that failed
  Time health{5'000};        // between reports
  std::size_t most_octets = std::size_t{8} << 20;  // of one message
};

class RisLive {
 public:
  // `sink` outlives it. Errors: usage (the address), system (the authorities).
  static Result<std::unique_ptr<RisLive>> open(const RisLiveOptions& options, LiveSink& sink);
  ~RisLive();

  void run();   // until stop(): the thread that the sink is called on
  void stop();  // from any thread; for good

 private:
  struct State;
  explicit RisLive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fairway
