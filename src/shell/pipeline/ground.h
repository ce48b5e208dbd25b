// The ground state: what is known of the routes before the first live feed speaks.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/incident/engine.h"

namespace fairway {

// Tables first, by time; then updates, by the time of each file's first record. A file belongs to the collector that
// its name says (collector_name.h), as a live feed of the same collector does. Error: the first file that cannot be
// read to its end; what was read of it counts.
Result<void> read_ground(const std::vector<std::string>& mrt_files, Engine& engine);

}  // namespace fairway
