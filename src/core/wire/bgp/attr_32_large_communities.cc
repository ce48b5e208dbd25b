// LARGE_COMMUNITY (RFC 8092): three times four octets each.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_large_communities(Cursor value, Decoding& into) {
  if (value.empty() || value.left() % 12 != 0) return "LARGE_COMMUNITY is not a non-zero multiple of 12 octets";
  while (!value.empty()) {
    const std::uint32_t global = value.u32(), local1 = value.u32(), local2 = value.u32();
    into.attributes->large_communities.push_back({global, local1, local2});
  }
  return {};
}

Result<bool> encode_large_communities(const Encodable& from, ByteWriter& value) {
  for (const auto& one : from.attributes->large_communities) {
    value.u32(one.global);
    value.u32(one.local1);
    value.u32(one.local2);
  }
  return !from.attributes->large_communities.empty();
}

}  // namespace fairway::bgp
