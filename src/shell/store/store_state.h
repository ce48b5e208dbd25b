// What a Store consists of. Only for its .cc files.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <map>
#include <mutex>

#include "shell/store/store.h"

namespace fairway {

namespace store {

// What the store wrote itself. A row that somebody else has spoiled is nothing.
std::optional<Incident> incident_of(const std::string& json);
Error error_of(const std::string& path, const std::exception& exception);

}  // namespace store

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
  template <class Read>
  auto guarded(const Read& read) -> decltype(read(std::declval<SQLite::Database&>()));

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

}  // namespace fairway
