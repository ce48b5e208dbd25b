// NEXT_HOP (RFC 4271 section 5.1.3): an IPv4 address.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_next_hop(Cursor value, Decoding& into) {
  if (value.left() != 4) return "NEXT_HOP is not four octets";
  into.attributes->next_hop = IpAddress::ipv4(value.u32());
  return {};
}

Result<bool> encode_next_hop(const Encodable& from, ByteWriter& value) {
  const auto& next_hop = from.attributes->next_hop;
  if (from.next_hop_apart || !next_hop || next_hop->family != Family::ipv4) return false;
  value.u32(next_hop->ipv4_bits());
  return true;
}

}  // namespace fairway::bgp
