// Only to Customer (RFC 9234 section 5): the AS that first sent the route downhill.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_otc(Cursor value, Decoding& into) {
  if (value.left() != 4) return "OTC is not four octets";
  into.attributes->otc = Asn{value.u32()};
  return {};
}

Result<bool> encode_otc(const Encodable& from, ByteWriter& value) {
  if (!from.attributes->otc) return false;
  value.u32(from.attributes->otc->value);
  return true;
}

}  // namespace fairway::bgp
