// Playing a scenario: its MRT files and its tables through the whole engine, as `fairway replay` would with the files.
// Of the scenario itself nothing else is used: not the names, not the story, not what is expected.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "core/incident/prevention.h"
#include "core/tables/world.h"
#include "shell/pipeline/replay.h"
#include "shell/scenario/mrt.h"
#include "shell/scenario/tables.h"

namespace fairway::scenario {

struct PlayOptions {
  bool events = true;  // false: only the background
  unsigned threads = 0;
};

// An incident at one of its transitions.
struct Moment {
  Transition transition;
  Instant at;
  Incident incident;
};

struct Performance {
  MrtFiles files;
  std::vector<TableFile> tables;
  std::shared_ptr<const World> world;
  ReplayOutcome outcome;
  std::vector<Moment> moments;  // in the order of time
  RoutesBefore before;          // of the table
};

Result<Performance> play(const Scenario& scenario, const PlayOptions& options = {});

// The tables of files, by content, as one World. Error: a file that cannot be read.
Result<std::shared_ptr<const World>> world_of(const std::vector<TableFile>& tables);

// What is wrong with what was found, by what the scenario expects; empty: nothing is.
std::vector<std::string> differences(const Scenario& scenario, const Performance& performance);

}  // namespace fairway::scenario
