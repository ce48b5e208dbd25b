// A World in which every check has something to say: VRPs, ASPAs, route objects, relationships, one route server, two
// ASes of one organisation, delegations with a hole.
#pragma once

#include <memory>

#include "core/tables/aspa.h"
#include "core/tables/delegation.h"
#include "core/tables/exchange.h"
#include "core/tables/irr.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "core/tables/world.h"

namespace fairway {

inline World small_world() {
  const auto prefix = [](std::string_view text) { return *parse_prefix(text); };
  World world;
  world.vrps = std::make_shared<VrpTable>(VrpTable::build({{prefix("1.0.0.0/8"), 16, Asn{1}, 0},
                                                           {prefix("1.2.0.0/16"), 24, Asn{2}, 0},
                                                           {prefix("2600:1::/32"), 48, Asn{1}, 0},
                                                           {prefix("9.0.0.0/8"), 8, Asn{0}, 0}}));
  world.aspas = std::make_shared<AspaTable>(
      AspaTable::build({{Asn{1}, {Asn{10}, Asn{20}}}, {Asn{2}, {Asn{20}}}, {Asn{30}, {Asn{0}}}}));
  world.irr = std::make_shared<IrrTable>(IrrTable::build(
      {{prefix("1.0.0.0/8"), Asn{1}, 0}, {prefix("1.2.3.0/24"), Asn{3}, 1}, {prefix("2600:1::/32"), Asn{1}, 0}},
      {"RIPE", "RADB"}));
  // 10 and 20 at the top, 1 a customer of both, 2 of 20, 30 a peer of 10.
  world.relationships = std::make_shared<RelationshipTable>(RelationshipTable::build({{Asn{10}, Asn{20}, false},
                                                                                      {Asn{10}, Asn{1}, true},
                                                                                      {Asn{20}, Asn{1}, true},
                                                                                      {Asn{20}, Asn{2}, true},
                                                                                      {Asn{30}, Asn{10}, false},
                                                                                      {Asn{30}, Asn{3}, true}},
                                                                                     {Asn{10}, Asn{20}}));
  world.exchanges = std::make_shared<ExchangeTable>(ExchangeTable::build({}, {Asn{500}}));
  world.organisations =
      std::make_shared<OrganisationTable>(OrganisationTable::build({}, {{Asn{2}, "EXAMPLE"}, {Asn{4}, "EXAMPLE"}}));
  world.delegations = std::make_shared<DelegationTable>(
      DelegationTable::build({{prefix("1.0.0.0/8"), {DelegationStatus::allocated, {'A', 'U'}, 0}},
                              {prefix("5.0.0.0/8"), {DelegationStatus::available, {}, 0}}},
                             {{Asn{1}, Asn{40}, {DelegationStatus::assigned, {'A', 'U'}, 0}},
                              {Asn{41}, Asn{50}, {DelegationStatus::reserved, {}, 0}}},
                             {"apnic"}));
  world.version = "test";
  return world;
}

}  // namespace fairway
