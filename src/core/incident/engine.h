// Engine: routes in time order in, incidents out. It holds the routing table of every view (core/rib), what was known
// before (Baseline), and the open cases (Casebook); each route that changes is shown to every row of the table of
// detectors (detector.h).
//
// What it takes for an incident is a transition that was observed: the view's route before must be known. So
//  - a view whose whole table is known (a RIB was read, or a session came up and finished) knows presence and absence;
//  - any other view knows what it told since; its first half serves as a provisional baseline if the caller says so
//  (learn_until);
//  - while a session fills, and for a while after a gap, routes are learned and not judged;
//  - a session that goes down takes its routes with it and counts for nothing in visibility.
// My network (World::expectation) needs no baseline: what is written there is judged in every route, tables included.
//
// Time is a watermark that only rises: the time of what was applied last. Events that come late are counted and taken
// as of now. Same calls, same incidents. One thread at a time; World and sink must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/incident/explanation.h"
#include "core/incident/incident.h"
#include "core/model/route_event.h"

namespace fairway {

struct World;

struct EngineOptions {
  Duration gather =
      seconds(30);  // from the first route of a case until it is weighed: BGP needs about as long to spread
  Duration hold = seconds(300);              // without evidence, until an incident clears
  Duration reopen_within = hours(24);        // of clearing: the same again is the same incident
  Duration change_interval = seconds(60);    // at most one `changed` an incident in that time
  Duration becomes_known = hours(24);        // a new origin or link that stays so long is part of the baseline
  Duration settle = seconds(300);            // after a session came up or a gap: learn, do not judge
  Duration table_age = hours(8);             // a table older than this when updates begin is a provisional baseline
  Duration outage_after = seconds(300);      // a loss must last so long
  double full_share = 0.75;                  // of the largest view's prefixes in its family: a full view
  double lost_share = 0.10;                  // seen by so few of the full views: lost
  std::uint32_t reorigination_victims = 10;  // origins of others announced by one AS within `burst`: leak of type 5
  std::uint32_t internal_burst = 50;         // new more-specifics of one's own within `burst`: leak of type 6
  Duration burst = seconds(600);
  // Remember why there is, or is no, incident for it, for what lies under it and for what covers it.
  std::optional<Prefix> watch;
};

// Whether an explanation of `watch` is also about `prefix`.
inline bool is_about(const std::optional<Prefix>& watch, const Prefix& prefix) {
  return watch && (watch->covers(prefix) || prefix.covers(*watch));
}

using SourceId = std::uint32_t;  // one file or feed of a collector: what one decoder tells

struct EngineStatistics {
  std::uint64_t rib_entries = 0;
  std::uint64_t updates = 0;  // prefixes announced or withdrawn
  std::uint64_t state_changes = 0;
  std::uint64_t late = 0;          // events older than the watermark
  std::uint64_t before_table = 0;  // updates older than their collector's table: passed over
  std::uint64_t learned = 0;       // updates taken into the baseline and not judged
  std::uint64_t judged = 0;        // updates shown to the detectors
  std::uint64_t suspected = 0;     // distinct (prefix, offender, type) that a detector named
  std::uint64_t exonerated = 0;    // of those: the evidence spoke for them
  std::uint64_t routes = 0, prefixes = 0, views = 0, full_views = 0;  // now
};

class Engine {
 public:
  Engine(const World& world, const EngineOptions& options, IncidentSink& sink);
  ~Engine();
  Engine(Engine&&) noexcept;

  // A file or feed. Those of one collector share its views. RouteEvent::attributes_key counts within one source.
  SourceId source(std::string_view collector);
  // It will tell nothing more.
  void close(SourceId source);

  // The collector has no table: what it tells before `until` is its provisional baseline.
  void learn_until(SourceId source, Instant until);
  // Nothing was heard of the collector between the two times (a file is missing).
  void gap(SourceId source, Instant from, Instant to);

  // In time order. Events of kind `rib` make up a table; its end is end_of_table, or the collector's next other event.
  void apply(SourceId source, const RouteEvent& event);
  void end_of_table(SourceId source);

  // An incident that stood open when the program ended. It stays open until a route of it is heard again, and then
  // lives on under its id; if none is heard until `until`, it clears then. Before the first event.
  void resume(const Incident& incident, Instant until);
  // The World that the engine was given has other tables now. Between two events.
  void world_changed();

  // Raises the watermark: what is due until then happens.
  void advance(Instant now);
  // The input ended: cases that were still gathering are weighed. Open incidents stay open.
  void finish();

  Instant watermark() const;
  EngineStatistics statistics() const;
  // All incidents with their last state, by opening time, then id.
  std::vector<Incident> incidents() const;
  // For the watched prefix.
  Explanation explain(const Prefix& prefix) const;

  struct State;  // engine_state.h
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace fairway
