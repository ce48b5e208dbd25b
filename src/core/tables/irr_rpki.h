// RegistryRpki: what the RPKI says of the routing registries: which route objects route origin validation (RFC 6811)
// calls invalid, so that they may be passed over; and the VRPs by their AS, so that each may stand for a route object
// of exactly its prefix (never of what its maximal length allows: nobody registered those). Frozen.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/tables/origin_index.h"
#include "core/tables/vrp.h"

namespace fairway {

// The name under which VRPs take part as a registry.
inline constexpr std::string_view kRpkiSource = "RPKI";

class RegistryRpki {
 public:
  // `invalid`: for each id of the IrrTable whether ROV calls it so; empty: there is none.
  static RegistryRpki build(const VrpTable& vrps, std::vector<bool> invalid);

  bool invalid(std::uint32_t object) const { return object < invalid_.size() && invalid_[object]; }
  // Ids of VRPs, in order. Those of AS 0 are nobody's.
  std::span<const std::uint32_t> of_origin(Asn origin, Family family) const { return origins_.of(origin, family); }

 private:
  std::vector<bool> invalid_;
  OriginIndex origins_;
};

}  // namespace fairway
