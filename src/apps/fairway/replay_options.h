// What `replay` and `explain` share: the files, the filters, the tables and the engine's settings, from the command
// line to a replay.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/fairway/exit_code.h"
#include "apps/fairway/options.h"
#include "apps/fairway/output.h"
#include "apps/fairway/world_options.h"
#include "core/filter/route_filter.h"
#include "core/tables/world.h"
#include "shell/pipeline/replay.h"

namespace fairway {

struct ReplayCommand {
  WorldOptions world_options;
  RouteFilter filter;
  std::vector<std::string> files;
  std::uint32_t hold = 300;            // seconds
  std::uint32_t reach = 366;           // days
  std::optional<std::string> network;  // the file; nothing: network.yaml, if it is there
  World world;                         // with my network
  ReplayOptions options;
  ExitCode code = ExitCode::fine;  // of loading: `stale`, or fine

  // Declares them; the files are the last positionals.
  void declare(Options& options, std::size_t least_files = 1);
  // Loads the tables and my network; an exit code if that fails.
  std::optional<ExitCode> load(std::string_view command, Output& err);
  std::vector<ReplayInput> inputs() const;
  // Remarks, damage and failures, on `err`; the exit code that all of it deserves.
  ExitCode tell(std::string_view command, const ReplayOutcome& outcome, Output& err) const;
};

// Whether an incident touches my network: my ASes among offenders or victims, or a prefix of mine, over or under it.
bool concerns(const Expectation& mine, const Incident& incident);

}  // namespace fairway
