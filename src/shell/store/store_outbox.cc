// The outbox: what waits to be sent, and what became of it.
#include "shell/store/store_state.h"

namespace fairway {

using SQLite::Statement;
using store::error_of;
using store::incident_of;

namespace {

std::vector<notify::Pending> read_due(SQLite::Database& reader, std::string_view channel, Instant now,
                                      std::size_t limit) {
  // The oldest that waits of each incident.
  Statement rows(
      reader,
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

namespace {

std::vector<notify::Notification> read_standing(SQLite::Database& reader, std::string_view channel) {
  Statement rows(reader,
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

}  // namespace

// What cannot be read now is asked for again.
template <class Read>
auto Store::State::guarded(const Read& read) -> decltype(read(std::declval<SQLite::Database&>())) {
  try {
    const std::scoped_lock lock(reading);
    return read(reader);
  } catch (const std::exception& exception) {
    const std::scoped_lock lock(writing);
    trouble = error_of(path, exception).text;
    return {};
  }
}

std::vector<notify::Pending> Store::due(std::string_view channel, Instant now, std::size_t limit) {
  return state_->guarded([&](SQLite::Database& reader) { return read_due(reader, channel, now, limit); });
}

std::vector<notify::Notification> Store::standing(std::string_view channel) {
  return state_->guarded([&](SQLite::Database& reader) { return read_standing(reader, channel); });
}

}  // namespace fairway
