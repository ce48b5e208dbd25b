// Replay: MRT files in, incidents out: the whole of `fairway replay` as a function. Tables first, by time; then
// updates, merged by (time, source, offset) whatever the order of the inputs. The same inputs give the same incidents
// at any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/incident/engine.h"

namespace fairway {

struct World;

// A file ("-" is standard input), or octets of MRT in memory with the name they shall go by.
struct ReplayInput {
  std::string name;         // path, or a name for the octets
  Bytes octets{};           // if data() is not null: these are read instead of the file; padded as bytes.h demands
  std::string collector{};  // empty: from the name
};

struct ReplayOptions {
  EngineOptions engine;
  unsigned threads = 0;                           // 0: as many as the machine has
  std::optional<Instant> since, until;            // updates outside are passed over
  std::optional<Instant> now;                     // the watermark is raised to it at the end
  std::function<bool(const RouteEvent&)> filter;  // unset: everything; tables are never filtered
};

struct ReplayOutcome {
  EngineStatistics statistics;
  std::uint64_t records = 0, octets = 0;  // decompressed
  std::uint64_t damaged_octets = 0, damaged_records = 0, findings = 0;
  std::optional<Instant> first, last;      // of the updates
  std::vector<std::string> remarks;        // what limits the answer: provisional baselines, gaps, damage
  std::vector<Incident> incidents;         // last states, by opening time, then id
  std::optional<Explanation> explanation;  // if options.engine.watch
};

// "routeviews.route-views.jinx.ribs.1401487200.bz2" -> "route-views.jinx"; ".../rrc06/bview..." -> "rrc06"; else
// "common".
std::string collector_of(std::string_view path);

Result<ReplayOutcome> replay(const std::vector<ReplayInput>& inputs, const World& world, const ReplayOptions& options,
                             IncidentSink& sink);

}  // namespace fairway
