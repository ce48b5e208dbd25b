// What is asked of the store, by people and programs.
#include <algorithm>

#include "shell/store/store_state.h"

namespace fairway {

using SQLite::Statement;
using store::incident_of;

namespace {

std::optional<Transition> transition_of(std::string_view text) {
  for (const Transition each : {Transition::opened, Transition::changed, Transition::cleared, Transition::reopened}) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

bool fits(const IncidentQuery& query, const Incident& incident) {
  if (query.asn) {
    const auto has = [&](const std::vector<Asn>& list) { return std::ranges::binary_search(list, *query.asn); };
    if (!has(incident.offenders) && !has(incident.victims)) return false;
  }
  return !query.prefix || std::ranges::any_of(incident.prefixes, [&](const Prefix& prefix) {
    return prefix.covers(*query.prefix) || query.prefix->covers(prefix);
  });
}

}  // namespace

std::vector<KeptIncident> Store::incidents(const IncidentQuery& query) const {
  const std::scoped_lock lock(state_->reading);
  std::string sql = "SELECT json, telling FROM incident WHERE 1";
  if (query.state) sql += " AND state = :state";
  if (!query.kind.empty()) sql += " AND kind = :kind";
  if (query.since) sql += " AND changed >= :since";
  if (!query.before.empty()) {
    sql += " AND (opened, id) < (SELECT opened, id FROM incident WHERE id = :before)";
  }
  sql += " ORDER BY opened DESC, id DESC";
  Statement rows(state_->reader, sql);
  if (query.state) rows.bind(":state", std::string(to_string(*query.state)));
  if (!query.kind.empty()) rows.bind(":kind", query.kind);
  if (query.since) rows.bind(":since", query.since->microseconds);
  if (!query.before.empty()) rows.bind(":before", query.before);
  std::vector<KeptIncident> all;
  while (all.size() < query.limit && rows.executeStep()) {
    auto incident = incident_of(rows.getColumn(0).getString());
    if (!incident || !fits(query, *incident)) continue;
    all.push_back(
        {*std::move(incident), notify::decode_telling(rows.getColumn(1).getString()).value_or(notify::Telling{})});
  }
  return all;
}

std::optional<KeptIncident> Store::State::find(std::string_view id) const {
  if (id.empty() || !std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }))
    return std::nullopt;
  Statement rows(reader, "SELECT json, telling FROM incident WHERE id >= ? AND id < ? LIMIT 2");
  rows.bind(1, std::string(id));
  rows.bind(2, std::string(id) + 'g');
  std::optional<KeptIncident> found;
  while (rows.executeStep()) {
    if (found) return std::nullopt;  // several begin so
    auto incident = incident_of(rows.getColumn(0).getString());
    if (!incident) return std::nullopt;
    found = KeptIncident{*std::move(incident),
                         notify::decode_telling(rows.getColumn(1).getString()).value_or(notify::Telling{})};
  }
  return found;
}

std::optional<KeptIncident> Store::incident(std::string_view id) const {
  const std::scoped_lock lock(state_->reading);
  return state_->find(id);
}

std::vector<KeptTransition> Store::history(std::string_view id) const {
  const std::scoped_lock lock(state_->reading);
  const auto whole = state_->find(id);
  std::vector<KeptTransition> all;
  if (!whole) return all;
  Statement rows(state_->reader,
                 "SELECT sequence, event, at, json FROM transition WHERE incident = ? ORDER BY sequence");
  rows.bind(1, whole->incident.id);
  while (rows.executeStep()) {
    const auto transition = transition_of(rows.getColumn(1).getString());
    auto incident = incident_of(rows.getColumn(3).getString());
    if (!transition || !incident) continue;
    all.push_back(
        {rows.getColumn(0).getUInt(), *transition, Instant{rows.getColumn(2).getInt64()}, *std::move(incident)});
  }
  return all;
}

std::vector<Store::Event> Store::events_after(std::uint64_t number, std::size_t limit) const {
  const std::scoped_lock lock(state_->reading);
  Statement rows(state_->reader,
                 "SELECT number, sequence, event, at, json FROM transition WHERE number > ? ORDER BY number LIMIT ?");
  rows.bind(1, static_cast<std::int64_t>(number));
  rows.bind(2, static_cast<std::int64_t>(limit));
  std::vector<Event> all;
  while (rows.executeStep()) {
    const auto transition = transition_of(rows.getColumn(2).getString());
    auto incident = incident_of(rows.getColumn(4).getString());
    if (!transition || !incident) continue;
    all.push_back(
        {static_cast<std::uint64_t>(rows.getColumn(0).getInt64()),
         {rows.getColumn(1).getUInt(), *transition, Instant{rows.getColumn(3).getInt64()}, *std::move(incident)}});
  }
  return all;
}

std::uint64_t Store::last_event() const {
  const std::scoped_lock lock(state_->reading);
  return static_cast<std::uint64_t>(
      state_->reader.execAndGet("SELECT ifnull(max(number), 0) FROM transition").getInt64());
}

}  // namespace fairway
