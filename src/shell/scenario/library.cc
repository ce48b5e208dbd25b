#include "shell/scenario/library.h"

#include <fmt/format.h>

namespace fairway::scenario {

Result<Scenario> load_scenario(std::string_view name) {
  std::string names;
  for (const EmbeddedFile& file : embedded_scenarios()) {
    if (file.name == name) return read_scenario(file.text);
    names.append(names.empty() ? "" : ", ").append(file.name);
  }
  return fail(ErrorKind::not_found, fmt::format("there is no scenario '{}'; there are {}", name, names));
}

}  // namespace fairway::scenario
