// The scenarios inside the program: the files of scenarios/, embedded when it was built, so that it shows them wherever
// it runs.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "shell/scenario/scenario.h"

namespace fairway::scenario {

struct EmbeddedFile {
  std::string_view name;  // without ".yaml"
  std::string_view text;
};

// By name.
std::span<const EmbeddedFile> embedded_scenarios();

// Error: not_found (with the names that there are), or as read_scenario.
Result<Scenario> load_scenario(std::string_view name);

}  // namespace fairway::scenario
