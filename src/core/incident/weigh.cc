#include "core/incident/weigh.h"

#include "core/incident/detector.h"

namespace fairway {
namespace {

using enum EvidenceId;
constexpr Weigher kWeighers[] = {
    {"sight", weigh_sight},     {"my-network", weigh_my_network}, {"registries", weigh_registries},
    {"kinship", weigh_kinship}, {"newcomer", weigh_newcomer},
};

void weigh_leak(const Accusation& a, const Facts& facts, std::vector<Evidence>& evidence) {
  const LeakKey& key = a.leak.key;
  const std::string hop = facts.name(key.from) + " -> " + facts.name(key.leaker) + " -> " + facts.name(key.to);
  if (a.leak.by_relationship) add(evidence, fairway::evidence(leak_by_relationship, hop));
  if (a.leak.by_tier1) add(evidence, fairway::evidence(leak_by_tier1, hop));
  if (a.leak.by_peerlock) add(evidence, fairway::evidence(leak_by_peerlock, hop));
  if (a.leak.by_role) add(evidence, fairway::evidence(leak_by_role, hop));
  if (a.leak.by_otc) {
    add(evidence, fairway::evidence(leak_by_otc, "OTC " + (a.leak.otc ? facts.name(*a.leak.otc) : std::string("set")) +
                                                     ", then " + hop));
  }
}

}  // namespace

std::span<const Weigher> weighers() { return kWeighers; }

std::vector<Evidence> weigh(const Accusation& accusation, const RouteChange& change, const Knowledge& knowledge) {
  std::vector<Evidence> evidence;
  if (kind_of(accusation.type) == IncidentKind::filter_gap) {  // a fact, not a suspicion
    weigh_sight(accusation, change, knowledge, evidence);
    return evidence;
  }
  for (const Weigher& weigher : kWeighers) weigher.ask(accusation, change, knowledge, evidence);
  return evidence;
}

std::string names(const Facts& facts, const std::vector<Asn>& asns) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < asns.size() && i < kShown; ++i) {
    if (i != 0) text += ", ";
    text += facts.name(asns[i]);
  }
  if (asns.size() > kShown) text += " and " + std::to_string(asns.size() - kShown) + " more";
  return text;
}

void weigh_sight(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  const std::string prefix = to_string(change.prefix);
  const std::string offender = k.facts.name(a.offender);
  switch (a.type) {
    case IncidentType::origin:
      add(evidence,
          fairway::evidence(new_origin, prefix + " from " + offender + ", expected from " + names(k.facts, a.victims)));
      break;
    case IncidentType::sub_prefix:
      add(evidence, fairway::evidence(new_more_specific, prefix + " from " + offender + ", under " +
                                                             to_string(k.rib.prefix(a.rival)) + " from " +
                                                             names(k.facts, a.victims)));
      break;
    case IncidentType::squatting: add(evidence, fairway::evidence(new_space, prefix + " from " + offender)); break;
    case IncidentType::super_prefix:
      add(evidence, fairway::evidence(new_less_specific, prefix + " from " + offender + ", over " +
                                                             to_string(k.rib.prefix(a.rival)) + " and others from " +
                                                             names(k.facts, a.victims)));
      break;
    case IncidentType::type_1:
    case IncidentType::type_n:
      // With few vantage points every change of path shows links that were never seen.
      if (change.judged && k.views.full(change.prefix.family()) >= 3 &&
          (a.type == IncidentType::type_n || !k.baseline.knows_link(a.offender, a.second, change.second))) {
        add(evidence, fairway::evidence(
                          new_edge, offender + " next to " +
                                        (a.type == IncidentType::type_1 ? k.facts.name(a.second)
                                                                        : std::string("one it never was next to"))));
      }
      break;
    case IncidentType::filter_passed:
    case IncidentType::filter_sent: {
      const bool passed = a.type == IncidentType::filter_passed;
      add(evidence,
          fairway::evidence(passed ? passed_filter : sent_out, prefix + (passed ? " from " : " to ") + offender + ": " +
                                                                   filter_gap_reason(change, k.facts)));
      break;
    }
    default:
      if (is_transit_leak(a.type)) weigh_leak(a, k.facts, evidence);
      break;
  }
  if (kind_of(a.type) == IncidentKind::filter_gap) return;
  if (change.judged && !change.knows_absence && change.provisional && !a.leak.by_otc) {
    add(evidence, fairway::evidence(provisional_baseline, "known only from the updates before"));
  }
  if (change.stale && is_about_origin(a.type))
    add(evidence, fairway::evidence(stale_table, "it may have changed between the table and the updates"));
}

}  // namespace fairway
