// BmpStation: the sockets of a BMP station (RFC 7854 section 3.2): it listens for routers, and dials those that wait to
// be dialled. What they tell goes to a LiveSink (live.h), under the router's sysName as the collector; where two
// routers at different addresses have the same, that of the later one has its address behind it; a router that does not
// say its name goes by its address. A second connection of one router takes the place of the first.
//
// RouteEvent::attributes_key means the same in all that one station tells, whichever router it is of.
//
// Routers take turns: of each at most so many octets are read before the others are served. While the sink waits
// nothing is read, and TCP slows the routers down. One that sends garbage is cut off; the others do not notice.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/session/bmp/session.h"
#include "shell/feed/live.h"

namespace fairway {

struct BmpStationOptions {
  std::vector<std::string> listen;  // "HOST:PORT", "[::]:1790"; port 0: any that is free
  std::vector<std::string> dial;    // routers that listen: "192.0.2.1:1790", "router.example:1790"
  std::vector<std::string> allow;   // "192.0.2.1", "2001:db8::/32": who may connect; empty: anybody
  std::size_t most_connections = 1000;
  std::size_t turn = 64u << 10;        // octets of one router at a time
  bool keepalive = true;               // TCP's: a router that is gone is noticed after about two minutes
  std::uint32_t silent_seconds = 120;  // a connection that has not sent anything by then is closed
  std::uint32_t redial_first_seconds = 1, redial_most_seconds = 120;  // doubled after each failure
  std::uint32_t dial_seconds = 15;                                    // to get through
  std::uint32_t health_seconds = 5;                                   // between two calls of on_health
  std::size_t attribute_cache = std::size_t{64} << 20;                // octets, of all routers together
  bmp::SessionOptions session;
};

// One router as it was at the last call of on_health.
struct BmpRouter {
  FeedHealth health;
  std::string collector;
  bmp::RouterIdentity identity;
  bmp::SessionCounters counters;
  std::vector<bmp::Neighbour> neighbours;
};

class BmpStation {
 public:
  // Begins to listen. `sink` outlives the station. Errors: usage (an address), system.
  static Result<std::unique_ptr<BmpStation>> open(const BmpStationOptions& options, LiveSink& sink);
  ~BmpStation();

  std::vector<std::string> addresses() const;  // "127.0.0.1:1790", with the real port

  // Serves until stop(), on this thread. What is connected then is closed without a word: that the station ends says
  // nothing about the routers' sessions.
  void run();
  void stop();  // from any thread; the sink must not wait for ever

  std::vector<BmpRouter> routers() const;  // that are connected; from any thread

 private:
  struct State;
  explicit BmpStation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fairway
