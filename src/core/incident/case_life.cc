// A case's life: weighed, opened, changed, cleared, reopened, purged.
#include <algorithm>
#include <cstdio>

#include "core/incident/case_id.h"
#include "core/incident/casebook.h"
#include "core/incident/weigh.h"

namespace fairway {

std::string case_id(IncidentType type, Asn offender, std::uint32_t with, Instant opened) {
  const std::string key = std::string(to_string(kind_of(type))) + '|' + std::string(to_string(type)) + '|' +
                          to_string(offender) + '|' + std::to_string(with) + '|' + std::to_string(opened.microseconds);
  char text[17];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(hash_bytes(as_bytes(key), 0x464149525741)));
  return text;
}

void Casebook::schedule_weighing(CaseId id, Instant now) {
  Case& c = case_of(id);
  if (c.stage == Stage::cleared) c.gathering_again = true;
  if (c.weigh_due) return;
  c.weigh_due = true;
  Instant due = now + options_.gather;
  if (c.stage == Stage::open) due = std::max(due, c.emitted + options_.change_interval);
  schedule(due, Duty::weigh, id);
}

void Casebook::run_until(Instant now) {
  while (!timers_.empty() && std::get<0>(*timers_.begin()) <= now) {
    const auto [due, order, duty, id] = *timers_.begin();
    timers_.erase(timers_.begin());
    if (!cases_[id]) continue;
    clock_ = std::max(clock_, due);  // a table may have told of times before
    switch (duty) {
      case Duty::weigh: weigh_case(id, clock_); break;
      case Duty::hold: hold_over(id, clock_); break;
      case Duty::purge: purge(id, clock_); break;
    }
  }
}

void Casebook::finish(Instant now) {
  clock_ = std::max(clock_, now);
  for (CaseId id = 0; id < cases_.size(); ++id) {
    if (cases_[id] && cases_[id]->weigh_due) weigh_case(id, clock_);
  }
}

void Casebook::weigh_case(CaseId id, Instant at) {
  Case& c = case_of(id);
  c.weigh_due = false;
  if (c.key.type == IncidentType::origin && c.stage != Stage::open && fold_reorigination(id, at)) return;
  if (c.key.type == IncidentType::leak_6 && c.stage != Stage::open) forget_old_suspects(c, at);
  const Weighed result = weighed(c, at);
  switch (c.stage) {
    case Stage::gathering:
    case Stage::light:
      if (!result.enough) {
        c.stage = Stage::light;
        break;
      }
      c.stage = Stage::open;
      c.incident = {};
      c.incident.type = c.key.type;
      c.incident.opened = c.first;
      c.incident.id = case_id(c.key.type, c.key.offender, c.key.second, c.first);
      fill_in(c, result, at);
      tell(Transition::opened, at, c);
      break;
    case Stage::open: {
      const Incident before = c.incident;
      fill_in(c, result, at);
      Incident now = c.incident;
      now.changed = before.changed;
      if (now == before)
        c.incident = before;
      else
        tell(Transition::changed, at, c);
      break;
    }
    case Stage::cleared:
      if (!c.gathering_again) break;  // it was to be weighed again, and went away before
      c.gathering_again = false;
      if (!result.enough) break;
      c.stage = Stage::open;
      c.incident.state = IncidentState::open;
      c.incident.cleared.reset();
      fill_in(c, result, at);
      tell(Transition::reopened, at, c);
      break;
  }
  if (c.active == 0 && !c.hold_due) {
    c.hold_due = true;
    schedule(std::max(c.last + options_.hold, at), Duty::hold, id);
  }
}

// Of a burst that is none yet, what came before the window does not belong to it.
void Casebook::forget_old_suspects(Case& c, Instant at) {
  if (c.stage == Stage::cleared) return;
  std::vector<SuspicionId> young;
  c.first = at;
  for (const SuspicionId id : c.suspects) {
    Suspect& suspect = suspects_[id];
    if (suspect.first + options_.burst >= at) {
      young.push_back(id);
      c.first = std::min(c.first, suspect.first);
    } else if (suspect.active == 0) {
      drop(id);
    } else {
      suspect.in = kNone;
      --c.active;
    }
  }
  c.suspects = std::move(young);
}

void Casebook::hold_over(CaseId id, Instant at) {
  Case& c = case_of(id);
  c.hold_due = false;
  if (c.active != 0) return;
  if (c.stage == Stage::open && is_still_lost(c)) {
    c.hold_due = true;
    schedule(at + options_.hold, Duty::hold, id);
    return;
  }
  if ((c.weigh_due && c.stage != Stage::open) || c.last + options_.hold > at) {  // something came meanwhile
    c.hold_due = true;
    schedule(std::max(c.last + options_.hold, at + seconds(1)), Duty::hold, id);
    return;
  }
  switch (c.stage) {
    case Stage::gathering:
    case Stage::light: purge(id, at); return;
    case Stage::open:
      c.stage = Stage::cleared;
      c.incident.state = IncidentState::cleared;
      c.incident.cleared = at;
      c.incident.changed = c.last;
      tell(Transition::cleared, at, c);
      break;
    case Stage::cleared: break;
  }
  schedule(at + options_.reopen_within, Duty::purge, id);
}

// A case that nothing is left of, and that cannot come back.
void Casebook::purge(CaseId id, Instant at) {
  Case& c = case_of(id);
  if (c.active != 0 || c.weigh_due || c.hold_due || c.stage == Stage::open) return;
  if (c.stage == Stage::cleared && *c.incident.cleared + options_.reopen_within > at) return;
  for (const SuspicionId suspect : c.suspects) {
    if (c.stage == Stage::cleared) unlearn(suspects_[suspect]);
    drop(suspect);
  }
  if (c.key.type == IncidentType::origin) {
    std::vector<CaseId>& of_offender = origin_cases_[c.key.offender.value];
    std::erase(of_offender, id);
    if (of_offender.empty()) origin_cases_.erase(c.key.offender.value);
  }
  case_ids_.erase(c.key);
  cases_[id].reset();
}

// RFC 7908 section 3.5: one AS originates the prefixes of many others within a short time. Its cases that are not open
// become one.
bool Casebook::fold_reorigination(CaseId id, Instant at) {
  const Asn offender = case_of(id).key.offender;
  const auto found = origin_cases_.find(offender.value);
  if (found == origin_cases_.end()) return false;
  std::vector<Asn> victims;
  for (const CaseId other : found->second) {
    if (case_of(other).last + options_.burst >= at) victims.push_back(Asn{case_of(other).key.second});
  }
  std::ranges::sort(victims);
  victims.erase(std::ranges::unique(victims).begin(), victims.end());
  if (victims.size() < options_.reorigination_victims) return false;

  const Key key{IncidentType::leak_5, offender, 0, {}};
  const auto [place, fresh] = case_ids_.try_emplace(key, static_cast<CaseId>(cases_.size()));
  const CaseId burst = place->second;
  if (fresh) {
    cases_.push_back(std::make_unique<Case>());
    cases_.back()->key = key;
    cases_.back()->first = case_of(id).first;
  }
  std::vector<CaseId> stay;
  for (const CaseId other : std::vector<CaseId>(found->second)) {
    Case& from = case_of(other);
    if (from.stage == Stage::open || from.stage == Stage::cleared) {
      stay.push_back(other);
      continue;
    }
    Case& to = case_of(burst);
    for (const SuspicionId suspect : from.suspects) {
      suspects_[suspect].in = burst;
      to.suspects.push_back(suspect);
    }
    to.active += from.active;
    if (to.stage == Stage::gathering || to.stage == Stage::light) to.first = std::min(to.first, from.first);
    to.last = std::max(to.last, from.last);
    for (std::string& path : from.paths) {
      if (to.paths.size() < kPaths && std::ranges::find(to.paths, path) == to.paths.end())
        to.paths.push_back(std::move(path));
    }
    case_ids_.erase(from.key);
    cases_[other].reset();
  }
  if (stay.empty())
    origin_cases_.erase(offender.value);
  else
    origin_cases_[offender.value] = std::move(stay);
  if (!case_of(burst).weigh_due) weigh_case(burst, at);
  return true;
}

void Casebook::tell(Transition transition, Instant at, Case& c) {
  c.emitted = at;
  sink_.on_transition(transition, at, c.incident);
}

}  // namespace fairway
