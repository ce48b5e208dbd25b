// From the chosen files to a World: sources of one kind merged, local exceptions applied, tables frozen.
#pragma once

#include "base/result.h"
#include "core/tables/world.h"
#include "shell/config/data_directory.h"

namespace fairway::config {

// `tables` is used up. World::expectation is the caller's. What no chosen file speaks of stays null.
// Errors (refused): the SLURM files overlap, or their filters leave no VRP.
// Tables::warnings grows by what became of the SLURM files.
Result<World> build_world(Tables& tables);

}  // namespace fairway::config
