// Words for the tests of this folder and of the archive formats: octets from hexadecimal text, attributes that have
// everything.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/byte_writer.h"
#include "core/wire/bgp/attribute.h"

namespace fairway::bgp::testing {

// "ff 00 1a" or "ff001a"; blanks do not matter.
inline std::vector<std::uint8_t> hex(std::string_view text) {
  std::vector<std::uint8_t> octets;
  unsigned digits = 0, value = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n') continue;
    value = value << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (++digits % 2 == 0) {
      octets.push_back(static_cast<std::uint8_t>(value));
      value = 0;
    }
  }
  return octets;
}

inline IpAddress ip(std::string_view text) { return *parse_ip(text); }
inline Prefix prefix(std::string_view text) { return *parse_prefix(text); }

// A route with every attribute that has a row but those of NLRI; ASNs of two octets if `small`.
inline Attributes everything(bool small = false) {
  const std::uint32_t origin = small ? 64511 : 4200000001;
  Attributes all;
  all.origin = OriginCode::incomplete;
  all.has_as_path = true;
  all.as_path = *parse_as_path("64500 64501 {64502,64503}");
  all.as_path.add(SegmentType::sequence, std::vector<Asn>{Asn{origin}});
  all.next_hop = ip("192.0.2.1");
  all.med = 10;
  all.local_pref = 200;
  all.atomic_aggregate = true;
  all.aggregator = Aggregator{Asn{origin}, ip("192.0.2.2")};
  all.communities = {{0xFBF40001}, kNoExport};
  all.extended_communities = {{0x0002FBF400000001}};
  all.large_communities = {{4200000001, 2, 3}};
  all.originator_id = ip("192.0.2.3");
  all.cluster_list = {ip("192.0.2.4"), ip("192.0.2.5")};
  all.aigp = 1234567890123;
  all.otc = Asn{64500};
  return all;
}

// Equal in all that is a value; `unknown` by its octets.
inline bool same(const Attributes& a, const Attributes& b) {
  const auto same_raw = [](const RawAttribute& x, const RawAttribute& y) {
    return x.flags == y.flags && x.type == y.type &&
           std::equal(x.value.begin(), x.value.end(), y.value.begin(), y.value.end());
  };
  return a.origin == b.origin && a.has_as_path == b.has_as_path && a.as_path == b.as_path && a.next_hop == b.next_hop &&
         a.link_local_next_hop == b.link_local_next_hop && a.med == b.med && a.local_pref == b.local_pref &&
         a.atomic_aggregate == b.atomic_aggregate && a.aggregator == b.aggregator && a.communities == b.communities &&
         a.extended_communities == b.extended_communities && a.large_communities == b.large_communities &&
         a.originator_id == b.originator_id && a.cluster_list == b.cluster_list && a.aigp == b.aigp && a.otc == b.otc &&
         std::equal(a.unknown.begin(), a.unknown.end(), b.unknown.begin(), b.unknown.end(), same_raw);
}

}  // namespace fairway::bgp::testing
