// The options by which every command that judges routes says what it knows: a data directory, files that stand instead
// of one kind in it, and the clock of the judgement.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/fairway/exit_code.h"
#include "apps/fairway/options.h"
#include "core/model/instant.h"
#include "core/tables/object_store.h"
#include "core/tables/world.h"

namespace fairway {

struct WorldOptions {
  std::optional<std::string> data;  // a folder; nothing: the default one, which need not be there
  // Files or addresses. What is not empty stands instead of everything of its kind in the folder.
  std::vector<std::string> rpki, slurm, irr, relationships, organisations, delegations, peeringdb, as_names;
  std::optional<Instant> now;
  std::string table_time = "own";  // when expiry is judged: at each file's "own" build time, or "now"
  std::optional<Duration> max_age;
  bool timing = false;        // say how long things took, on standard error
  Trust trust;                // in the registries, where sets are expanded
  bool keep_invalid = false;  // route objects that ROV calls invalid, there
  bool keep_texts = false;    // of the registries' objects; no option says so
  bool policies = false;      // of the registries' ASes; likewise
  bool rpki_only = false;     // nothing else is loaded; declare_rpki() says so
};

// Declares --data, --rpki, --slurm, --irr, --relationships, --organisations, --delegations, --peeringdb, --as-names,
// --now, --table-time, --max-age and --timing, under a heading of their own.
void declare_world(Options& options, WorldOptions& world);
// Of these the ones about VRPs and ASPAs: --data, --rpki, --slurm, --now, --table-time and --max-age.
void declare_rpki(Options& options, WorldOptions& world);
// Declares --trust and --keep-invalid, for commands that expand sets.
void declare_trust(Options& options, WorldOptions& world);
// Of these --data, and --now with --max-age, for commands that load nothing.
void declare_data(Options& options, std::optional<std::string>& data);
void declare_clock(Options& options, std::optional<Instant>& now, std::optional<Duration>& max_age);

// --now, else the machine's clock.
Instant now_of(const std::optional<Instant>& now);

struct LoadedWorld {
  std::shared_ptr<const World> world;                     // its `expectation` is null: that is --network's
  ExitCode code = ExitCode::fine;                         // `stale` if a table is older than --max-age
  std::vector<std::shared_ptr<const ObjectStore>> texts;  // with WorldOptions::keep_texts
};

// Warnings (files refused, rows left out, tables apart or too old) and the error are told on `err`, as lines of
// `command`.
std::expected<LoadedWorld, ExitCode> load_world(const WorldOptions& options, std::string_view command, Output& err);

// How long something takes.
class Stopwatch {
 public:
  // Seconds since the last lap, or the beginning.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> took = now - since_;
    since_ = now;
    return took.count();
  }

 private:
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

// "fairway COMMAND: timing: WHAT 0.812 s", the line that --timing asks for.
void tell_timing(std::string_view command, std::string_view what, double seconds, Output& err);

// Tables more than 7 days apart from routes of `when`, as a sentence; nothing if they fit.
std::optional<std::string> warn_apart_from_routes(const World& world, Instant when);

}  // namespace fairway
