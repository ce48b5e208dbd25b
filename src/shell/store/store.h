// Store: what must survive the program, in one SQLite file (WAL): incidents with every transition, what was told of
// them to whom, and the outbox of notifications. A transition and the notifications that follow from it are one
// transaction: after a crash either both are there or neither is.
//
// All functions may be called from several threads. The file has a version (PRAGMA user_version); older ones are
// brought forward when they are opened, newer ones are refused.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/notify/plan.h"
#include "core/notify/telling.h"
#include "shell/notify/outbox.h"
#include "shell/pipeline/live.h"

namespace fairway {

struct IncidentQuery {
  std::optional<IncidentState> state{};
  std::string kind{};              // "hijack"; empty: any
  std::optional<Asn> asn{};        // an offender or victim
  std::optional<Prefix> prefix{};  // one of its prefixes lies in it or covers it
  std::optional<Instant> since{};  // changed at that time or later
  std::string before{};            // an incident's id: those opened before it (the next page)
  std::size_t limit = 100;
};

struct KeptTransition {
  std::uint32_t sequence = 0;  // from 1
  Transition transition{};
  Instant at{};
  Incident incident{};  // after it
};

struct KeptIncident {
  Incident incident{};
  notify::Telling telling{};
};

class Store final : public LiveLog, public notify::Outbox {
 public:
  // Opens or makes the file. Errors: system (the path, and what to do), malformed (no such database, or of a newer
  // version).
  static Result<std::unique_ptr<Store>> open(const std::string& path, notify::Plan plan);
  ~Store() override;

  // --- of the pipeline
  void on_transition(Transition transition, Instant at, const Incident& incident) override;
  void commit(Instant now) override;
  // What went wrong in writing, once: the store goes on trying, and nothing that was told is forgotten meanwhile.
  std::optional<std::string> trouble() const;

  // --- of those who ask; the newest first
  std::vector<KeptIncident> incidents(const IncidentQuery& query) const;
  std::optional<KeptIncident> incident(std::string_view id) const;  // its beginning is enough, where it is the only one
  std::vector<KeptTransition> history(std::string_view id) const;
  // Transitions after a number that counts all of them, for streams; `last` without limit: the newest number.
  struct Event {
    std::uint64_t number = 0;
    KeptTransition transition{};
  };
  std::vector<Event> events_after(std::uint64_t number, std::size_t limit) const;
  std::uint64_t last_event() const;

  // --- of people. Error: not_found.
  Result<void> acknowledge(std::string_view id, std::string who, Instant now);
  Result<void> snooze(std::string_view id, Instant until, Instant now);
  Result<void> ignore(std::string_view id, Instant now);
  Result<void> resume(std::string_view id, Instant now);

  // --- of the notifier
  std::vector<notify::Pending> due(std::string_view channel, Instant now, std::size_t limit) override;
  void sent(std::string_view channel, std::string_view id, Instant now) override;
  void failed(std::string_view channel, std::string_view id, Instant next_try, std::string_view reason) override;
  void gave_up(std::string_view channel, std::string_view id, Instant now, std::string_view reason) override;
  std::vector<notify::Notification> standing(std::string_view channel) override;

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fairway
