// Session: a station's side of one connection with a monitored router (RFC 7854, RFC 8671, RFC 9069), without I/O:
// octets in, route events out. It knows each neighbour of the router by its Peer Up, and reads UPDATEs as the two
// neighbours agreed in their OPENs.
//
// - A neighbour's tables (Adj-RIB-In before and after policy, Adj-RIB-Out, Loc-RIB) are views of their own: Peer::rib.
//   Peer::distinguisher is the header's: a VRF's route distinguisher, or an instance's number.
// - Peer Up is a change of state to established, of each table that is known of; a table that shows itself later is
// told
//   up before its first route. Peer Down, or the loss of the connection, is one change of state to idle a table: it
//   takes all routes with it. A table that never had a route or an End-of-RIB is one that the router does not monitor.
// - Event times are the station's: routers' clocks differ, and their dumps have times long past. `originated` is the
//   router's, if it says one.
// - Damage within a message is counted and told, and the connection goes on. Only where no next message can be found
//   the connection is lost.
//
// Memory: the longest message, what waits of it, the attribute cache, and a few hundred octets a neighbour, of which
// there is a maximum. One thread.
#pragma once

#include <array>
#include <memory>
#include <span>

#include "core/session/bmp/neighbour.h"
#include "core/wire/bgp/finding.h"

namespace fairway::bmp {

struct SessionOptions {
  std::size_t most_neighbours = 20'000;                 // further ones are damage
  std::size_t attribute_cache = std::size_t{16} << 20;  // octets
};

// Since the connection began.
struct SessionCounters {
  std::uint64_t octets = 0;
  std::array<std::uint64_t, 8> messages{};  // by type; the last of all others
  std::uint64_t announced = 0, withdrawn = 0, ends_of_rib = 0, state_changes = 0;
  std::uint64_t damaged = 0;          // times that something could not be read
  std::uint64_t findings = 0;         // of RFC 7606 and kindred
  std::uint64_t before_peer_up = 0;   // route messages of neighbours that nobody announced: read as is plausible
  std::uint64_t after_peer_down = 0;  // route messages of neighbours that are down: not told
  std::uint64_t other_form = 0;       // UPDATEs that are of another form than was agreed on
  std::uint64_t other_families = 0;   // UPDATEs with routes of families that are not read
  std::uint64_t with_tlvs = 0;        // messages of version 3 with TLVs of a draft behind the UPDATE: not looked at
  std::uint64_t unseen_flaps = 0;     // another Peer Up without a Peer Down between
  std::uint64_t repeated = 0;         // Peer Ups and Peer Downs that say nothing new
  std::uint64_t mirrored = 0, mirrored_errors = 0, mirrored_losses = 0;  // Route Mirroring; its routes are not told

  std::uint64_t all_messages() const;
  std::uint64_t events() const { return announced + withdrawn + ends_of_rib + state_changes; }
};

// Of its Initiation.
struct RouterIdentity {
  std::string name, description;  // sysName, sysDescr; empty until it says so
  std::vector<std::string> texts;
};

class SessionSink {
 public:
  virtual ~SessionSink() = default;
  // Lives until the call returns.
  virtual void on_event(const RouteEvent& event) = 0;
  // About an UPDATE that was read all the same.
  virtual void on_finding(const Peer&, const bgp::Finding&) {}
  // A message was passed over, or what is left of it. `where` counts the octets of the connection.
  virtual void on_damage(const Error&) {}
};

class Session {
 public:
  explicit Session(const SessionOptions& options = {});
  ~Session();
  Session(Session&&) noexcept;

  // Takes the octets that came next. Error (`malformed`, with its offset): the connection is lost: close it.
  Result<void> receive(Bytes octets, Instant now, SessionSink& sink);
  // The router said that it closes the connection: do so too.
  bool ended() const;
  // The reason that it gave; empty if it did not.
  const std::string& end_reason() const;
  // The connection is gone: all tables go down.
  void close(Instant now, SessionSink& sink);

  const RouterIdentity& router() const;
  const SessionCounters& counters() const;
  // In the order in which they showed themselves.
  std::span<const std::unique_ptr<Neighbour>> neighbours() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway::bmp
