// What the casebook says of itself: incidents, and why there are none.
#include <algorithm>

#include "core/incident/casebook.h"
#include "core/incident/weigh.h"

namespace fairway {

std::vector<Incident> Casebook::incidents() const {
  std::vector<Incident> all;
  for (const auto& c : cases_) {
    if (c && (c->stage == Stage::open || c->stage == Stage::cleared)) all.push_back(c->incident);
  }
  std::ranges::sort(
      all, [](const Incident& a, const Incident& b) { return std::tie(a.opened, a.id) < std::tie(b.opened, b.id); });
  return all;
}

void Casebook::remember(const Suspect& suspect) {
  if (is_about(options_.watch, knowledge_.rib.prefix(suspect.key.prefix))) over_.push_back(told(suspect));
}

Suspicion Casebook::told(const Suspect& suspect) const {
  Suspicion s;
  s.type = suspect.key.type;
  s.prefix = knowledge_.rib.prefix(suspect.key.prefix);
  if (suspect.key.offender.value != 0) s.offender = suspect.key.offender;
  if (!suspect.victims.empty()) s.victim = suspect.victims.front();
  s.first = suspect.first;
  s.last = suspect.last;
  s.views = static_cast<std::uint32_t>(suspect.views.size());
  s.views_now = suspect.active;
  s.evidence = suspect.evidence;
  if (is_about_spread(s.type)) visibility(suspect, knowledge_.views.full(s.prefix.family()), s.evidence);
  sort(s.evidence);
  s.score = sum(s.evidence);
  s.threshold = rule_of(s.type).threshold;
  if (suspect.excused) {
    s.verdict = "no incident: my network agreed to it (exceptions)";
  } else if (suspect.in == kNone) {
    s.verdict =
        "no incident: the evidence adds up to " + std::to_string(s.score) + ", it takes " + std::to_string(s.threshold);
  } else if (const Case& c = *cases_[suspect.in]; c.stage == Stage::open || c.stage == Stage::cleared) {
    s.incident = c.incident.id;
    s.verdict = c.stage == Stage::open ? "incident" : "incident, cleared";
  } else if (c.stage == Stage::gathering) {
    s.verdict = "not weighed yet: evidence is still gathered";
  } else if (c.key.type == IncidentType::leak_6) {
    s.verdict =
        "no incident: a more-specific of one's own; it takes a burst of " + std::to_string(options_.internal_burst);
  } else {
    s.verdict =
        "no incident: the evidence adds up to " + std::to_string(s.score) + ", it takes " + std::to_string(s.threshold);
  }
  return s;
}

std::vector<Suspicion> Casebook::suspicions() const {
  std::vector<Suspicion> all = over_;
  for (const auto& [key, id] : suspect_ids_) {
    if (is_about(options_.watch, knowledge_.rib.prefix(key.prefix))) all.push_back(told(suspects_[id]));
  }
  std::ranges::stable_sort(all, [](const Suspicion& a, const Suspicion& b) {
    return std::tie(a.first, a.prefix, a.type, a.offender) < std::tie(b.first, b.prefix, b.type, b.offender);
  });
  return all;
}

}  // namespace fairway
