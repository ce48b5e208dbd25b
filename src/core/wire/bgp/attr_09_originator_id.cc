// ORIGINATOR_ID (RFC 4456 section 8): a BGP identifier.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_originator_id(Cursor value, Decoding& into) {
  if (value.left() != 4) return "ORIGINATOR_ID is not four octets";
  into.attributes->originator_id = IpAddress::ipv4(value.u32());
  return {};
}

Result<bool> encode_originator_id(const Encodable& from, ByteWriter& value) {
  if (!from.attributes->originator_id) return false;
  value.u32(from.attributes->originator_id->ipv4_bits());
  return true;
}

}  // namespace fairway::bgp
