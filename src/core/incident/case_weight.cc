// What a case weighs, and the incident it is told as.
#include <algorithm>

#include "core/incident/casebook.h"
#include "core/incident/weigh.h"

namespace fairway {

// Every view that told it is filling or floods: what it tells was there before.
bool Casebook::all_fill(const Suspect& suspect) const {
  return std::ranges::all_of(suspect.views,
                             [&](ViewId view) { return knowledge_.views.at(view).condition == Condition::filling; });
}

void Casebook::visibility(const Suspect& suspect, std::uint32_t full, std::vector<Evidence>& evidence) const {
  if (full >= 3) {
    const Family family = knowledge_.rib.prefix(suspect.key.prefix).family();
    std::uint32_t seen = 0;
    for (const ViewId view : suspect.views) seen += knowledge_.views.is_full(view, family);
    if (2 * seen >= full) {
      add(evidence, fairway::evidence(EvidenceId::seen_widely,
                                      std::to_string(seen) + " of " + std::to_string(full) + " full views"));
    }
    if (suspect.views.size() == 1)
      add(evidence, fairway::evidence(EvidenceId::seen_by_one_view, "of " + std::to_string(knowledge_.views.size())));
  }
  const bool flooding = suspect.flooded == suspect.views.size() || all_fill(suspect);
  const bool mine = std::ranges::any_of(suspect.evidence, [](const Evidence& e) {
    return e.name == evidence_row(EvidenceId::not_intended_origin).name ||
           e.name == evidence_row(EvidenceId::not_my_neighbour).name;
  });
  if (flooding && !mine)
    add(evidence, fairway::evidence(EvidenceId::flooding_view, std::to_string(suspect.views.size()) + " filling"));
}

Casebook::Weighed Casebook::weighed(const Case& c, Instant at) {
  Weighed result;
  const SuspicionId* best = nullptr;
  std::vector<ViewId> views;
  std::vector<std::uint32_t> fresh_prefixes;
  for (const SuspicionId& id : c.suspects) {
    Suspect& suspect = suspects_[id];
    if (all_fill(suspect)) suspect.flooded = suspect.views.size();
    views.insert(views.end(), suspect.views.begin(), suspect.views.end());
    if (suspect.first + options_.burst >= at) fresh_prefixes.push_back(suspect.key.prefix.value);
    const std::uint32_t full = knowledge_.views.full(knowledge_.rib.prefix(suspect.key.prefix).family());
    std::vector<Evidence> evidence = suspect.evidence;
    if (is_about_spread(c.key.type)) visibility(suspect, full, evidence);
    const int score = sum(evidence);
    const bool better = best == nullptr || score > result.score ||
                        (score == result.score && knowledge_.rib.prefix(suspect.key.prefix) <
                                                      knowledge_.rib.prefix(suspects_[*best].key.prefix));
    if (!better) continue;
    best = &id;
    result.score = score;
    result.evidence = std::move(evidence);
    result.full = full;
  }
  if (best == nullptr) return result;
  std::ranges::sort(views);
  result.seen = static_cast<std::uint32_t>(std::ranges::unique(views).begin() - views.begin());
  std::ranges::sort(fresh_prefixes);
  const std::size_t burst =
      static_cast<std::size_t>(std::ranges::unique(fresh_prefixes).begin() - fresh_prefixes.begin());

  if (is_transit_leak(c.key.type) && c.suspects.size() >= 10) {
    add(result.evidence, fairway::evidence(EvidenceId::many_prefixes, std::to_string(c.suspects.size()) + " prefixes"));
  }
  if (c.key.type == IncidentType::leak_5) {
    add(result.evidence,
        fairway::evidence(EvidenceId::reorigination_burst, std::to_string(c.suspects.size()) + " prefixes of others"));
  }
  if (c.key.type == IncidentType::leak_6 && burst >= options_.internal_burst) {
    add(result.evidence, fairway::evidence(EvidenceId::internal_burst,
                                           std::to_string(burst) + " new more-specifics within " +
                                               std::to_string(options_.burst.microseconds / 1'000'000) + " s"));
  }
  result.score = sum(result.evidence);
  result.enough = result.score >= rule_of(c.key.type).threshold;
  return result;
}

void Casebook::fill_in(Case& c, const Weighed& weighed, Instant at) const {
  Incident& incident = c.incident;
  incident.changed = at;
  incident.views_seen = std::max(incident.views_seen, weighed.seen);
  incident.views_full = weighed.full;
  incident.world = knowledge_.facts.version();
  if (c.key.offender.value != 0) incident.offenders = {c.key.offender};
  incident.victims.clear();
  incident.prefixes.clear();
  for (const SuspicionId id : c.suspects) {
    const Suspect& suspect = suspects_[id];
    incident.prefixes.push_back(knowledge_.rib.prefix(suspect.key.prefix));
    incident.victims.insert(incident.victims.end(), suspect.victims.begin(), suspect.victims.end());
    if (!suspect.country.empty()) incident.country = suspect.country;
  }
  std::ranges::sort(incident.victims);
  incident.victims.erase(std::ranges::unique(incident.victims).begin(), incident.victims.end());
  std::ranges::sort(incident.prefixes);
  incident.prefixes.erase(std::ranges::unique(incident.prefixes).begin(), incident.prefixes.end());
  incident.paths = c.paths;
  if (!weighed.enough && !incident.evidence.empty()) return;  // it was enough once: what spoke for it stays
  incident.evidence = weighed.evidence;
  int score = weighed.score;
  constexpr std::uint32_t kFullViews = 3;
  constexpr int kLow = 3;
  if (weighed.full < kFullViews && score > kLow && kind_of(c.key.type) != IncidentKind::filter_gap) {
    add(incident.evidence,
        fairway::evidence(EvidenceId::few_full_views, kLow - score, std::to_string(weighed.full) + " full views"));
    score = kLow;
  }
  sort(incident.evidence);
  incident.confidence = score;
}

}  // namespace fairway
