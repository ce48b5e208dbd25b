// MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760): prefixes of other families than IPv4 unicast, and a next hop of theirs.
// Families that Fairway does not read are kept raw.
#include "core/wire/bgp/attribute_files.h"

#include <algorithm>

namespace fairway::bgp {

namespace {

constexpr std::string_view kStrangeNextHop = "the next hop of MP_REACH_NLRI has a strange length";

std::size_t append(std::uint8_t* out, const std::optional<IpAddress>& address) {
  return address ? address->to_octets(out) : 0;
}

// RIB entries should have only the next hop (RFC 6396 section 4.3.4), yet the whole attribute is found as well. The
// first octet of the short form is the length of the rest; the first of the long form is the upper octet of an AFI: 0,
// or 64 (BGP-LS), which is no length of a next hop.
bool is_abbreviated(Cursor value) {
  return value.left() != 0 && value.peek() == value.left() - 1 && value.peek() <= 48;
}

}  // namespace

bool read_next_hop(Bytes octets, Reach& reach) {
  reach.raw_next_hop = octets;
  if (octets.size() != 4 && octets.size() != 16 && octets.size() != 32) return false;
  reach.next_hop = IpAddress::from_octets(octets.first(std::min<std::size_t>(octets.size(), 16)));
  if (octets.size() == 32) reach.link_local_next_hop = IpAddress::from_octets(octets.subspan(16));
  reach.raw_next_hop = {};
  return true;
}

std::string_view decode_mp_reach(Cursor value, Decoding& into) {
  Reach& reach = *into.reach;
  reach.clear();
  if (into.in_rib && is_abbreviated(value)) {
    value.skip(1);
    reach.abbreviated = true;
    into.has_reach = true;
    return read_next_hop(value.rest(), reach) ? std::string_view{} : kStrangeNextHop;
  }
  reach.afi = value.u16();
  reach.safi = value.u8();
  const Bytes next_hop = value.take(value.u8());
  value.skip(into.in_rib && value.empty() ? 0 : 1);  // reserved
  if (!value.ok()) return "MP_REACH_NLRI is too short";
  into.has_reach = true;
  if (!reach.known()) {
    reach.raw_next_hop = next_hop;
    reach.raw_nlri = value.rest();
    return {};
  }
  const bool understood = read_next_hop(next_hop, reach);
  if (into.in_rib) {
    // The prefix stands in the record's head; what is repeated here is of no interest.
    return understood ? std::string_view{} : kStrangeNextHop;
  }
  into.read_nlri(value, static_cast<Family>(reach.afi), static_cast<Safi>(reach.safi), 14, reach.announced);
  return understood ? std::string_view{} : kStrangeNextHop;
}

void write_abbreviated_reach(const Reach& reach, ByteWriter& out) {
  if (!reach.next_hop) return;
  std::uint8_t octets[32];
  std::size_t size = append(octets, reach.next_hop);
  size += append(octets + size, reach.link_local_next_hop);
  out.u8(kOptional);
  out.u8(14);
  out.u8(static_cast<std::uint8_t>(size + 1));
  out.u8(static_cast<std::uint8_t>(size));
  out.bytes(Bytes(octets, size));
}

Result<bool> encode_mp_reach(const Encodable& from, ByteWriter& value) {
  if (from.reach == nullptr) return false;
  const Reach& reach = *from.reach;
  std::uint8_t octets[32];
  std::size_t size = append(octets, reach.next_hop);
  size += append(octets + size, reach.link_local_next_hop);
  const Bytes next_hop = reach.next_hop ? Bytes(octets, size) : reach.raw_next_hop;
  if (next_hop.size() > 255) {
    return fail(ErrorKind::usage, "MP_REACH_NLRI: a next hop of " + std::to_string(next_hop.size()) +
                                      " octets does not fit: at most 255.");
  }
  if (!reach.abbreviated) {
    value.u16(reach.afi);
    value.u8(reach.safi);
  }
  value.u8(static_cast<std::uint8_t>(next_hop.size()));
  value.bytes(next_hop);
  if (reach.abbreviated) return true;
  value.u8(0);
  if (reach.known()) {
    encode_nlri(value, reach.announced,
                from.encoding.has_path_ids(static_cast<Family>(reach.afi), static_cast<Safi>(reach.safi)));
  } else {
    value.bytes(reach.raw_nlri);
  }
  return true;
}

std::string_view decode_mp_unreach(Cursor value, Decoding& into) {
  Unreach& unreach = *into.unreach;
  unreach.clear();
  if (value.left() < 3) return "MP_UNREACH_NLRI is too short";
  unreach.afi = value.u16();
  unreach.safi = value.u8();
  into.has_unreach = true;
  if (!unreach.known()) {
    unreach.raw_nlri = value.rest();
    return {};
  }
  into.read_nlri(value, static_cast<Family>(unreach.afi), static_cast<Safi>(unreach.safi), 15, unreach.withdrawn);
  return {};
}

Result<bool> encode_mp_unreach(const Encodable& from, ByteWriter& value) {
  if (from.unreach == nullptr) return false;
  const Unreach& unreach = *from.unreach;
  value.u16(unreach.afi);
  value.u8(unreach.safi);
  if (unreach.known()) {
    encode_nlri(value, unreach.withdrawn,
                from.encoding.has_path_ids(static_cast<Family>(unreach.afi), static_cast<Safi>(unreach.safi)));
  } else {
    value.bytes(unreach.raw_nlri);
  }
  return true;
}

}  // namespace fairway::bgp
