// EXTENDED COMMUNITIES (RFC 4360): eight octets each. No type or sub-type is an error.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_extended_communities(Cursor value, Decoding& into) {
  if (value.empty() || value.left() % 8 != 0) return "EXTENDED COMMUNITIES is not a non-zero multiple of 8 octets";
  while (!value.empty()) {
    into.attributes->extended_communities.push_back({value.u64()});
  }
  return {};
}

Result<bool> encode_extended_communities(const Encodable& from, ByteWriter& value) {
  for (const auto& one : from.attributes->extended_communities) {
    value.u64(one.value);
  }
  return !from.attributes->extended_communities.empty();
}

}  // namespace fairway::bgp
