// LOCAL_PREF (RFC 4271 section 5.1.5): four octets.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_local_pref(Cursor value, Decoding& into) {
  if (value.left() != 4) return "LOCAL_PREF is not four octets";
  into.attributes->local_pref = value.u32();
  return {};
}

Result<bool> encode_local_pref(const Encodable& from, ByteWriter& value) {
  if (!from.attributes->local_pref) return false;
  value.u32(*from.attributes->local_pref);
  return true;
}

}  // namespace fairway::bgp
