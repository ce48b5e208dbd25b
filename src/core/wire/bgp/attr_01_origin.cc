// ORIGIN (RFC 4271 section 5.1.1): one octet, 0 to 2.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_origin(Cursor value, Decoding& into) {
  if (value.left() != 1) return "ORIGIN is not one octet";
  const std::uint8_t code = value.u8();
  if (code > 2) return "ORIGIN is none of 0, 1 and 2";
  into.attributes->origin = static_cast<OriginCode>(code);
  return {};
}

Result<bool> encode_origin(const Encodable& from, ByteWriter& value) {
  if (!from.attributes->origin) return false;
  value.u8(static_cast<std::uint8_t>(*from.attributes->origin));
  return true;
}

}  // namespace fairway::bgp
