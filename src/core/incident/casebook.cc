#include "core/incident/casebook.h"

#include <algorithm>

#include "core/incident/weigh.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

// What the evidence that is added when a case is weighed can bring at most (seen_widely, many_prefixes).
constexpr int kMostByVisibility = 2;

}  // namespace

void Casebook::judge(const RouteKey& route, const RouteChange& change, const Accusations& accusations) {
  PrefixMemory& memory = baseline_.memory(route.prefix);
  const bool may_resume = memory.suspects != 0 && !resumed_.empty();
  if (memory.marks == 0 && accusations.empty() && !may_resume) return;
  Marks now;
  for (const Accusation& accusation : accusations) {
    const SuspicionId id = suspect_of(accusation, change);
    if (std::find(now.ids, now.ids + now.size, id) == now.ids + now.size && now.size < Marks::kMost)
      now.ids[now.size++] = id;
  }
  if (may_resume) mark_resumed(route, change, now);
  const auto found = marks_.find(route);
  const Marks before = found == marks_.end() ? Marks{} : found->second;
  const auto has = [](const Marks& marks, SuspicionId id) {
    return std::find(marks.ids, marks.ids + marks.size, id) != marks.ids + marks.size;
  };
  for (std::size_t i = 0; i < now.size; ++i) {
    if (has(before, now.ids[i])) continue;
    join(now.ids[i], route.view, change.now, change.path);
  }
  if (now.size == 0) {
    if (before.size != 0) {
      marks_.erase(found);
      --memory.marks;
    }
  } else {
    marks_.insert_or_assign(route, now);
    if (before.size == 0) ++memory.marks;
  }
  for (std::size_t i = 0; i < before.size; ++i) {
    if (!has(now, before.ids[i])) leave(before.ids[i], change.now);
  }
}

void Casebook::release(const RouteKey& route, Instant now) {
  PrefixMemory& memory = baseline_.memory(route.prefix);
  if (memory.marks == 0) return;
  const auto found = marks_.find(route);
  if (found == marks_.end()) return;
  const Marks before = found->second;
  marks_.erase(found);
  --memory.marks;
  for (std::size_t i = 0; i < before.size; ++i) leave(before.ids[i], now);
}

std::pair<Casebook::SuspicionId, bool> Casebook::find_or_make(const Key& key) {
  const auto [place, fresh] = suspect_ids_.try_emplace(key, kNone);
  if (!fresh) return {place->second, false};
  SuspicionId id;
  if (free_suspects_.empty()) {
    id = static_cast<SuspicionId>(suspects_.size());
    suspects_.emplace_back();
  } else {
    id = free_suspects_.back();
    free_suspects_.pop_back();
  }
  place->second = id;
  suspects_[id] = {};
  suspects_[id].key = key;
  ++baseline_.memory(key.prefix).suspects;
  ++suspected_;
  return {id, true};
}

bool Casebook::is_excused(const Key& key, Asn asn, Instant now) const {
  const Expectation* mine = knowledge_.facts.expectation();
  return mine != nullptr &&
         mine->excuse(to_string(kind_of(key.type)), knowledge_.rib.prefix(key.prefix), asn, now) != nullptr;
}

Casebook::SuspicionId Casebook::suspect_of(const Accusation& accusation, const RouteChange& change) {
  const auto [id, fresh] =
      find_or_make({accusation.type, accusation.offender, accusation.second.value, accusation.prefix});
  Suspect& suspect = suspects_[id];
  if (fresh) {
    suspect.victims = accusation.victims;
    suspect.leak = accusation.leak.key;
    suspect.first = suspect.last = change.now;
    suspect.evidence = weigh(accusation, change, knowledge_);
    suspect.score = sum(suspect.evidence);
    suspect.excused = is_excused(suspect.key, accusation.offender, change.now);
    const bool hopeless = accusation.type != IncidentType::leak_6 &&  // a burst has no evidence but its size
                          suspect.score + kMostByVisibility < rule_of(accusation.type).threshold;
    if (suspect.excused || hopeless) {
      ++exonerated_;
    } else {
      enter_case(id, change.now);
    }
  }
  renew(suspects_[id], change.second);
  return id;
}

// What goes on being suspect does not become normal.
void Casebook::renew(const Suspect& suspect, std::uint32_t now) {
  if (suspect.in == kNone) return;
  const Key& key = suspect.key;
  if (is_about_origin(key.type)) baseline_.renew_origin(key.prefix, key.offender, now);
  if (key.type == IncidentType::type_1) baseline_.renew_link(key.offender, Asn{key.second}, now);
  if (suspect.leak.type != 0) baseline_.renew_leak(suspect.leak, now);
}

// What was an incident and went away is as new as before when it comes again.
void Casebook::unlearn(const Suspect& suspect) {
  const Key& key = suspect.key;
  if (is_about_origin(key.type)) baseline_.unlearn_origin(key.prefix, key.offender);
  if (key.type == IncidentType::type_1) baseline_.unlearn_link(key.offender, Asn{key.second});
  if (suspect.leak.type != 0) baseline_.unlearn_leak(suspect.leak);
}

void Casebook::enter_case(SuspicionId id, Instant now) {
  Suspect& suspect = suspects_[id];
  Key key = suspect.key;
  key.prefix = {};
  // Where a burst of re-origination is on, more of it belongs there.
  if (key.type == IncidentType::origin) {
    const auto burst = case_ids_.find(Key{IncidentType::leak_5, key.offender, 0, {}});
    if (burst != case_ids_.end()) key = burst->first;
  }
  const auto [place, fresh] = case_ids_.try_emplace(key, static_cast<CaseId>(cases_.size()));
  if (fresh) {
    cases_.push_back(std::make_unique<Case>());
    Case& c = *cases_.back();
    c.key = key;
    c.first = suspect.first;
    if (key.type == IncidentType::origin) origin_cases_[key.offender.value].push_back(place->second);
  }
  Case& c = case_of(place->second);
  if (c.stage == Stage::gathering || c.stage == Stage::light) c.first = std::min(c.first, suspect.first);
  suspect.in = place->second;
  c.suspects.push_back(id);
  schedule_weighing(place->second, now);
}

void Casebook::join(SuspicionId id, ViewId view, Instant now, std::optional<PathId> path) {
  Suspect& suspect = suspects_[id];
  suspect.last = now;
  const auto place = std::ranges::lower_bound(suspect.views, view);
  const bool new_view = place == suspect.views.end() || *place != view;
  if (new_view) suspect.views.insert(place, view);
  const bool woke = suspect.active++ == 0;
  if (suspect.in == kNone) return;
  Case& c = case_of(suspect.in);
  c.last = now;
  if (suspect.resumed) c.hold_due = false;  // it lives again: what was scheduled for its not doing so means nothing
  if (woke) ++c.active;
  if (path && c.paths.size() < kPaths) {
    std::string text = to_string(knowledge_.rib.attributes().path(*path));
    if (std::ranges::find(c.paths, text) == c.paths.end()) c.paths.push_back(std::move(text));
  }
  if (new_view || woke) schedule_weighing(suspect.in, now);
}

void Casebook::leave(SuspicionId id, Instant now) {
  Suspect& suspect = suspects_[id];
  suspect.last = now;
  if (--suspect.active != 0) return;
  if (suspect.in == kNone) {
    drop(id);
    return;
  }
  Case& c = case_of(suspect.in);
  c.last = now;
  if (--c.active == 0 && !c.hold_due) {
    c.hold_due = true;
    schedule(now + options_.hold, Duty::hold, suspect.in);
  }
}

void Casebook::drop(SuspicionId id) {
  remember(suspects_[id]);
  if (suspects_[id].resumed) forget_resumed(suspects_[id], id);
  --baseline_.memory(suspects_[id].key.prefix).suspects;
  suspect_ids_.erase(suspects_[id].key);
  suspects_[id] = {};
  free_suspects_.push_back(id);
}

void Casebook::lose(const Loss& loss, Instant now) {
  const auto [id, fresh] = find_or_make({loss.type, {}, loss.group, loss.prefix});
  if (!fresh && suspects_[id].active != 0) return;
  Suspect& suspect = suspects_[id];
  if (loss.victim.value != 0) suspect.victims = {loss.victim};
  suspect.country = loss.country;
  suspect.last = now;
  suspect.views = loss.views;
  std::ranges::sort(suspect.views);
  suspect.evidence = loss.evidence;
  suspect.score = sum(loss.evidence);
  suspect.active = 1;
  if (fresh) {
    suspect.first = loss.since;
    suspect.excused = is_excused(suspect.key, loss.victim, now);
    if (suspect.excused || suspect.score < rule_of(loss.type).threshold) {
      ++exonerated_;
      return;
    }
    enter_case(id, now);
  }
  if (suspects_[id].in == kNone) return;
  Case& c = case_of(suspects_[id].in);
  c.last = now;
  ++c.active;
  schedule_weighing(suspects_[id].in, now);
}

void Casebook::restore(IncidentType type, PrefixId prefix, std::uint32_t group, Instant now) {
  const auto found = suspect_ids_.find(Key{type, {}, group, prefix});
  if (found != suspect_ids_.end() && suspects_[found->second].active != 0) leave(found->second, now);
}

}  // namespace fairway
