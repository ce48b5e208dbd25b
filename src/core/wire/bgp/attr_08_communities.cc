// COMMUNITIES (RFC 1997): four octets each.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_communities(Cursor value, Decoding& into) {
  if (value.empty() || value.left() % 4 != 0) return "COMMUNITIES is not a non-zero multiple of 4 octets";
  while (!value.empty()) {
    into.attributes->communities.push_back({value.u32()});
  }
  return {};
}

Result<bool> encode_communities(const Encodable& from, ByteWriter& value) {
  for (const auto& one : from.attributes->communities) {
    value.u32(one.value);
  }
  return !from.attributes->communities.empty();
}

}  // namespace fairway::bgp
