#include "apps/fairway/replay_options.h"

#include <algorithm>
#include <filesystem>

#include "apps/fairway/filter_options.h"
#include "core/tables/expectation.h"
#include "shell/config/network.h"

namespace fairway {

void ReplayCommand::declare(Options& declared, std::size_t least_files) {
  declared.number("--hold", hold, "SECONDS", "without evidence, until an incident clears (default 300)", 1u, 86'400u);
  declared.number("--table-reach", reach, "DAYS",
                  "tables further than this from the routes are left out: of that time they know nothing (default 366)",
                  1u, 36'525u);
  declared.number("--threads", options.threads, "N", "how many work on it (default: one for each core)", 1u, 256u);
  declared.text("--network", network, "FILE", "what my network is (default: network.yaml, if it is there)");
  declare_filters(declared, filter);
  declare_world(declared, world_options);
  declared.positionals(
      "FILE", files, "MRT files, tables and updates of any collectors, in any order; - is standard input", least_files);
}

std::optional<ExitCode> ReplayCommand::load(std::string_view command, Output& err) {
  options.engine.hold = seconds(hold);
  options.table_reach = days(reach);
  if (!filter.empty()) options.filter = &filter;
  options.now = world_options.now;
  const auto loaded = load_world(world_options, command, err);
  if (!loaded) return loaded.error();
  code = loaded->code;
  world = *loaded->world;
  constexpr std::string_view kDefaultNetwork = "network.yaml";
  std::error_code none;
  if (!network && std::filesystem::exists(kDefaultNetwork, none)) {
    network = kDefaultNetwork;
    err.line("fairway " + std::string(command) + ": my network is that of ./network.yaml");
  }
  if (!network) return std::nullopt;
  auto reading = config::load_network(*network);
  if (!reading) {
    err.line("fairway " + std::string(command) + ": " + reading.error().text);
    return ExitCode::failure;
  }
  world.expectation = std::make_shared<const Expectation>(Expectation::build(std::move(reading->network)));
  return std::nullopt;
}

std::vector<ReplayInput> ReplayCommand::inputs() const {
  std::vector<ReplayInput> inputs;
  for (const std::string& file : files) inputs.push_back({file});
  return inputs;
}

ExitCode ReplayCommand::tell(std::string_view command, const ReplayOutcome& outcome, Output& err) const {
  const std::string begin = "fairway " + std::string(command) + ": ";
  for (const std::string& remark : outcome.remarks) err.line(begin + remark);
  for (const std::string& damage : outcome.damages) err.line(begin + damage);
  for (const std::string& failure : outcome.failures) err.line(begin + failure);
  const bool damaged = outcome.damaged_octets != 0 || outcome.damaged_records != 0 || outcome.unknown_records != 0;
  if (damaged) {
    err.line(begin + "not read: " + std::to_string(outcome.damaged_octets) + " octets, " +
             std::to_string(outcome.damaged_records) + " damaged records, " + std::to_string(outcome.unknown_records) +
             " of types that nobody here reads");
  }
  return combine(damaged ? ExitCode::damaged : ExitCode::fine,
                 outcome.failures.empty() ? ExitCode::fine : ExitCode::failure);
}

bool concerns(const Expectation& mine, const Incident& incident) {
  const auto own = [&](Asn asn) { return mine.owns(asn); };
  return std::ranges::any_of(incident.offenders, own) || std::ranges::any_of(incident.victims, own) ||
         std::ranges::any_of(incident.prefixes, [&](const Prefix& prefix) {
           return mine.covering(prefix) != nullptr || !mine.under(prefix).empty();
         });
}

}  // namespace fairway
