#include "core/notify/telling.h"

#include <algorithm>

namespace fairway::notify {

namespace {

const PlannedChannel* planned(const Plan& plan, std::string_view name) {
  const auto found = std::ranges::find(plan.channels, name, &PlannedChannel::name);
  return found == plan.channels.end() ? nullptr : &*found;
}

bool is_silent(const Telling& telling, const Plan& plan, const Incident& incident, Instant now) {
  return telling.ignored || telling.acknowledged || (telling.snoozed_until && *telling.snoozed_until > now) ||
         maintenance(plan, incident, now) != nullptr;
}

// When a channel may hear what it has not heard yet; nothing: never, or there is nothing.
std::optional<Instant> update_due(const Told& told, const Telling& telling, const Plan& plan) {
  const PlannedChannel* channel = planned(plan, told.channel);
  if (channel == nullptr || told.sequence >= telling.sequence || channel->update_interval <= Duration{}) {
    return std::nullopt;
  }
  return told.at + channel->update_interval;
}

void tell_over(Telling& telling, std::vector<Dispatch>& dispatches) {
  for (const Told& told : telling.told) {
    dispatches.push_back({told.channel, Stage::clear, telling.sequence, told.severity, telling.at});
  }
  telling.told.clear();
  telling.acknowledged.reset();
  telling.acknowledged_by.clear();
  telling.snoozed_until.reset();
}

void tell_open(Telling& telling, const Plan& plan, const Incident& incident, Instant now,
               std::vector<Dispatch>& dispatches) {
  for (const PlannedChannel* channel : recipients(plan, incident)) {
    if (std::ranges::find(telling.told, channel->name, &Told::channel) != telling.told.end()) continue;
    const Confidence severity = confidence_band(incident.confidence);
    telling.told.push_back({channel->name, telling.sequence, now, severity});
    dispatches.push_back({channel->name, Stage::open, telling.sequence, severity, telling.at});
  }
}

void tell_changes(Telling& telling, const Plan& plan, Instant now, std::vector<Dispatch>& dispatches) {
  for (Told& told : telling.told) {
    const auto due = update_due(told, telling, plan);
    if (!due || *due > now) continue;
    told.sequence = telling.sequence;
    told.at = now;
    dispatches.push_back({told.channel, Stage::update, telling.sequence, told.severity, telling.at});
  }
}

}  // namespace

Notification notification(const Dispatch& dispatch, Incident incident) {
  return {dispatch.stage, dispatch.sequence, dispatch.severity, dispatch.at, std::move(incident), false};
}

std::vector<Dispatch> on_transition(Telling& telling, const Plan& plan, const Incident& incident, Instant at,
                                    Instant now) {
  ++telling.sequence;
  telling.at = at;
  return settle(telling, plan, incident, now);
}

std::vector<Dispatch> settle(Telling& telling, const Plan& plan, const Incident& incident, Instant now) {
  std::vector<Dispatch> dispatches;
  // A channel that is configured no more hears nothing more.
  std::erase_if(telling.told, [&](const Told& told) { return planned(plan, told.channel) == nullptr; });
  if (incident.state == IncidentState::cleared) {
    tell_over(telling, dispatches);
  } else if (!is_silent(telling, plan, incident, now)) {
    tell_changes(telling, plan, now, dispatches);
    tell_open(telling, plan, incident, now, dispatches);
  }
  return dispatches;
}

std::optional<Instant> next_due(const Telling& telling, const Plan& plan, const Incident& incident, Instant now) {
  if (incident.state == IncidentState::cleared || telling.ignored || telling.acknowledged) return std::nullopt;
  std::optional<Instant> next;
  const auto consider = [&](Instant at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  if (telling.snoozed_until && *telling.snoozed_until > now) {
    consider(*telling.snoozed_until);
  } else if (const MaintenanceWindow* window = maintenance(plan, incident, now)) {
    consider(window->until);
  } else {
    for (const Told& told : telling.told) {
      if (const auto due = update_due(told, telling, plan)) consider(*due);
    }
  }
  return next;
}

void acknowledge(Telling& telling, Instant now, std::string who) {
  telling.acknowledged = now;
  telling.acknowledged_by = std::move(who);
}
void snooze(Telling& telling, Instant until) { telling.snoozed_until = until; }
void ignore(Telling& telling) { telling.ignored = true; }
void resume(Telling& telling) {
  telling.acknowledged.reset();
  telling.acknowledged_by.clear();
  telling.snoozed_until.reset();
  telling.ignored = false;
}

}  // namespace fairway::notify
