// Trust: which registries are believed for which class of objects when sets are expanded, the first one most. Of sets
// of one name that of the first registry counts; routes of all of them count. A class without a list: all, in the order
// in which they were loaded. Anybody may write what he likes into some registries, so routes are better taken from
// those that ask the holder of the addresses, and from the RPKI (core/tables/irr_rpki.h), than from everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/ip_address.h"
#include "core/tables/irr_sets.h"

namespace fairway {

struct Trust {
  std::vector<std::string> as_sets, route_sets, routes, routes6;  // upper case; "RPKI" among routes: VRPs are some

  // route6 objects are believed as route objects are, unless they have a list of their own.
  const std::vector<std::string>& of(Family family) const {
    return family == Family::ipv6 && !routes6.empty() ? routes6 : routes;
  }
  const std::vector<std::string>& of(SetClass set_class) const {
    return set_class == SetClass::as_set ? as_sets : route_sets;
  }
  // "route=RIPE,ARIN,RPKI", also of route6, as-set and route-set. Error: usage.
  Result<void> add(std::string_view text);

  friend bool operator==(const Trust&, const Trust&) = default;
};

// Of those that were asked for, in that order, the ones that are believed; no list of the one or the other: all.
std::vector<std::string> believed(const std::vector<std::string>& asked, const std::vector<std::string>& trusted);

}  // namespace fairway
