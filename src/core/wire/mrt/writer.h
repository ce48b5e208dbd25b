// Writer: MRT records from plain values (RFC 6396, RFC 8050, RFC 6397): tables and updates of scenarios, tests and
// benchmarks. It appends to an output that outlives it. Errors (`usage`) say what does not fit; then nothing was
// appended.
#pragma once

#include <span>
#include <string_view>

#include "base/byte_writer.h"
#include "core/wire/bgp/message.h"
#include "core/wire/mrt/peer_table.h"
#include "core/wire/mrt/record.h"

namespace fairway::mrt {

// One route of a table.
struct RibEntry {
  std::uint16_t peer = 0;  // index into the table of peers
  Instant originated;      // whole seconds are written
  std::optional<std::uint32_t> path_id;
  const Attributes* attributes = nullptr;
};

// A session as BGP4MP records tell it. Both addresses are of one family.
struct Session {
  Peer peer;
  Asn local_asn;
  IpAddress local_address;
  std::uint16_t interface_index = 0;
};

class Writer {
 public:
  explicit Writer(ByteWriter& out) : out_(out) {}

  // Any record: types of extended time get the microseconds of `time`.
  Result<void> record(Instant time, Type type, std::uint16_t subtype, Bytes body);

  // TABLE_DUMP_V2. A table of peers comes first. The next hop of an IPv6 route is written as abbreviated MP_REACH_NLRI,
  // that of an IPv4 route as NEXT_HOP if it is an IPv4 address. Path ids are written for all entries if the first one
  // has one.
  Result<void> peer_index_table(Instant time, std::uint32_t collector_id, std::string_view view_name,
                                std::span<const Peer> peers);
  Result<void> geo_peer_table(Instant time, const PeerTable& table);
  Result<void> rib(Instant time, std::uint32_t sequence, const Prefix& prefix, Safi safi,
                   std::span<const RibEntry> entries);
  Result<void> rib_generic(Instant time, std::uint32_t sequence, const bgp::Nlri& nlri, Safi safi,
                           std::span<const RibEntry> entries);

  // TABLE_DUMP: ASNs of two octets; prefix and peer of one family.
  Result<void> table_dump(Instant time, std::uint16_t view, std::uint16_t sequence, const Prefix& prefix,
                          Instant originated, const Peer& peer, const Attributes& attributes);

  struct MessageOptions {
    bgp::Encoding encoding;     // four_octet_asns and add_path choose the subtype
    bool microseconds = false;  // BGP4MP_ET
    bool local = false;         // the collector itself sent it
  };
  Result<void> message(Instant time, const Session& session, const bgp::Message& message,
                       const MessageOptions& options);
  Result<void> state_change(Instant time, const Session& session, SessionState old_state, SessionState new_state,
                            const MessageOptions& options);

  // BGP4MP_ENTRY of appendix B.2.6.1: ASNs of two octets.
  Result<void> entry(Instant time, const Session& session, Instant changed, const Prefix& prefix, Safi safi,
                     const Attributes& attributes);

  // Type 5, or 9 if the addresses are IPv6 (appendix B.2): ASNs of two octets.
  Result<void> legacy_update(Instant time, const Session& session, const bgp::Update& update);
  Result<void> legacy_state_change(Instant time, const Peer& peer, SessionState old_state, SessionState new_state);

 private:
  ByteWriter& out_;
};

}  // namespace fairway::mrt
