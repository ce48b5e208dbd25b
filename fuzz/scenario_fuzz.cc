// uses: shell/scenario shell/config core/incident core/model base
// Any text is a scenario or an error with its place; what is read, printed and read again is the same; a small one can
// be planned, twice with the same result.
#include <cstdlib>
#include <string_view>

#include "shell/scenario/plan.h"
#include "shell/scenario/tables.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairway;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scenario = scenario::read_scenario(text);
  if (!scenario) {
    if (scenario.error().text.empty()) std::abort();
    return 0;
  }
  const auto tree = config::parse_yaml(text);
  const auto again = scenario::read_scenario(config::print(*tree, scenario::scenario_schema()));
  if (!again || *again != *scenario) std::abort();

  const std::int64_t span = (scenario->end - scenario->start).microseconds / 1'000'000;
  const scenario::Background& background = scenario->background;
  if (background.prefixes > 300 || (background.interval != 0 && span / background.interval > 1000)) return 0;
  const scenario::Plan plan = make_plan(*scenario), second = make_plan(*again);
  if (plan.table != second.table || plan.told.size() != second.told.size()) std::abort();
  for (const auto& [prefix, row] : plan.table) {
    if (row.size() != scenario->views.size()) std::abort();
  }
  table_files(*scenario, scenario->then);
  return 0;
}
