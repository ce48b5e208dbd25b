// Which paths can go over a speaker of two-octet ASNs and come back as they were.
#pragma once

#include "core/model/as_path.h"

namespace fairway {

// AS4_PATH does not say where segments of no AS and confederation segments stand among others; it has no ASNs of
// confederations (RFC 6793 section 4.2.2), and no AS 0.
inline bool fits_as4_path(const AsPath& path) {
  bool plain = false;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const SegmentType type = path.segments()[i].type;
    const bool confederation = type == SegmentType::confed_sequence || type == SegmentType::confed_set;
    if (path.asns_of(i).empty() || (confederation && plain)) return false;
    for (const Asn asn : path.asns_of(i)) {
      if (confederation && asn.value > 0xFFFF) return false;
    }
    plain |= !confederation;
  }
  return !path.contains(Asn{0});
}

}  // namespace fairway
