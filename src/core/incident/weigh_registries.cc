#include <algorithm>

#include "core/incident/weigh.h"

namespace fairway {
namespace {

using enum EvidenceId;

// Of a forged path the origin is right by intent: that registries contradict it speaks against the path only where the
// prefix is new too.
bool weighs_origin(const Accusation& a, const RouteChange& change) { return !is_about_path(a.type) || change.novel; }

void weigh_rpki(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  const Facts::Answer now = k.facts.rpki(change.prefix, change.origin);
  if (now.standing == Standing::invalid && weighs_origin(a, change)) {
    add(evidence, fairway::evidence(rpki_new_origin_invalid, now.fact));
  }
  if (is_about_path(a.type)) return;
  if (now.standing == Standing::valid) add(evidence, fairway::evidence(rpki_new_origin_valid, now.fact));
  if (a.victims.empty()) return;
  const Prefix& old = k.rib.prefix(a.rival);
  std::string fact;
  const bool all_invalid = std::ranges::all_of(a.victims, [&](Asn victim) {
    const Facts::Answer before = k.facts.rpki(old, victim);
    fact = before.fact;
    return before.standing == Standing::invalid;
  });
  if (all_invalid) add(evidence, fairway::evidence(rpki_old_origin_invalid, fact));
}

void weigh_irr(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  const Facts::Answer now = k.facts.irr(change.prefix, change.origin);
  if (now.standing == Standing::invalid && weighs_origin(a, change)) {
    add(evidence, fairway::evidence(irr_new_origin_invalid, now.fact));
  }
  if (is_about_path(a.type)) return;
  if (now.standing == Standing::valid) add(evidence, fairway::evidence(irr_new_origin_valid, now.fact));
  if (a.victims.empty()) return;
  const Prefix& old = k.rib.prefix(a.rival);
  std::string fact;
  const bool all_invalid = std::ranges::all_of(a.victims, [&](Asn victim) {
    const Facts::Answer before = k.facts.irr(old, victim);
    fact = before.fact;
    return before.standing == Standing::invalid;
  });
  if (all_invalid) add(evidence, fairway::evidence(irr_old_origin_invalid, fact));
}

void weigh_aspa(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  if (!change.facts->plain) return;
  const auto denied = k.facts.aspa_denies(AsPath(k.paths.clean(change.path)));
  if (!denied) return;
  const std::string fact =
      "the ASPA of " + k.facts.name(denied->customer) + " does not name " + k.facts.name(denied->provider);
  const bool forged =
      a.type == IncidentType::type_n ||
      (a.type == IncidentType::type_1 && denied->customer == a.second && denied->provider == a.offender);
  add(evidence, fairway::evidence(forged ? aspa_not_provider : aspa_invalid, fact));
}

void weigh_space(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  if (const auto name = k.facts.bogon(change.prefix))
    add(evidence, fairway::evidence(bogon_prefix, *name));
  else if (const auto state = k.facts.unallocated(change.prefix))
    add(evidence, fairway::evidence(unallocated_prefix, *state));
  if (a.type == IncidentType::squatting) {
    if (const auto country = k.facts.one_country(change.prefix, a.offender))
      add(evidence, fairway::evidence(same_country, *country));
  }
  if (const auto state = k.facts.unassigned(a.offender)) add(evidence, fairway::evidence(bogon_origin, *state));
  if (const auto lan = k.facts.exchange_lan(change.prefix)) add(evidence, fairway::evidence(ixp_prefix, *lan));
  for (const Asn victim : a.victims) {
    if (const auto name = k.facts.bogon_asn(victim)) {
      add(evidence, fairway::evidence(bogon_old_origin, to_string(victim) + ": " + *name));
    }
  }
}

}  // namespace

void weigh_registries(const Accusation& a, const RouteChange& change, const Knowledge& k,
                      std::vector<Evidence>& evidence) {
  if (is_about_origin(a.type)) {
    weigh_rpki(a, change, k, evidence);
    weigh_irr(a, change, k, evidence);
    weigh_space(a, change, k, evidence);
  } else if (is_about_path(a.type)) {
    weigh_rpki(a, change, k, evidence);
    weigh_aspa(a, change, k, evidence);
  } else if (is_transit_leak(a.type)) {
    weigh_aspa(a, change, k, evidence);
  }
}

}  // namespace fairway
