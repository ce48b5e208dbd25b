// What each attribute's file offers to the table of rows. Of no use elsewhere.
#pragma once

#include "core/wire/bgp/attribute.h"

namespace fairway::bgp {

#define FAIRWAY_ATTRIBUTE(name)                                 \
  std::string_view decode_##name(Cursor value, Decoding& into); \
  Result<bool> encode_##name(const Encodable& from, ByteWriter& value)

FAIRWAY_ATTRIBUTE(origin);
FAIRWAY_ATTRIBUTE(as_path);
FAIRWAY_ATTRIBUTE(next_hop);
FAIRWAY_ATTRIBUTE(med);
FAIRWAY_ATTRIBUTE(local_pref);
FAIRWAY_ATTRIBUTE(atomic_aggregate);
FAIRWAY_ATTRIBUTE(aggregator);
FAIRWAY_ATTRIBUTE(communities);
FAIRWAY_ATTRIBUTE(originator_id);
FAIRWAY_ATTRIBUTE(cluster_list);
FAIRWAY_ATTRIBUTE(mp_reach);
FAIRWAY_ATTRIBUTE(mp_unreach);
FAIRWAY_ATTRIBUTE(extended_communities);
FAIRWAY_ATTRIBUTE(as4_path);
FAIRWAY_ATTRIBUTE(as4_aggregator);
FAIRWAY_ATTRIBUTE(aigp);
FAIRWAY_ATTRIBUTE(large_communities);
FAIRWAY_ATTRIBUTE(otc);

#undef FAIRWAY_ATTRIBUTE

// An AS path of `octets` (2 or 4) an AS. What is wrong, or empty; segments of no AS and AS 0 are kept and reported to
// `into`.
std::string_view decode_segments(Cursor value, unsigned octets, std::uint8_t attribute, AsPath& path, Decoding& into);
// One segment; a sequence of more than 255 is split. Error: a set of more than 255.
Result<void> encode_segment(SegmentType type, std::span<const Asn> asns, unsigned octets, ByteWriter& value);

// RFC 6793 section 4.2.3.
void merge_as4(Decoding& into);

}  // namespace fairway::bgp
