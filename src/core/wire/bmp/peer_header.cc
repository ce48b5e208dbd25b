#include "core/wire/bmp/peer_header.h"

#include <algorithm>

namespace fairway::bmp {

RibKind PeerHeader::rib() const {
  if (type == PeerType::loc_rib) return RibKind::loc_rib;
  const bool post = (flags & kPostPolicy) != 0;
  if ((flags & kAdjRibOut) != 0) return post ? RibKind::adj_rib_out_post : RibKind::adj_rib_out_pre;
  return post ? RibKind::adj_rib_in_post : RibKind::adj_rib_in_pre;
}

IpAddress read_wide_address(Cursor& cursor, Family family) {
  const Bytes octets = cursor.take(16);
  if (octets.empty()) return {};
  return IpAddress::from_octets(family == Family::ipv6 ? octets : octets.last(4));
}

void write_wide_address(const IpAddress& address, ByteWriter& out) {
  std::uint8_t octets[16] = {};
  if (address.family == Family::ipv6) {
    address.to_octets(octets);
  } else {
    address.to_octets(octets + 12);
  }
  out.bytes(octets);
}

PeerHeader read_peer_header(Cursor& cursor) {
  PeerHeader header;
  header.type = static_cast<PeerType>(cursor.u8());
  header.flags = cursor.u8();
  header.distinguisher = cursor.u64();
  const bool has_v_flag = header.type <= PeerType::local;
  header.address = read_wide_address(cursor, has_v_flag && (header.flags & kIpv6) != 0 ? Family::ipv6 : Family::ipv4);
  header.asn = Asn{cursor.u32()};
  header.bgp_id = cursor.u32();
  const std::int64_t seconds = cursor.u32();
  const std::int64_t microseconds = cursor.u32();
  header.time = Instant{seconds * 1'000'000 + std::min<std::int64_t>(microseconds, 999'999)};
  return header;
}

void write_peer_header(const PeerHeader& header, ByteWriter& out) {
  std::uint8_t flags = header.flags;
  if (header.type <= PeerType::local)
    flags = static_cast<std::uint8_t>((flags & ~kIpv6) | (header.address.family == Family::ipv6 ? kIpv6 : 0));
  out.u8(static_cast<std::uint8_t>(header.type));
  out.u8(flags);
  out.u64(header.distinguisher);
  write_wide_address(header.address, out);
  out.u32(header.asn.value);
  out.u32(header.bgp_id);
  out.u32(static_cast<std::uint32_t>(header.time.microseconds / 1'000'000));
  out.u32(static_cast<std::uint32_t>(header.time.microseconds % 1'000'000));
}

}  // namespace fairway::bmp
