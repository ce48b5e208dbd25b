// The sockets around core/session/rtr: an RTR server, over TCP and TLS, for many routers at once.
//
//   auto server = RtrServer::open(options);
//   server->publish(world.vrps, world.aspas);   // from any thread, as often as there is something new
//   server->run(true);
//
// All routers of a version are sent the same octets, whatever their number; a router costs a few kilobytes. Whoever
// feeds it says when the data is too old (withhold): then it answers "No Data Available" instead of old data.
//
// A router is dropped that does not take an answer within `send_seconds`, or sends nothing within the Expire Interval
// and a minute: by then it has nothing left of what it was told. Routers are told of something new at once, but no
// oftener than once a minute (RFC 8210 section 8.2).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "core/session/rtr/cache.h"

namespace fairway::serve {

// Files of PEM.
struct RtrTls {
  std::string certificate;  // and the chain behind it
  std::string key;
  // Who signs the certificates of routers; empty: they need none. With it a certificate must name the address that the
  // router comes from (RFC 8210 section 9.2).
  std::string client_ca;
};

struct RtrOptions {
  std::string listen =
      "127.0.0.1:3323";    // "HOST[:PORT]", port 323 where none is named; 0: any that is free; empty: not
  std::string listen_tls;  // the same with port 324
  RtrTls tls;
  std::uint8_t newest_version = rtr::kNewestVersion;  // 1: for routers whose version 2 is that of an old draft
  rtr::Intervals intervals;
  std::size_t most_clients = 1000;  // further ones wait to be accepted
  unsigned send_seconds = 600;
  unsigned notify_seconds = 60;  // between two notifications
  // Lines for the log: who came, who went and why. Called on the server's thread.
  std::function<void(const std::string&)> tell = [](const std::string&) {};
};

struct RtrStatus {
  bool has_data = false;
  std::array<std::uint32_t, rtr::kNewestVersion + 1> serials{};
  std::size_t vrps = 0, aspas = 0;                             // that are told
  std::array<std::size_t, rtr::kNewestVersion + 1> clients{};  // by version
  std::size_t silent_clients = 0;                              // that have not asked yet
  std::uint64_t connections = 0, queries = 0, octets = 0;      // since it began; sent
  std::uint64_t dropped = 0;                                   // by us: slow, silent, or in error
};

class RtrServer {
 public:
  // Begins to listen. Errors: usage (an address), system (a socket, a file of TLS).
  static Result<std::unique_ptr<RtrServer>> open(const RtrOptions& options);
  ~RtrServer();

  std::string address() const;  // "127.0.0.1:3323", with the real port; empty: not
  std::string tls_address() const;

  // From any thread. Null tables are empty ones. What is equal to what is served changes nothing: false.
  bool publish(std::shared_ptr<const VrpTable> vrps, std::shared_ptr<const AspaTable> aspas);
  void withhold();
  RtrStatus status() const;

  // Serves until stop(), or SIGINT or SIGTERM if `until_signal`. `on_hangup` is called for each SIGHUP.
  void run(bool until_signal, const std::function<void()>& on_hangup = {});
  void stop();  // from any thread

  struct State;

 private:
  explicit RtrServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fairway::serve
