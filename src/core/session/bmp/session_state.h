// What a session remembers, and how it takes each type of message. Of no use outside this folder.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/text.h"
#include "core/session/bmp/session.h"
#include "core/wire/bgp/route_update.h"

namespace fairway::bmp {

struct Session::State {
  State(bgp::AttributeCache& shared, const SessionOptions& asked) : options(asked), cache(shared) {}

  SessionOptions options;
  SessionCounters counters;
  RouterIdentity router;
  bool ended = false;
  std::string end_reason;

  Buffer pending;            // of a message that is not all there
  std::uint64_t offset = 0;  // of its first octet, in the connection

  std::vector<std::unique_ptr<Neighbour>> neighbours;
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(const NeighbourKey& key) const { return hash_value(key); }
  };
  boost::unordered_flat_map<NeighbourKey, Neighbour*, Hash> by_key;

  bgp::AttributeCache& cache;
  bgp::RouteUpdateReader reader;
  bgp::RouteUpdate update;

  // Of the call at hand.
  Instant now;
  SessionSink* sink = nullptr;
  std::uint64_t at = 0;  // where the message at hand begins, in the connection

  // Null if there are too many, or of a type that is unknown: that is damage.
  Neighbour* find_or_add(const PeerHeader& header);
  Neighbour* find(const PeerHeader& header);

  void tell_state(const Neighbour& neighbour, RibKind rib, SessionState from, SessionState to);
  void tell_up(Neighbour& neighbour, std::uint8_t tables);  // those of them that are not
  void tell_down(Neighbour& neighbour);
  // Reads an UPDATE as is plausible and tells its routes. False: it could not be read to its end.
  bool tell_routes(Cursor body, const bgp::Encoding& encoding, const Peer& peer, Instant originated);
  void damage(Error error);

  void take(const RawMessage& raw);
  void take(const RouteMonitoring& message);
  void take(const StatisticsReport& message);
  void take(const PeerDown& message);
  void take(const PeerUp& message);
  void take(const Initiation& message);
  void take(const Termination& message);
  void take(const RouteMirroring& message);
  void take(const UnknownMessage&) {}  // to be ignored (RFC 7854 section 4.1); they are counted
};

}  // namespace fairway::bmp
