// Sets and routes, written short, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/tables/irr.h"
#include "core/tables/irr_expand.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/irr_sets.h"
#include "core/tables/world.h"

namespace fairway {

// Registries 0: RIPE, 1: RADB.
inline const std::vector<std::string> kTestRegistries = {"RIPE", "RADB"};

// "AS-X" with "AS1", "AS-Y", "192.0.2.0/24^+" ...
inline SetObject a_set(std::string name, const std::vector<std::string>& members, std::uint8_t registry = 0) {
  SetObject set;
  set.name = std::move(name);
  set.set_class = set.name.find("RS-") == std::string::npos ? SetClass::as_set : SetClass::route_set;
  set.registry = registry;
  for (const std::string& member : members) {
    const std::size_t hat = std::min(member.find('^'), member.size());
    const auto range = parse_range_operator(std::string_view(member).substr(hat)).value();
    std::string word = member.substr(0, hat);
    const std::size_t pin = word.find("::");
    if (const auto asn = parse_asn(word)) {
      set.asns.push_back({*asn, range});
    } else if (const auto prefix = parse_prefix(word)) {
      set.prefixes.push_back({*prefix, range});
    } else if (pin == std::string::npos) {
      set.sets.push_back({word, {}, range});
    } else {
      set.sets.push_back({word.substr(pin + 2), word.substr(0, pin), range});
    }
  }
  return set;
}

inline RouteObject a_route(std::string_view prefix, std::uint32_t origin, std::uint8_t registry = 0) {
  return {parse_prefix(prefix).value(), Asn{origin}, registry};
}

inline World world_of(std::vector<SetObject> sets, std::vector<RouteObject> routes = {},
                      const std::vector<MemberClaim>& claims = {}) {
  World world;
  world.sets = std::make_shared<const SetTable>(SetTable::build(std::move(sets), claims, kTestRegistries));
  world.irr = std::make_shared<const IrrTable>(IrrTable::build(std::move(routes), kTestRegistries));
  return world;
}

}  // namespace fairway
