#include <algorithm>

#include "core/incident/prevention.h"

namespace fairway {

void RoutesBefore::add(const Prefix& prefix, const AsPath& path) {
  if (const PathOrigin origin = path.origin(); origin.kind == PathOrigin::Kind::as) {
    origins_[prefix].insert(origin.asn);
  }
  if (!path.is_plain()) return;
  const auto asns = path.asns();
  for (std::size_t i = 1; i < asns.size(); ++i) {
    if (asns[i] != asns[i - 1]) links_[{asns[i], asns[i - 1]}].insert(prefix);
  }
}

std::optional<std::pair<Prefix, std::set<Asn>>> RoutesBefore::covering(const Prefix& prefix) const {
  for (unsigned length = prefix.length() + 1; length-- > 0;) {
    if (const auto found = origins_.find(prefix.parent(length)); found != origins_.end()) return *found;
  }
  return std::nullopt;
}

bool RoutesBefore::announced(Asn asn, const Prefix& prefix) const {
  for (unsigned length = prefix.length() + 1; length-- > 0;) {
    const auto found = origins_.find(prefix.parent(length));
    if (found != origins_.end() && found->second.contains(asn)) return true;
  }
  return false;
}

std::size_t RoutesBefore::handed(Asn from, Asn to) const {
  const auto found = links_.find({from, to});
  return found == links_.end() ? 0 : found->second.size();
}

}  // namespace fairway
