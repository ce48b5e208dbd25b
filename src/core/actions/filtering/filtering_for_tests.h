// A network with a neighbour of every role, and registries that know them. Addresses and ASNs are of nobody here: those
// for documentation are bogons, which filters refuse.
#pragma once

#include <gtest/gtest.h>

#include "core/actions/filtering/compose.h"
#include "core/actions/filtering/evaluate.h"
#include "core/tables/irr.h"
#include "core/tables/irr_sets.h"
#include "core/tables/registry_for_tests.h"
#include "core/tables/self_description.h"
#include "core/tables/vrp.h"

namespace fairway::filtering {

inline Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }
inline IpAddress address(std::string_view text) { return parse_ip(text).value(); }

inline Network a_network() {
  Network network;
  network.asns = {Asn{64500}};
  network.prefixes = {{.prefix = prefix("5.10.0.0/22"), .origins = {Asn{64500}}, .max_length = 23},
                      {.prefix = prefix("5.10.3.0/24"), .origins = {Asn{3400}}},
                      {.prefix = prefix("2a0e:100::/32"), .origins = {Asn{64500}}}};
  const auto neighbour = [&](std::uint32_t asn, Role role, std::string_view at, std::vector<std::string> sets = {}) {
    Neighbour made;
    made.asn = Asn{asn};
    made.role = role;
    made.as_sets = std::move(sets);
    made.sessions = {{.address = address(at)}};
    network.neighbours.push_back(std::move(made));
  };
  neighbour(3333, Role::customer, "10.0.0.2", {"AS-CUSTOMER"});
  network.neighbours.back().blackhole = true;
  neighbour(3334, Role::provider, "10.0.1.2");
  neighbour(3335, Role::peer, "10.0.2.2", {"AS-PEER"});
  neighbour(3336, Role::rs, "10.0.3.2");
  neighbour(3338, Role::sibling, "10.0.4.2");
  network.filtering.rtr = {{address("192.0.2.53"), 323}};
  return network;
}

inline World a_world() {
  World world;
  const auto route = [](std::string_view text, std::uint32_t origin) {
    return RouteObject{prefix(text), Asn{origin}, 0};
  };
  world.irr = std::make_shared<IrrTable>(
      IrrTable::build({route("5.20.0.0/23", 3333), route("5.20.4.0/24", 3400), route("5.10.3.0/24", 3400),
                       route("5.20.8.0/25", 3333), route("5.30.0.0/16", 3335), route("2a0e:200::/32", 3333)},
                      {"RIPE"}));
  world.sets = std::make_shared<SetTable>(
      SetTable::build({a_set("AS-CUSTOMER", {"AS3333", "AS3400"}), a_set("AS-PEER", {"AS3335"})}, {}, {"RIPE"}));
  world.self_descriptions = std::make_shared<SelfDescriptionTable>(
      SelfDescriptionTable::build({{Asn{3334}, "", 900000, 200000, false}, {Asn{15169}, "AS-GOOGLE", 0, 0, true}}));
  return world;
}

inline std::vector<Allowed> allowed_in(const Network& network, const World& world) {
  std::vector<Allowed> allowed;
  for (const Neighbour& neighbour : network.neighbours) allowed.push_back(allowed_for(neighbour, world, {}));
  return allowed;
}

inline Document a_document() {
  const Network network = a_network();
  const World world = a_world();
  auto document = compose(network, world, allowed_in(network, world), {});
  EXPECT_TRUE(document) << document.error().text;
  return *std::move(document);
}

inline const NeighbourPolicy& policy_of(const Document& document, std::uint32_t asn) {
  for (const NeighbourPolicy& policy : document.neighbours) {
    if (policy.asn == Asn{asn}) return policy;
  }
  ADD_FAILURE() << "no AS" << asn;
  return document.neighbours.front();
}

// A route from the neighbour's address along these ASes.
inline Probe route_by(const NeighbourPolicy& policy, std::string_view text, std::vector<Asn> path) {
  Probe route{.prefix = prefix(text), .path = AsPath(path)};
  if (!policy.sessions.empty()) route.next_hop = policy.sessions.front().session.address;
  return route;
}

// The clause that decides, and what it decides: "prefix: refused".
inline std::string import_says(const Document& document, const NeighbourPolicy& policy, const Probe& route) {
  const Decision decision = import_route(document, policy, route);
  if (decision.clause == kNone) return "nothing";
  return std::string(row_of(policy.import[decision.clause].kind).name) + (decision.accepted ? ": let in" : ": refused");
}
inline std::string export_says(const Document& document, const NeighbourPolicy& policy, const Probe& route) {
  const Decision decision = export_route(document, policy, route);
  if (decision.clause == kNone) return "nothing";
  return std::string(row_of(policy.export_[decision.clause].kind).name) +
         (decision.accepted ? ": announced" : ": refused");
}

}  // namespace fairway::filtering
