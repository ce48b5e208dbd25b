// Replay: MRT files in, incidents out: the whole of `fairway replay` as a function. Tables first, by time; then
// updates, merged by (time, source, offset) whatever the order of the inputs. The same inputs give the same incidents
// at any number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/incident/engine.h"

namespace fairway {

class RouteFilter;
struct World;

// A file ("-" is standard input), or octets of MRT in memory with the name they shall go by.
struct ReplayInput {
  std::string name;         // path, or a name for the octets
  Bytes octets{};           // if data() is not null: these are read instead of the file; padded as bytes.h demands
  std::string collector{};  // empty: from the name
};

struct ReplayOptions {
  EngineOptions engine;
  Duration table_reach = days(366);     // tables further than this from the routes are left out (within_reach)
  unsigned threads = 0;                 // 0: as many as the machine has
  std::optional<Instant> since, until;  // updates outside are passed over
  std::optional<Instant> now;           // the watermark is raised to it at the end
  const RouteFilter* filter = nullptr;  // of the updates; tables are taken whole
};

struct ReplayOutcome {
  EngineStatistics statistics;
  std::uint64_t records = 0, octets = 0;  // decompressed
  std::uint64_t damaged_octets = 0, damaged_records = 0, unknown_records = 0;
  std::optional<Instant> first, last;      // of the updates
  std::vector<std::string> remarks;        // what limits the answer: tables left out, provisional baselines, gaps
  std::vector<std::string> damages;        // the first few of each input
  std::vector<std::string> failures;       // inputs that could not be read to their end
  std::vector<Incident> incidents;         // last states, by opening time, then id
  std::optional<Explanation> explanation;  // if options.engine.watch
  double seconds_of_tables = 0, seconds_of_updates = 0;  // what it took, by the machine's clock
};

Result<ReplayOutcome> replay(const std::vector<ReplayInput>& inputs, const World& world, const ReplayOptions& options,
                             IncidentSink& sink);

}  // namespace fairway
