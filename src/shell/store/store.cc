#include "shell/store/store.h"

#include <algorithm>

#include "core/incident/evidence.h"
#include "core/report/incident_json.h"
#include "shell/pipeline/incident_file.h"
#include "shell/store/schema.h"
#include "shell/store/store_state.h"

namespace fairway {

namespace store {

std::optional<Incident> incident_of(const std::string& json) {
  auto read = read_incident(json);
  if (!read) return std::nullopt;
  for (Evidence& evidence : read->incident.evidence) evidence.name = lasting_name(evidence.name);
  return std::move(read->incident);
}

Error error_of(const std::string& path, const std::exception& exception) {
  return {ErrorKind::system, path + ": " + exception.what()};
}

}  // namespace store

using SQLite::Statement;
using store::error_of;
using store::incident_of;

namespace {

std::string json_of(const Incident& incident) {
  std::string text;
  append_json(text, incident);
  return text;
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::string& path, notify::Plan plan) {
  try {
    auto state = std::make_unique<State>(path, std::move(plan));
    state->writer.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    if (auto migrated = state->migrate(); !migrated) return std::unexpected(migrated.error());
    state->load();
    return std::unique_ptr<Store>(new Store(std::move(state)));
  } catch (const std::exception& exception) {
    return std::unexpected(error_of(path, exception));
  }
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;

Result<void> Store::State::migrate() {
  const int version = writer.execAndGet("PRAGMA user_version").getInt();
  const auto steps = store::migrations();
  if (version < 0 || static_cast<std::size_t>(version) > steps.size()) {
    return fail(ErrorKind::malformed, path + ": the file is of version " + std::to_string(version) +
                                          "; this program knows versions up to " + std::to_string(steps.size()) +
                                          ". Use the newer program, or another file.");
  }
  for (std::size_t step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
    SQLite::Transaction transaction(writer);
    writer.exec(std::string(steps[step]));
    writer.exec("PRAGMA user_version = " + std::to_string(step + 1));
    transaction.commit();
  }
  return {};
}

void Store::State::load() {
  Statement rows(writer,
                 "SELECT json, telling, changed FROM incident WHERE state = 'open' OR changed >= (SELECT "
                 "max(changed) FROM incident) - ?");
  rows.bind(1, kRemembered.microseconds);
  while (rows.executeStep()) {
    auto incident = incident_of(rows.getColumn(0).getString());
    const auto telling = notify::decode_telling(rows.getColumn(1).getString());
    if (!incident || !telling) continue;
    std::string id = incident->id;
    Living& each = living[std::move(id)];
    each.incident = *std::move(incident);
    each.telling = *telling;
    each.due = Instant{};  // asked at once whether something waits
  }
}

// --- of the pipeline

void Store::on_transition(Transition transition, Instant at, const Incident& incident) {
  const std::scoped_lock lock(state_->writing);
  state_->pending.push_back({transition, at, incident});
}

void Store::commit(Instant now) {
  const std::scoped_lock lock(state_->writing);
  State& s = *state_;
  const bool due = std::ranges::any_of(s.living, [&](const auto& e) { return e.second.due && *e.second.due <= now; });
  if (s.pending.empty() && !due) return;
  const auto before = s.living;  // memory is what the file is: if this fails, neither has changed
  try {
    SQLite::Transaction transaction(s.writer, SQLite::TransactionBehavior::IMMEDIATE);
    for (const State::Told& told : s.pending) s.write(told, now);
    for (auto& [id, each] : s.living) {
      if (each.due && *each.due <= now) s.settle(each, now);
    }
    transaction.commit();
    s.pending.clear();
    s.trouble.reset();
  } catch (const std::exception& exception) {
    s.living = before;
    s.trouble = error_of(s.path, exception).text;
    return;
  }
  std::erase_if(s.living, [&](const auto& entry) {
    const Incident& incident = entry.second.incident;
    return incident.state == IncidentState::cleared && incident.changed + State::kRemembered < now && !entry.second.due;
  });
}

std::optional<std::string> Store::trouble() const {
  const std::scoped_lock lock(state_->writing);
  return state_->trouble;
}

void Store::State::write(const Told& told, Instant now) {
  Living& each = living[told.incident.id];
  each.incident = told.incident;
  const auto dispatches = notify::on_transition(each.telling, plan, each.incident, told.at, now);
  Statement row(writer, "INSERT INTO transition (incident, sequence, event, at, json) VALUES (?, ?, ?, ?, ?)");
  row.bind(1, told.incident.id);
  row.bind(2, each.telling.sequence);
  row.bind(3, std::string(to_string(told.transition)));
  row.bind(4, told.at.microseconds);
  row.bind(5, json_of(told.incident));
  row.exec();
  queue(each, dispatches, now);
  each.due = notify::next_due(each.telling, plan, each.incident, now);
  write(each);
}

void Store::State::write(const Living& each) {
  const Incident& incident = each.incident;
  Statement row(writer,
                "INSERT OR REPLACE INTO incident (id, kind, state, opened, changed, json, telling) VALUES (?, "
                "?, ?, ?, ?, ?, ?)");
  row.bind(1, incident.id);
  row.bind(2, std::string(to_string(kind_of(incident.type))));
  row.bind(3, std::string(to_string(incident.state)));
  row.bind(4, incident.opened.microseconds);
  row.bind(5, incident.changed.microseconds);
  row.bind(6, json_of(incident));
  row.bind(7, notify::encode(each.telling));
  row.exec();
}

void Store::State::queue(const Living& each, const std::vector<notify::Dispatch>& dispatches, Instant now) {
  for (const notify::Dispatch& dispatch : dispatches) {
    const notify::Notification told = notify::notification(dispatch, each.incident);
    Statement row(writer,
                  "INSERT OR IGNORE INTO outbox (channel, id, incident, sequence, stage, severity, at, queued) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(1, dispatch.channel);
    row.bind(2, notify::id_of(told));
    row.bind(3, each.incident.id);
    row.bind(4, dispatch.sequence);
    row.bind(5, std::string(notify::to_string(dispatch.stage)));
    row.bind(6, static_cast<int>(dispatch.severity));
    row.bind(7, dispatch.at.microseconds);
    row.bind(8, now.microseconds);
    row.exec();
  }
}

void Store::State::settle(Living& each, Instant now) {
  const auto dispatches = notify::settle(each.telling, plan, each.incident, now);
  queue(each, dispatches, now);
  each.due = notify::next_due(each.telling, plan, each.incident, now);
  write(each);
}

// --- of people

Result<void> Store::State::change(std::string_view id, Instant now, const std::function<void(notify::Telling&)>& how) {
  const std::scoped_lock lock(writing);
  const auto found = living.find(id);
  if (found == living.end()) {
    return fail(ErrorKind::not_found, "there is no incident " + std::string(id) + " that is open or may reopen");
  }
  const Living before = found->second;
  try {
    SQLite::Transaction transaction(writer, SQLite::TransactionBehavior::IMMEDIATE);
    how(found->second.telling);
    settle(found->second, now);
    transaction.commit();
    return {};
  } catch (const std::exception& exception) {
    found->second = before;
    return std::unexpected(error_of(path, exception));
  }
}

Result<void> Store::acknowledge(std::string_view id, std::string who, Instant now) {
  return state_->change(id, now, [&](notify::Telling& telling) { notify::acknowledge(telling, now, std::move(who)); });
}
Result<void> Store::snooze(std::string_view id, Instant until, Instant now) {
  return state_->change(id, now, [&](notify::Telling& telling) { notify::snooze(telling, until); });
}
Result<void> Store::ignore(std::string_view id, Instant now) {
  return state_->change(id, now, [&](notify::Telling& telling) { notify::ignore(telling); });
}
Result<void> Store::resume(std::string_view id, Instant now) {
  return state_->change(id, now, [&](notify::Telling& telling) { notify::resume(telling); });
}

}  // namespace fairway
