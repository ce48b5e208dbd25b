#include "shell/store/store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>

#include "core/incident/evidence.h"
#include "core/report/incident_json.h"
#include "shell/pipeline/incident_file.h"
#include "shell/store/schema.h"

namespace fairway {
namespace {

using SQLite::Statement;

std::string json_of(const Incident& incident) {
  std::string text;
  append_json(text, incident);
  return text;
}

// What the store wrote itself. A row that somebody else has spoiled is left out.
std::optional<Incident> incident_of(const std::string& json) {
  auto read = read_incident(json);
  if (!read) return std::nullopt;
  for (Evidence& evidence : read->incident.evidence) evidence.name = lasting_name(evidence.name);
  return std::move(read->incident);
}

std::optional<Transition> transition_of(std::string_view text) {
  for (const Transition each : {Transition::opened, Transition::changed, Transition::cleared, Transition::reopened}) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

Error error_of(const std::string& path, const std::exception& exception) {
  return {ErrorKind::system, path + ": " + exception.what()};
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

// One connection writes, one reads: who asks does not hold up the engine.
struct Store::State {
  State(const std::string& path_, notify::Plan plan_)
      : path(path_),
        plan(std::move(plan_)),
        writer(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMilliseconds),
        reader(path, SQLite::OPEN_READWRITE, kBusyMilliseconds) {}

  static constexpr int kBusyMilliseconds = 5000;
  static constexpr Duration kRemembered = hours(25);  // of an incident that is cleared: it may reopen within 24 hours

  // An incident that goes on, or may.
  struct Living {
    Incident incident;
    notify::Telling telling;
    std::optional<Instant> due;  // when something of it that waits is to be told
  };
  struct Told {
    Transition transition;
    Instant at;
    Incident incident;
  };

  Result<void> migrate();
  void load();
  void write(const Told& told, Instant now);
  void write(const Living& living);
  void queue(const Living& living, const std::vector<notify::Dispatch>& dispatches, Instant now);
  void settle(Living& living, Instant now);
  Result<void> change(std::string_view id, Instant now, const std::function<void(notify::Telling&)>& how);
  std::optional<KeptIncident> find(std::string_view id) const;

  const std::string path;
  const notify::Plan plan;

  mutable std::mutex writing;
  SQLite::Database writer;
  std::map<std::string, Living, std::less<>> living;  // by id
  std::vector<Told> pending;                          // told and not committed
  std::optional<std::string> trouble;

  mutable std::mutex reading;
  mutable SQLite::Database reader;
};

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

// --- of those who ask

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
    all.push_back({*std::move(incident), notify::decode_telling(rows.getColumn(1).getString()).value_or(notify::Telling{})});
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
    found = KeptIncident{*std::move(incident), notify::decode_telling(rows.getColumn(1).getString()).value_or(notify::Telling{})};
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

// --- of the notifier

std::vector<notify::Pending> Store::due(std::string_view channel, Instant now, std::size_t limit) {
  const std::scoped_lock lock(state_->reading);
  // The oldest that waits of each incident.
  Statement rows(
      state_->reader,
      "SELECT o.sequence, o.stage, o.severity, o.at, o.queued, o.attempts, t.json, EXISTS (SELECT 1 FROM "
      "outbox n WHERE n.channel = o.channel AND n.incident = o.incident AND n.state = 'waiting' AND n.number "
      "> o.number) FROM outbox o JOIN transition t ON t.incident = o.incident AND t.sequence = o.sequence "
      "WHERE o.channel = ?1 AND o.state = 'waiting' AND o.next_try <= ?2 AND NOT EXISTS (SELECT 1 FROM "
      "outbox p WHERE p.channel = o.channel AND p.incident = o.incident AND p.state = 'waiting' AND p.number "
      "< o.number) ORDER BY o.number LIMIT ?3");
  rows.bind(1, std::string(channel));
  rows.bind(2, now.microseconds);
  rows.bind(3, static_cast<std::int64_t>(limit));
  std::vector<notify::Pending> all;
  while (rows.executeStep()) {
    auto incident = incident_of(rows.getColumn(6).getString());
    const auto stage = notify::parse_stage(rows.getColumn(1).getString());
    if (!incident || !stage) continue;
    notify::Pending pending;
    pending.notification.sequence = rows.getColumn(0).getUInt();
    pending.notification.stage = *stage;
    pending.notification.severity = static_cast<Confidence>(rows.getColumn(2).getInt());
    pending.notification.at = Instant{rows.getColumn(3).getInt64()};
    pending.notification.incident = *std::move(incident);
    pending.queued = Instant{rows.getColumn(4).getInt64()};
    pending.attempts = rows.getColumn(5).getUInt();
    pending.overtaken = rows.getColumn(7).getInt() != 0;
    all.push_back(std::move(pending));
  }
  return all;
}

namespace {

void end(SQLite::Database& database, std::string_view state, std::string_view channel, std::string_view id, Instant now,
         std::string_view reason) {
  Statement row(database,
                "UPDATE outbox SET state = ?, ended = ?, reason = ? WHERE channel = ? AND id = ? AND state = "
                "'waiting'");
  row.bind(1, std::string(state));
  row.bind(2, now.microseconds);
  row.bind(3, std::string(reason));
  row.bind(4, std::string(channel));
  row.bind(5, std::string(id));
  row.exec();
}

}  // namespace

// What cannot be written down here is sent once more: at least once, with the same id.
void Store::sent(std::string_view channel, std::string_view id, Instant now) {
  const std::scoped_lock lock(state_->writing);
  try {
    end(state_->writer, "sent", channel, id, now, "");
  } catch (const std::exception& exception) {
    state_->trouble = error_of(state_->path, exception).text;
  }
}

void Store::failed(std::string_view channel, std::string_view id, Instant next_try, std::string_view reason) {
  const std::scoped_lock lock(state_->writing);
  try {
    Statement row(state_->writer,
                  "UPDATE outbox SET attempts = attempts + 1, next_try = ?, reason = ? WHERE channel = "
                  "? AND id = ? AND state = 'waiting'");
    row.bind(1, next_try.microseconds);
    row.bind(2, std::string(reason));
    row.bind(3, std::string(channel));
    row.bind(4, std::string(id));
    row.exec();
  } catch (const std::exception& exception) {
    state_->trouble = error_of(state_->path, exception).text;
  }
}

void Store::gave_up(std::string_view channel, std::string_view id, Instant now, std::string_view reason) {
  const std::scoped_lock lock(state_->writing);
  try {
    end(state_->writer, "given up", channel, id, now, reason);
  } catch (const std::exception& exception) {
    state_->trouble = error_of(state_->path, exception).text;
  }
}

std::vector<notify::Notification> Store::standing(std::string_view channel) {
  const std::scoped_lock lock(state_->reading);
  Statement rows(state_->reader,
                 "SELECT o.sequence, o.stage, o.severity, o.at, t.json FROM outbox o JOIN transition t ON t.incident = "
                 "o.incident AND t.sequence = o.sequence WHERE o.channel = ?1 AND o.state = 'sent' AND o.stage <> "
                 "'clear' AND NOT EXISTS (SELECT 1 FROM outbox n WHERE n.channel = o.channel AND n.incident = "
                 "o.incident AND n.state = 'sent' AND n.number > o.number) ORDER BY o.number");
  rows.bind(1, std::string(channel));
  std::vector<notify::Notification> all;
  while (rows.executeStep()) {
    auto incident = incident_of(rows.getColumn(4).getString());
    const auto stage = notify::parse_stage(rows.getColumn(1).getString());
    if (!incident || !stage) continue;
    notify::Notification told;
    told.sequence = rows.getColumn(0).getUInt();
    told.stage = *stage;
    told.severity = static_cast<Confidence>(rows.getColumn(2).getInt());
    told.at = Instant{rows.getColumn(3).getInt64()};
    told.incident = *std::move(incident);
    all.push_back(std::move(told));
  }
  return all;
}

}  // namespace fairway
