// The per-peer header (RFC 7854 section 4.2, RFC 8671 section 4, RFC 9069 section 4): which neighbour of the router,
// and which of its tables, a message is about. A value.
#pragma once

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "core/model/instant.h"
#include "core/model/route_event.h"

namespace fairway::bmp {

inline constexpr std::size_t kPeerHeaderSize = 42;

enum class PeerType : std::uint8_t {
  global = 0,   // of the global table
  rd = 1,       // of a VRF, by its route distinguisher
  local = 2,    // of an instance, by a number of the router's own
  loc_rib = 3,  // no neighbour: what the router has chosen
};
constexpr bool is_known(PeerType type) { return type <= PeerType::loc_rib; }

// Flags of types 0 to 2, and of type 3.
inline constexpr std::uint8_t kIpv6 = 0x80, kPostPolicy = 0x40, kLegacyAsPath = 0x20, kAdjRibOut = 0x10;
inline constexpr std::uint8_t kFiltered = 0x80;

struct PeerHeader {
  PeerType type = PeerType::global;
  std::uint8_t flags = 0;           // as on the wire; the V flag of types 0 to 2 follows `address` when written
  std::uint64_t distinguisher = 0;  // its eight octets read
  IpAddress address;                // the neighbour; 0.0.0.0 of a Loc-RIB
  Asn asn;
  std::uint32_t bgp_id = 0;
  Instant time;  // when the router took the routes in, or saw what it tells; 0: it does not say

  RibKind rib() const;
  bool legacy_as_path() const { return type != PeerType::loc_rib && (flags & kLegacyAsPath) != 0; }
  bool filtered() const { return type == PeerType::loc_rib && (flags & kFiltered) != 0; }

  friend bool operator==(const PeerHeader&, const PeerHeader&) = default;
};

// A header that is cut off leaves `cursor` failed. The flags of unknown types say nothing: their address is IPv4.
PeerHeader read_peer_header(Cursor& cursor);
void write_peer_header(const PeerHeader& header, ByteWriter& out);

// An address in 16 octets: all of them, or the last four.
IpAddress read_wide_address(Cursor& cursor, Family family);
void write_wide_address(const IpAddress& address, ByteWriter& out);

}  // namespace fairway::bmp
