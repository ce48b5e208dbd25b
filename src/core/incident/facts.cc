#include "core/incident/facts.h"

#include <algorithm>

#include "core/tables/aspa.h"
#include "core/tables/bogon.h"
#include "core/tables/delegation.h"
#include "core/tables/exchange.h"
#include "core/tables/expectation.h"
#include "core/tables/irr.h"
#include "core/tables/name.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "core/tables/world.h"
#include "core/verdict/origin.h"
#include "core/verdict/registry.h"

namespace fairway {
namespace {

// Networks that announce others' prefixes to protect them: the list that GRIP publishes. Sorted.
constexpr std::uint32_t kProtectors[] = {
    209,   3223,  3356,  3549,  3561,  7342,  7786,  10532, 10753, 11213, 12008,  12200, 12411,
    13335, 15823, 16625, 16838, 19324, 19551, 19905, 19907, 19910, 19911, 19994,  20052, 20940,
    22822, 23059, 23135, 23164, 25761, 25804, 26415, 27357, 30060, 30844, 32244,  32787, 32978,
    32979, 36248, 36692, 38880, 39743, 45474, 48851, 53587, 55002, 57724, 393676,
};

PathOrigin origin_of(Asn asn) { return {PathOrigin::Kind::as, asn}; }

std::string to_text(const Vrp& vrp) {
  return to_string(vrp.prefix) + "-" + std::to_string(vrp.max_length) + " AS" + to_string(vrp.asn);
}

}  // namespace

const Expectation* Facts::expectation() const { return world_.expectation.get(); }
std::string_view Facts::version() const { return world_.version; }
bool Facts::has_rpki() const { return world_.vrps != nullptr; }
bool Facts::has_irr() const { return world_.irr != nullptr; }
bool Facts::has_aspas() const { return world_.aspas != nullptr; }
bool Facts::has_organisations() const { return world_.organisations != nullptr; }
bool Facts::knows_relationships() const { return world_.relationships != nullptr; }

Facts::Answer Facts::rpki(const Prefix& prefix, Asn origin) const {
  if (!world_.vrps) return {};
  const OriginVerdict verdict = judge_origin(*world_.vrps, prefix, origin_of(origin));
  const std::string route = to_string(prefix) + " from " + name(origin);
  switch (verdict.state) {
    case OriginState::unknown: return {};
    case OriginState::not_found: return {Standing::not_found, "no VRP covers " + to_string(prefix)};
    case OriginState::valid: return {Standing::valid, route + ": VRP " + to_text(world_.vrps->vrp(verdict.vrp))};
    case OriginState::invalid: break;
  }
  std::string why = verdict.reason == OriginReason::length ? "too long for " : "not ";
  return {Standing::invalid, route + ": " + why + to_text(world_.vrps->vrp(verdict.vrp))};
}

Facts::Answer Facts::irr(const Prefix& prefix, Asn origin) const {
  const RegistryVerdict verdict = judge_registry(world_.irr.get(), prefix, origin_of(origin));
  if (verdict.state == RegistryState::unknown) return {};
  if (verdict.state == RegistryState::not_found)
    return {Standing::not_found, "no route object covers " + to_string(prefix)};
  const RouteObject& object = world_.irr->objects()[verdict.object];
  const std::string fact = to_string(prefix) + " from " + name(origin) + ": " +
                           world_.irr->registries()[object.registry] + " has " + to_string(object.prefix) + " AS" +
                           to_string(object.origin);
  // One that is named for a shorter prefix alone is no stranger to the space.
  return {verdict.state == RegistryState::invalid ? Standing::invalid : Standing::valid, fact};
}

bool Facts::knows_relationships_of(Asn asn) const { return world_.relationships && world_.relationships->knows(asn); }

Kinship Facts::kinship(Asn a, Asn b) const {
  if (!world_.relationships) return Kinship::unknown;
  switch (world_.relationships->of(a, b)) {
    case Relationship::provider: return Kinship::provider;
    case Relationship::customer: return Kinship::customer;
    case Relationship::peer: return Kinship::peer;
    case Relationship::unknown: break;
  }
  return knows_relationships_of(a) && knows_relationships_of(b) ? Kinship::none : Kinship::unknown;
}

bool Facts::has_customers(Asn asn) const { return world_.relationships && world_.relationships->has_customers(asn); }

std::uint32_t Facts::cone(Asn asn) const {
  if (!knows_relationships_of(asn)) return 0;
  const auto [place, fresh] = cones_.try_emplace(asn.value, 0);
  if (fresh) place->second = world_.relationships->cone_size(asn);
  return place->second;
}

bool Facts::same_organisation(Asn a, Asn b) const { return world_.organisations && world_.organisations->same(a, b); }

std::optional<std::string> Facts::bogon(const Prefix& prefix) const {
  const BogonPrefix* bogon = bogon_prefix(prefix);
  if (bogon == nullptr || !bogon->prefix.covers(prefix)) return std::nullopt;
  return to_string(bogon->prefix) + ": " + std::string(bogon->name) + ", " + std::string(bogon->rule);
}

std::optional<std::string> Facts::unallocated(const Prefix& prefix) const {
  if (!world_.delegations) return std::nullopt;
  const Delegation* delegation = world_.delegations->of(prefix);
  if (delegation == nullptr) {
    const DelegationTable::Block* inside = world_.delegations->unallocated_inside(prefix);
    if (inside == nullptr) return std::nullopt;
    return to_string(inside->prefix) + " in it is " + std::string(to_string(inside->delegation.status));
  }
  if (!delegation->unallocated()) return std::nullopt;
  return to_string(prefix) + " is " + std::string(to_string(delegation->status)) + " at " +
         world_.delegations->registries()[delegation->registry];
}

std::optional<std::string> Facts::bogon_asn(Asn asn) const {
  const BogonAsn* bogon = fairway::bogon_asn(asn);
  if (bogon == nullptr) return std::nullopt;
  return std::string(bogon->name) + ", " + std::string(bogon->rule);
}

std::optional<std::string> Facts::unassigned(Asn asn) const {
  if (!world_.delegations) return std::nullopt;
  const Delegation* delegation = world_.delegations->of(asn);
  if (delegation == nullptr || !delegation->unallocated()) return std::nullopt;
  return "AS" + to_string(asn) + " is " + std::string(to_string(delegation->status)) + " at " +
         world_.delegations->registries()[delegation->registry];
}

std::optional<std::string> Facts::one_country(const Prefix& prefix, Asn asn) const {
  if (!world_.delegations) return std::nullopt;
  const Delegation *space = world_.delegations->of(prefix), *number = world_.delegations->of(asn);
  if (space == nullptr || number == nullptr || space->unallocated() || number->unallocated()) return std::nullopt;
  if (space->country_code().empty() || space->country_code() != number->country_code()) return std::nullopt;
  return std::string(space->country_code());
}

bool Facts::is_route_server(Asn asn) const { return world_.exchanges && world_.exchanges->is_route_server(asn); }

std::optional<std::string> Facts::exchange_lan(const Prefix& prefix) const {
  const ExchangeTable::Lan* lan = world_.exchanges ? world_.exchanges->lan_covering(prefix) : nullptr;
  if (lan == nullptr) return std::nullopt;
  return to_string(lan->prefix) + " of " + lan->exchange;
}

bool Facts::protects_others(Asn asn) const { return std::ranges::binary_search(kProtectors, asn.value); }

std::string Facts::country(Asn asn) const {
  if (const Organisation* holder = world_.organisations ? world_.organisations->of(asn) : nullptr;
      holder != nullptr && !holder->country.empty()) {
    return holder->country;
  }
  const Delegation* number = world_.delegations ? world_.delegations->of(asn) : nullptr;
  return number == nullptr ? std::string() : std::string(number->country_code());
}

std::string Facts::name(Asn asn) const {
  std::string text = "AS" + to_string(asn);
  if (!world_.names) return text;
  const std::string_view known = world_.names->of(asn);
  if (!known.empty()) text += " (" + std::string(known) + ")";
  return text;
}

}  // namespace fairway
