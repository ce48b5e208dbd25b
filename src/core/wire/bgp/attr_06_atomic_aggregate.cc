// ATOMIC_AGGREGATE (RFC 4271 section 5.1.6): no octets.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_atomic_aggregate(Cursor value, Decoding& into) {
  if (!value.empty()) return "ATOMIC_AGGREGATE is not empty";
  into.attributes->atomic_aggregate = true;
  return {};
}

Result<bool> encode_atomic_aggregate(const Encodable& from, ByteWriter&) { return from.attributes->atomic_aggregate; }

}  // namespace fairway::bgp
