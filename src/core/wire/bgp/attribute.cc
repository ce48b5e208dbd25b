#include "core/wire/bgp/attribute.h"

#include <algorithm>
#include <array>

#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

namespace {

using enum FindingAction;

constexpr std::uint8_t kWellKnown = kTransitive, kBoth = kOptional | kTransitive;

constexpr AttributeRow kRows[] = {
    {14, "MP_REACH_NLRI", "RFC 4760", kOptional, session_reset, "RFC 7606 section 7.11", decode_mp_reach,
     encode_mp_reach},
    {15, "MP_UNREACH_NLRI", "RFC 4760", kOptional, session_reset, "RFC 7606 section 5.3", decode_mp_unreach,
     encode_mp_unreach},
    {1, "ORIGIN", "RFC 4271", kWellKnown, treat_as_withdraw, "RFC 7606 section 7.1", decode_origin, encode_origin},
    {2, "AS_PATH", "RFC 4271", kWellKnown, treat_as_withdraw, "RFC 7606 section 7.2", decode_as_path, encode_as_path},
    {3, "NEXT_HOP", "RFC 4271", kWellKnown, treat_as_withdraw, "RFC 7606 section 7.3", decode_next_hop,
     encode_next_hop},
    {4, "MULTI_EXIT_DISC", "RFC 4271", kOptional, treat_as_withdraw, "RFC 7606 section 7.4", decode_med, encode_med},
    {5, "LOCAL_PREF", "RFC 4271", kWellKnown, treat_as_withdraw, "RFC 7606 section 7.5", decode_local_pref,
     encode_local_pref},
    {6, "ATOMIC_AGGREGATE", "RFC 4271", kWellKnown, attribute_discard, "RFC 7606 section 7.6", decode_atomic_aggregate,
     encode_atomic_aggregate},
    {7, "AGGREGATOR", "RFC 4271", kBoth, attribute_discard, "RFC 7606 section 7.7", decode_aggregator,
     encode_aggregator},
    {8, "COMMUNITIES", "RFC 1997", kBoth, treat_as_withdraw, "RFC 7606 section 7.8", decode_communities,
     encode_communities},
    {9, "ORIGINATOR_ID", "RFC 4456", kOptional, treat_as_withdraw, "RFC 7606 section 7.9", decode_originator_id,
     encode_originator_id},
    {10, "CLUSTER_LIST", "RFC 4456", kOptional, treat_as_withdraw, "RFC 7606 section 7.10", decode_cluster_list,
     encode_cluster_list},
    {16, "EXTENDED COMMUNITIES", "RFC 4360", kBoth, treat_as_withdraw, "RFC 7606 section 7.14",
     decode_extended_communities, encode_extended_communities},
    {17, "AS4_PATH", "RFC 6793", kBoth, attribute_discard, "RFC 6793 section 6", decode_as4_path, encode_as4_path},
    {18, "AS4_AGGREGATOR", "RFC 6793", kBoth, attribute_discard, "RFC 6793 section 6", decode_as4_aggregator,
     encode_as4_aggregator},
    {26, "AIGP", "RFC 7311", kOptional, attribute_discard, "RFC 7311 section 3.2", decode_aigp, encode_aigp},
    {32, "LARGE_COMMUNITY", "RFC 8092", kBoth, treat_as_withdraw, "RFC 8092 section 6", decode_large_communities,
     encode_large_communities},
    {35, "OTC", "RFC 9234", kBoth, treat_as_withdraw, "RFC 9234 section 5", decode_otc, encode_otc},
};

constexpr auto kByType = [] {
  std::array<const AttributeRow*, 256> by_type{};
  for (const AttributeRow& row : kRows) by_type[row.type] = &row;
  return by_type;
}();

bool same(Bytes a, Bytes b) { return std::ranges::equal(a, b); }

}  // namespace

std::span<const AttributeRow> attribute_rows() { return kRows; }
const AttributeRow* find_attribute(std::uint8_t type) { return kByType[type]; }

void Decoding::read_nlri(Cursor field, Family family, Safi safi, std::uint8_t attribute, std::vector<Nlri>& nlri) {
  switch (decode_nlri(field, family, safi, encoding, nlri)) {
    case NlriReading::fine: return;
    case NlriReading::other_form:
      return report(attribute, none, "RFC 8050 section 3",
                    "prefixes have path ids though the record says no, or have none", field.offset());
    case NlriReading::damaged:
      damaged = true;
      return report(attribute, session_reset, "RFC 7606 section 5.3",
                    "a prefix is longer than its family or than the field", field.offset());
  }
}

void Reach::clear() {
  abbreviated = false;
  afi = 0;
  safi = 0;
  next_hop.reset();
  link_local_next_hop.reset();
  announced.clear();
  raw_next_hop = {};
  raw_nlri = {};
}

void Unreach::clear() {
  afi = 0;
  safi = 0;
  withdrawn.clear();
  raw_nlri = {};
}

bool operator==(const Reach& a, const Reach& b) {
  return a.abbreviated == b.abbreviated && a.afi == b.afi && a.safi == b.safi && a.next_hop == b.next_hop &&
         a.link_local_next_hop == b.link_local_next_hop && a.announced == b.announced &&
         same(a.raw_next_hop, b.raw_next_hop) && same(a.raw_nlri, b.raw_nlri);
}

bool operator==(const Unreach& a, const Unreach& b) {
  return a.afi == b.afi && a.safi == b.safi && a.withdrawn == b.withdrawn && same(a.raw_nlri, b.raw_nlri);
}

}  // namespace fairway::bgp
