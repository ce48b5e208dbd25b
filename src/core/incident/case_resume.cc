// Incidents that were open when the program ended, taken up again. Their routes were there before the first table of
// this run was read, and so look normal; they are known by prefix and offender.
#include <algorithm>

#include "core/incident/case_id.h"
#include "core/incident/casebook.h"
#include "core/incident/weigh.h"

namespace fairway {
namespace {

// By what the case was grouped beside the offender: the incident's id tells.
std::optional<std::uint32_t> second_of(const Incident& incident, Asn offender) {
  std::vector<std::uint32_t> candidates{0};
  for (const Asn victim : incident.victims) candidates.push_back(victim.value);
  if (incident.country.size() == 2) {
    candidates.push_back(static_cast<std::uint32_t>(static_cast<unsigned char>(incident.country[0]) << 8 |
                                                    static_cast<unsigned char>(incident.country[1])));
  }
  for (const std::uint32_t candidate : candidates) {
    if (case_id(incident.type, offender, candidate, incident.opened) == incident.id) return candidate;
  }
  return std::nullopt;
}

// What is added anew whenever a case is weighed.
bool is_of_the_moment(std::string_view evidence) {
  using enum EvidenceId;
  return std::ranges::any_of(
      std::initializer_list<EvidenceId>{seen_widely, seen_by_one_view, flooding_view, many_prefixes,
                                        reorigination_burst, internal_burst, few_full_views},
      [&](EvidenceId id) { return evidence_row(id).name == evidence; });
}

bool is_outage(IncidentType type) { return kind_of(type) == IncidentKind::outage; }

}  // namespace

void Casebook::resume(const Incident& incident, Rib& rib, Instant until) {
  const Asn offender = incident.offenders.empty() ? Asn{} : incident.offenders.front();
  const auto second = second_of(incident, offender);
  const Key key{incident.type, offender, second.value_or(0), {}};
  const auto [place, fresh] = case_ids_.try_emplace(key, static_cast<CaseId>(cases_.size()));
  if (!fresh) return;  // two of one key cannot be open
  cases_.push_back(std::make_unique<Case>());
  Case& c = *cases_.back();
  c.key = key;
  c.stage = Stage::open;
  c.first = incident.opened;
  c.last = until - options_.hold;
  c.emitted = incident.changed;
  c.paths = incident.paths;
  c.incident = incident;
  // Its names may be somebody's who goes away.
  for (Evidence& evidence : c.incident.evidence) evidence.name = lasting_name(evidence.name);
  for (const Prefix& prefix : incident.prefixes) {
    const PrefixId id = rib.prefix(prefix);
    Key of_suspect = key;
    of_suspect.prefix = id;
    const SuspicionId suspicion = find_or_make(of_suspect).first;
    Suspect& suspect = suspects_[suspicion];
    suspect.in = place->second;
    suspect.victims = incident.victims;
    suspect.country = incident.country;
    suspect.first = suspect.last = incident.opened;
    for (const Evidence& evidence : c.incident.evidence) {
      if (!is_of_the_moment(evidence.name)) suspect.evidence.push_back(evidence);
    }
    suspect.score = sum(suspect.evidence);
    if (incident.type == IncidentType::origin) {
      for (const Asn victim : incident.victims) baseline_.learn_origin(id, victim, 0);
    }
    suspect.resumed = true;
    resumed_[id.value].push_back(suspicion);
    c.suspects.push_back(suspicion);
  }
  if (incident.type == IncidentType::origin) origin_cases_[offender.value].push_back(place->second);
  c.hold_due = true;
  schedule(until, Duty::hold, place->second);
}

void Casebook::mark_resumed(const RouteKey& route, const RouteChange& change, Marks& marks) {
  const auto found = resumed_.find(route.prefix.value);
  if (found == resumed_.end()) return;
  for (const SuspicionId id : found->second) {
    const Suspect& suspect = suspects_[id];
    const Key& key = suspect.key;
    if (is_outage(key.type) || marks.size == Marks::kMost) continue;
    if (std::find(marks.ids, marks.ids + marks.size, id) != marks.ids + marks.size) continue;
    const std::span<const Asn> asns = knowledge_.rib.attributes().asns(change.path);
    const bool same = is_about_origin(key.type) || key.type == IncidentType::leak_5 || key.type == IncidentType::leak_6
                          ? change.origin == key.offender
                      : kind_of(key.type) == IncidentKind::filter_gap
                          ? knowledge_.rib.key(change.view).asn == key.offender
                          : change.origin != key.offender && std::ranges::find(asns, key.offender) != asns.end();
    if (same) marks.ids[marks.size++] = id;
  }
}

bool Casebook::is_resumed(PrefixId prefix, Asn origin) const {
  if (resumed_.empty()) return false;
  const auto found = resumed_.find(prefix.value);
  return found != resumed_.end() && std::ranges::any_of(found->second, [&](SuspicionId id) {
           const Key& key = suspects_[id].key;
           return key.offender == origin && (is_about_origin(key.type) || key.type == IncidentType::leak_5);
         });
}

// Of an outage that was resumed, nobody told that it is over: nobody has its prefixes.
bool Casebook::is_still_lost(const Case& c) const {
  return is_outage(c.key.type) && std::ranges::any_of(c.suspects, [&](SuspicionId id) {
           return suspects_[id].resumed && knowledge_.rib.routes(suspects_[id].key.prefix) == 0;
         });
}

void Casebook::forget_resumed(const Suspect& suspect, SuspicionId id) {
  const auto found = resumed_.find(suspect.key.prefix.value);
  if (found == resumed_.end()) return;
  std::erase(found->second, id);
  if (found->second.empty()) resumed_.erase(found);
}

}  // namespace fairway
