// Neighbour: what a station knows of one session of the monitored router, or of its Loc-RIB. Its tables before and
// after policy, towards the router and from it, are views of it: they come up and go down together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/route_event.h"
#include "core/wire/bgp/encoding.h"
#include "core/wire/bmp/message.h"
#include "core/wire/bmp/statistics.h"

namespace fairway::bmp {

// What tells neighbours of one router apart (RFC 7854 section 4.2). Not the AS nor the identifier: routers write others
// into a Peer Down than into the Peer Up. Nor the type, Loc-RIB apart: a distinguisher belongs to one instance.
struct NeighbourKey {
  bool loc_rib = false;
  std::uint64_t distinguisher = 0;
  IpAddress address;

  explicit NeighbourKey(const PeerHeader& header)
      : loc_rib(header.type == PeerType::loc_rib), distinguisher(header.distinguisher), address(header.address) {}
  friend bool operator==(const NeighbourKey&, const NeighbourKey&) = default;
};
inline std::size_t hash_value(const NeighbourKey& key) {
  return mix(hash_value(key.address) ^ (key.loc_rib ? 1 : 0), key.distinguisher);
}

enum class Standing : std::uint8_t {
  unannounced,  // routes came, and no Peer Up
  up,
  down,
};

class Neighbour {
 public:
  Neighbour(const PeerHeader& header, Instant now);

  PeerType type;
  Peer peer;  // its `rib` is for the caller to set: see in_table()
  Standing standing = Standing::unannounced;
  Instant since;              // of this standing
  bool deconfigured = false;  // of a neighbour that is down: it may be up, and is not told of
  std::string down_reason;    // a half sentence; of one that is down
  bool filtered = false;      // of a Loc-RIB: it is not all of it (F flag)
  IpAddress local_address;    // of the session, and its ports; of the Peer Up
  std::uint16_t local_port = 0, remote_port = 0;
  Asn local_asn;                                        // of the OPEN that the router sent
  std::optional<std::uint8_t> local_role, remote_role;  // RFC 9234
  std::vector<std::string> table_names;                 // RFC 9069 section 5.2.1
  std::vector<std::string> labels;                      // RFC 8671 section 6.3.1
  std::uint64_t messages = 0;                           // with routes
  std::vector<Statistic> statistics;                    // the newest of each kind and family
  Instant statistics_time;

  Peer in_table(RibKind rib) const;
  // How the UPDATEs of that table are to be read.
  bgp::Encoding encoding(const PeerHeader& header) const;

  // Takes over what the message says. False: it is of another session than the one that is known to be up.
  bool is_same_session(const PeerUp& message) const;
  void come_up(const PeerUp& message, const bgp::Open& sent, const bgp::Open& received, Instant now);
  void go_down(const PeerDown& message, Instant now);
  void take(const StatisticsReport& report, Instant now);

  // Tables that routes, or a Peer Up, told of; and those of them that were said to be up. Sets of bits by RibKind.
  std::uint8_t seen = 0, live = 0;
  static constexpr std::uint8_t bit(RibKind rib) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(rib)); }

 private:
  bgp::Encoding from_neighbour_, to_neighbour_;
  std::uint64_t opens_ = 0;  // a hash of both
};

}  // namespace fairway::bmp
