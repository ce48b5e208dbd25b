// From what the index found to the origin verdict: the walk over the covering VRPs that judge_origin and judge_origins
// share.
#pragma once

#include "core/verdict/origin.h"

namespace fairway::origin_walk {

// Whether the VRP's AS is the route's origin (RFC 6811 section 2): AS 0 and an AS_SET never match.
inline bool names(const VrpTable::Entry& entry, const PathOrigin& origin) {
  return origin.kind == PathOrigin::Kind::as && entry.asn == origin.asn && entry.asn.value != 0;
}

// `segment`: what the index found for the prefix's first address. From the longest covering prefix on, outwards.
inline OriginVerdict judge_from(const VrpTable& vrps, std::uint32_t segment, const Prefix& prefix, PathOrigin origin) {
  const auto entries = vrps.entries();
  const unsigned length = prefix.length();
  std::uint32_t run = vrps.longest_covering(prefix, segment);
  if (run == VrpTable::kNone) return {OriginState::not_found, OriginReason::none, false, false, VrpTable::kNone};

  // Without a match: a covering VRP that allows the length (and is not of AS 0); all are of AS 0; the first; the first
  // of the route's own AS.
  bool allowed = false, allowed_to_some_as = false, as_zero = true;
  const std::uint32_t first = run;
  std::uint32_t own = VrpTable::kNone;
  for (; run != VrpTable::kNone; run = vrps.parent(run)) {
    for (std::uint32_t id = run;; ++id) {
      const VrpTable::Entry& entry = entries[id];
      const bool fits = length <= entry.max_length;
      if (names(entry, origin)) {
        if (fits) return {OriginState::valid, OriginReason::none, false, false, id};
        if (own == VrpTable::kNone) own = id;
      }
      allowed |= fits;
      allowed_to_some_as |= fits && entry.asn.value != 0;
      as_zero &= entry.asn.value == 0;
      if (entry.last) break;
    }
  }
  const bool undecided = origin.kind == PathOrigin::Kind::local && allowed_to_some_as;
  if (undecided) return {OriginState::unknown, OriginReason::local, false, false, first};
  return {OriginState::invalid, allowed ? OriginReason::as : OriginReason::length, own != VrpTable::kNone, as_zero,
          own != VrpTable::kNone ? own : first};
}

}  // namespace fairway::origin_walk
