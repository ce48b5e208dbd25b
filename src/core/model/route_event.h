// RouteEvent: one thing that a router told about one prefix, or about its session: what archives, BMP and BGP sessions
// all come down to. Everything behind the wire works on these.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/attributes.h"
#include "core/model/instant.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

// Which of a router's tables a route stands in (RFC 7854, RFC 8671, RFC 9069). `pre`: before the router's policy for
// the neighbour, `post`: after it. A session of ours and an archive tell what a neighbour sends: adj_rib_in_pre.
enum class RibKind : std::uint8_t { adj_rib_in_pre, adj_rib_in_post, loc_rib, adj_rib_out_pre, adj_rib_out_post };
constexpr bool is_sent(RibKind kind) { return kind >= RibKind::adj_rib_out_pre; }
std::string_view to_string(RibKind kind);  // "adj-rib-in-pre", ..., "loc-rib", ...

// The router that told it, seen from the collector: a session's other end. Of BMP: the neighbour of the monitored
// router, and the table of that router which is told about.
struct Peer {
  IpAddress address;
  Asn asn;
  std::uint32_t bgp_id = 0;  // 0 if the source does not say
  RibKind rib = RibKind::adj_rib_in_pre;
  std::uint64_t distinguisher = 0;  // RFC 4364 section 4.2, as its eight octets read; 0: the global table

  friend auto operator<=>(const Peer&, const Peer&) = default;
};
inline std::size_t hash_value(const Peer& peer) {
  return mix(hash_value(peer.address) ^ peer.distinguisher,
             std::uint64_t{peer.asn.value} << 8 | static_cast<std::uint8_t>(peer.rib));
}

enum class EventKind : std::uint8_t {
  rib,         // the route stands in a table (TABLE_DUMP, TABLE_DUMP_V2)
  announce,    // an UPDATE announces it
  withdraw,    // an UPDATE withdraws it; no attributes
  state,       // the session went from old_state to new_state; no prefix
  end_of_rib,  // RFC 4724: the initial table is complete; no prefix
};

// States of the BGP finite state machine as RFC 6396 section 4.4.1 numbers them.
enum class SessionState : std::uint16_t {
  idle = 1,
  connect = 2,
  active = 3,
  open_sent = 4,
  open_confirm = 5,
  established = 6,
  clearing = 7,
  deleted = 8
};

struct RouteEvent {
  EventKind kind = EventKind::announce;
  Safi safi = Safi::unicast;
  Instant time;        // when the router or the archive said it
  Instant originated;  // of rib, in whole seconds, and of BMP: when the router heard the route; else the same as time
  Peer peer;
  Prefix prefix;
  std::optional<std::uint32_t> path_id;        // RFC 7911
  std::uint16_t old_state = 0, new_state = 0;  // SessionState, as on the wire

  // Of rib and announce, else null. Lives until the next record is decoded.
  const Attributes* attributes = nullptr;
  // Equal keys of one decoder mean equal attributes, so that what is derived from them needs to be derived once; 0
  // means not known.
  std::uint32_t attributes_key = 0;
};

}  // namespace fairway
