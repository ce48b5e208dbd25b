// MULTI_EXIT_DISC (RFC 4271 section 5.1.4): four octets.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_med(Cursor value, Decoding& into) {
  if (value.left() != 4) return "MULTI_EXIT_DISC is not four octets";
  into.attributes->med = value.u32();
  return {};
}

Result<bool> encode_med(const Encodable& from, ByteWriter& value) {
  if (!from.attributes->med) return false;
  value.u32(*from.attributes->med);
  return true;
}

}  // namespace fairway::bgp
