#include "apps/fairway/world_options.h"

#include <fmt/format.h>

#include <chrono>

#include "shell/config/build_world.h"
#include "shell/config/registries.h"

namespace fairway {

namespace {

// "90s", "15m", "36h", "7d"; more than nothing.
std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto count = parse_number<std::uint32_t>(text.substr(0, text.size() - 1));
  if (!count || *count == 0) return std::nullopt;
  switch (text.back()) {
    case 's': return seconds(*count);
    case 'm': return seconds(std::int64_t{60} * *count);
    case 'h': return hours(*count);
    case 'd': return days(*count);
    default: return std::nullopt;
  }
}

}  // namespace

void declare_data(Options& options, std::optional<std::string>& data) {
  options.text(
      "--data", data, "DIR",
      "folder of published tables, known by content (default: FAIRWAY_DATA, else fairway in the XDG data home)");
}

void declare_clock(Options& options, std::optional<Instant>& now, std::optional<Duration>& max_age) {
  options.parsed("--now", now, "TIME", "the clock of the judgement (default: the machine's)", parse_instant,
                 "a time, such as 2018-11-12T21:12:16Z");
  options.parsed("--max-age", max_age, "AGE", "exit with 6 if a table is older: 90s, 15m, 36h, 7d", parse_duration,
                 "an age, such as 36h or 7d");
}

namespace {

void declare_exports(Options& options, WorldOptions& world) {
  options.group("What is known");
  declare_data(options, world.data);
  options.list("--rpki", world.rpki, "FILE|URL",
               "VRPs and ASPAs: JSON of rpki-client or Routinator, CSV; rtr://HOST:PORT");
  options.list("--slurm", world.slurm, "FILE", "local exceptions to the RPKI (RFC 8416)");
}

void declare_table_time(Options& options, WorldOptions& world) {
  options.choice("--table-time", world.table_time, {"own", "now"},
                 "when VRPs expire: judged at the build time of their own file, or now");
}

}  // namespace

void declare_rpki(Options& options, WorldOptions& world) {
  declare_exports(options, world);
  declare_clock(options, world.now, world.max_age);
  declare_table_time(options, world);
  world.rpki_only = true;
}

void declare_world(Options& options, WorldOptions& world) {
  declare_exports(options, world);
  options.list("--irr", world.irr, "FILE", "RPSL dump with route objects, as-sets, route-sets");
  options.list("--relationships", world.relationships, "FILE", "AS relationships (CAIDA serial-1, serial-2)");
  options.list("--organisations", world.organisations, "FILE", "organisations of ASes (CAIDA as-org2info)");
  options.list("--delegations", world.delegations, "FILE", "statistics of the RIRs (delegated-extended)");
  options.list("--peeringdb", world.peeringdb, "FILE", "PeeringDB objects, JSON");
  options.list("--as-names", world.as_names, "FILE", "names of ASes");
  declare_clock(options, world.now, world.max_age);
  declare_table_time(options, world);
  options.flag("--timing", world.timing, "say on standard error how long loading took, and replaying");
}

void declare_trust(Options& options, WorldOptions& world) {
  options.value(
      "--trust", "CLASS=SOURCE,...",
      "which registries are believed for route, route6, as-set or route-set objects, the "
      "first most; RPKI: VRPs stand for route objects (default: all)",
      [&world](const std::string& text) -> std::optional<std::string> {
        if (const auto added = world.trust.add(text); !added) return "is of no use: " + added.error().text;
        return std::nullopt;
      },
      true);
  options.flag("--keep-invalid", world.keep_invalid, "use route objects that the RPKI calls invalid as well");
}

void tell_timing(std::string_view command, std::string_view what, double seconds, Output& err) {
  err.line(fmt::format("fairway {}: timing: {} {:.3f} s", command, what, seconds));
}

Instant now_of(const std::optional<Instant>& now) {
  if (now) return *now;
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

namespace {

// What SLURM says holds until somebody changes it.
bool ages(const TableSource& source) { return source.kind != "slurm"; }

config::TableRequest request_of(const WorldOptions& options) {
  using enum config::Kind;
  config::TableRequest request;
  request.directory = options.data;
  const std::pair<config::Kind, const std::vector<std::string>*> instead[] = {
      {vrps, &options.rpki},
      {slurm, &options.slurm},
      {irr, &options.irr},
      {relationships, &options.relationships},
      {organisations, &options.organisations},
      {delegations, &options.delegations},
      {exchanges, &options.peeringdb},
      {names, &options.as_names},
  };
  for (const auto& [kind, files] : instead) {
    if (!files->empty()) request.instead.emplace(kind, *files);
  }
  request.options.keep_texts = options.keep_texts;
  request.options.policies = options.policies;
  request.options.rpki_only = options.rpki_only;
  if (options.table_time == "now") request.options.table_time = now_of(options.now);
  return request;
}

}  // namespace

std::expected<LoadedWorld, ExitCode> load_world(const WorldOptions& options, std::string_view command, Output& err) {
  const std::string begin = fmt::format("fairway {}: ", command);
  const auto refuse = [&](const Error& error) {
    err.line(begin + error.text);
    return std::unexpected(error.kind == ErrorKind::refused ? ExitCode::refused : ExitCode::failure);
  };
  Stopwatch watch;
  auto tables = config::gather(request_of(options));
  if (!tables) return refuse(tables.error());
  auto world = config::build_world(*tables);
  for (const std::string& warning : tables->warnings) err.line(begin + "warning: " + warning);
  if (!world) return refuse(world.error());

  LoadedWorld loaded;
  if (options.keep_texts) loaded.texts = config::take_texts(*tables);
  const Instant now = now_of(options.now);
  for (const TableSource& source : world->sources) {
    if (!options.max_age || !ages(source) || (source.date && now - *source.date <= *options.max_age)) continue;
    err.line(begin + fmt::format("{}: its {} {}, which is more than --max-age allows", source.file, source.kind,
                                 source.date ? "are of " + to_string(*source.date) : "have no date"));
    loaded.code = ExitCode::stale;
  }
  world->trust = options.trust;
  loaded.world = std::make_shared<const World>(*std::move(world));
  tables = {};  // freed within the time that is told
  if (options.timing) {
    tell_timing(command, "tables", watch.lap(), err);
  }
  return loaded;
}

std::optional<std::string> warn_apart_from_routes(const World& world, Instant when) {
  const TableSource* farthest = nullptr;
  const auto distance = [&](const TableSource& source) { return apart(*source.date, when); };
  for (const TableSource& source : world.sources) {
    if (!source.date || !ages(source)) continue;
    if (farthest == nullptr || distance(source) > distance(*farthest)) farthest = &source;
  }
  if (farthest == nullptr || distance(*farthest) <= config::kApart) return std::nullopt;
  return fmt::format("the routes are of {}, the {} of {}: {} days apart, so verdicts may not be those of the time",
                     day_of(when), farthest->kind, day_of(*farthest->date),
                     distance(*farthest).microseconds / days(1).microseconds);
}

}  // namespace fairway
