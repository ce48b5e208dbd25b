// CLUSTER_LIST (RFC 4456 section 8): cluster identifiers, four octets each.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_cluster_list(Cursor value, Decoding& into) {
  if (value.empty() || value.left() % 4 != 0) return "CLUSTER_LIST is not a non-zero multiple of 4 octets";
  while (!value.empty()) {
    into.attributes->cluster_list.push_back(IpAddress::ipv4(value.u32()));
  }
  return {};
}

Result<bool> encode_cluster_list(const Encodable& from, ByteWriter& value) {
  for (const auto& one : from.attributes->cluster_list) {
    value.u32(one.ipv4_bits());
  }
  return !from.attributes->cluster_list.empty();
}

}  // namespace fairway::bgp
