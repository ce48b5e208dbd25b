#include <algorithm>

#include "core/incident/weigh.h"

namespace fairway {
namespace {

using enum EvidenceId;

// The strongest tie between the newcomer and one of those who were there before.
void weigh_ties(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  std::optional<EvidenceId> tie;
  Asn with;
  const auto keep = [&](EvidenceId id, Asn victim) {
    if (tie && evidence_row(*tie).weight <= evidence_row(id).weight) return;
    tie = id;
    with = victim;
  };
  for (const Asn victim : a.victims) {
    if (victim == a.offender) continue;
    if (k.facts.same_organisation(victim, a.offender)) keep(asrel_sibling_origins, victim);
    switch (k.facts.kinship(victim, a.offender)) {
      case Kinship::provider: keep(asrel_new_origin_provider, victim); break;
      case Kinship::customer: keep(asrel_new_origin_customer, victim); break;
      case Kinship::peer: keep(asrel_new_origin_peer, victim); break;
      case Kinship::unknown:
      case Kinship::none:
        if (k.baseline.knows_link(victim, a.offender, change.second)) keep(origins_adjacent, victim);
        break;
    }
  }
  if (tie) add(evidence, fairway::evidence(*tie, k.facts.name(a.offender) + ", " + k.facts.name(with)));
}

void weigh_path(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  for (const Asn asn : k.rib.attributes().asns(change.path)) {
    if (asn != a.offender && std::ranges::find(a.victims, asn) != a.victims.end()) {
      add(evidence, fairway::evidence(old_origin_on_path, k.facts.name(asn) + " carries it"));
      return;
    }
  }
}

void weigh_edge(const Accusation& a, const Knowledge& k, std::vector<Evidence>& evidence) {
  if (k.facts.same_organisation(a.offender, a.second)) {
    add(evidence, fairway::evidence(asrel_sibling_origins, k.facts.name(a.offender) + ", " + k.facts.name(a.second)));
  }
  if (a.type != IncidentType::type_1) return;
  if (k.facts.kinship(a.offender, a.second) == Kinship::none) {
    add(evidence, fairway::evidence(edge_between_strangers, k.facts.name(a.offender) + ", " + k.facts.name(a.second)));
    if (!k.facts.has_customers(a.offender))
      add(evidence, fairway::evidence(newcomer_is_stub, k.facts.name(a.offender)));
  }
}

// A newcomer behind an AS that it has nothing to do with: somebody may have spoken in its name.
void weigh_upstream(const Accusation& a, const RouteChange& change, const Knowledge& k,
                    std::vector<Evidence>& evidence) {
  const Asn upstream = change.facts->before_origin;
  if (upstream.value == 0 || k.facts.kinship(upstream, a.offender) != Kinship::none) return;
  if (k.baseline.knows_link(upstream, a.offender, change.second)) return;
  add(evidence, fairway::evidence(edge_between_strangers, k.facts.name(upstream) + ", " + k.facts.name(a.offender)));
}

// Networks leak upwards. Where the leaker is the larger one, it is more likely that the relationship was inferred
// wrongly.
void weigh_rank(const Accusation& a, const Knowledge& k, std::vector<Evidence>& evidence) {
  const std::uint32_t leaker = k.facts.cone(a.leak.key.leaker), to = k.facts.cone(a.leak.key.to);
  if (!a.leak.by_relationship || leaker == 0 || to == 0 || leaker < to) return;
  add(evidence,
      fairway::evidence(leaker_outranks, k.facts.name(a.leak.key.leaker) + " " + std::to_string(leaker) + " ASes, " +
                                             k.facts.name(a.leak.key.to) + " " + std::to_string(to)));
}

}  // namespace

void weigh_kinship(const Accusation& a, const RouteChange& change, const Knowledge& k,
                   std::vector<Evidence>& evidence) {
  if (is_about_origin(a.type)) {
    weigh_ties(a, change, k, evidence);
    weigh_upstream(a, change, k, evidence);
    if (a.type == IncidentType::origin || a.type == IncidentType::sub_prefix) weigh_path(a, change, k, evidence);
  } else if (is_about_path(a.type)) {
    weigh_edge(a, k, evidence);
  } else if (is_transit_leak(a.type)) {
    weigh_rank(a, k, evidence);
  }
}

}  // namespace fairway
