// fairway demo: dated incidents, start to finish, through the whole engine.
#include <fmt/format.h>

#include <filesystem>

#include "apps/fairway/command.h"
#include "apps/fairway/demo_text.h"
#include "apps/fairway/options.h"
#include "core/report/incident_json.h"
#include "shell/config/replace_file.h"
#include "shell/scenario/library.h"

namespace fairway::commands {

namespace {

// Played when nobody names one: the two of 2018 that MANRS tells of.
constexpr std::string_view kDefault[] = {"mainone-google-2018", "payment-processors-2018"};

ExitCode fails(Output& err, const std::string& text) {
  err.line("fairway demo: " + text);
  return ExitCode::failure;
}

ExitCode list(Output& out) {
  for (const scenario::EmbeddedFile& file : scenario::embedded_scenarios()) {
    const auto scenario = scenario::read_scenario(file.text);
    out.line(fmt::format("{:<26} {}", file.name, scenario ? scenario->title : scenario.error().text));
  }
  return ExitCode::fine;
}

// The MRT files and the tables, for dump, judge and replay.
ExitCode write(const scenario::Scenario& scenario, const std::string& directory, Output& out, Output& err) {
  const scenario::MrtFiles files = write_mrt(scenario, make_plan(scenario));
  const std::filesystem::path root = std::filesystem::path(directory) / scenario.name;
  const auto put = [&](const std::filesystem::path& name, std::string_view octets) {
    std::error_code none;  // what cannot be made shows when it is written to
    std::filesystem::create_directories((root / name).parent_path(), none);
    if (config::replace_file((root / name).string(), octets)) return true;
    fails(err, fmt::format("cannot write {}", (root / name).string()));
    return false;
  };
  bool good =
      put(files.table_name, as_text(files.table.bytes())) && put(files.updates_name, as_text(files.updates.bytes()));
  for (const scenario::TableFile& table : table_files(scenario, scenario.then)) {
    good = good && put(std::filesystem::path("tables") / table.name, table.text);
  }
  if (!good) return ExitCode::failure;
  const std::string at = root.string();
  out.write(
      fmt::format("{}: {}\n  fairway dump {}/{}\n  fairway judge --data {}/tables {}/{}\n  fairway replay --data "
                  "{}/tables {}/{} {}/{}\n",
                  at, scenario.title, at, files.updates_name, at, at, files.table_name, at, at, files.table_name, at,
                  files.updates_name));
  return ExitCode::fine;
}

ExitCode tell(const scenario::Scenario& scenario, bool json, Output& out, Output& err) {
  const auto performance = scenario::play(scenario);
  if (!performance) return fails(err, scenario.name + ": " + performance.error().text);
  std::string text;
  if (json) {
    for (const Incident& incident : performance->outcome.incidents) {
      append_json(text, incident);
      text += '\n';
    }
    out.write(text);
    return ExitCode::fine;
  }
  const auto quiet = scenario::play(scenario, {.events = false});
  if (!quiet) return fails(err, scenario.name + ": " + quiet.error().text);
  std::shared_ptr<const World> now;
  if (scenario.now.rpki) {
    auto world = scenario::world_of(scenario::table_files(scenario, scenario.now));
    if (!world) return fails(err, scenario.name + ": " + world.error().text);
    now = *std::move(world);
  }
  append_demo(text, {scenario, *performance, *quiet, now.get()}, out.colour());
  out.write(text);
  return ExitCode::fine;
}

}  // namespace

ExitCode demo(Arguments arguments, Output& out, Output& err) {
  std::vector<std::string> names;
  std::string format = "text", directory;
  bool listed = false;
  Options options("demo", "fairway demo\nfairway demo twitter-2022\nfairway demo --write /tmp/demo");
  options.positionals("NAME", names, "incidents to play (default: the two of 2018)", 0);
  options.flag("--list", listed, "name the incidents that there are");
  options.choice("--format", format, {"text", "json"}, "text for people, or the incidents found, one a line");
  options.text("--write", directory, "DIR", "write MRT files and tables there instead of playing them");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  if (listed) return list(out);

  if (names.empty()) names.assign(std::begin(kDefault), std::end(kDefault));
  for (const std::string& name : names) {
    const auto scenario = scenario::load_scenario(name);
    if (!scenario) {
      err.line("fairway demo: " + scenario.error().text);
      return scenario.error().kind == ErrorKind::not_found ? ExitCode::empty : ExitCode::failure;
    }
    const ExitCode code =
        directory.empty() ? tell(*scenario, format == "json", out, err) : write(*scenario, directory, out, err);
    if (code != ExitCode::fine) return code;
    if (!out.usable()) break;
  }
  return ExitCode::fine;
}

}  // namespace fairway::commands
