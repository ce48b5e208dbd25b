#include "core/tables/irr_rpki.h"

#include <utility>

namespace fairway {

RegistryRpki RegistryRpki::build(const VrpTable& vrps, std::vector<bool> invalid) {
  RegistryRpki rpki;
  rpki.invalid_ = std::move(invalid);
  rpki.origins_ = OriginIndex::build(vrps.size(), [&](std::uint32_t id) {
    const Vrp vrp = vrps.vrp(id);
    return std::pair(vrp.asn, vrp.prefix.family());
  });
  return rpki;
}

}  // namespace fairway
