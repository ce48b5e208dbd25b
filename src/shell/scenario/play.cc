#include "shell/scenario/play.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/tables/vrp.h"
#include "core/verdict/origin.h"
#include "core/wire/mrt/event_decoder.h"
#include "core/wire/mrt/record.h"
#include "shell/config/build_world.h"

namespace fairway::scenario {

namespace {

constexpr Duration kOpensWithin = seconds(300);

class Recorder : public IncidentSink {
 public:
  explicit Recorder(std::vector<Moment>& moments) : moments_(moments) {}
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    moments_.push_back({transition, at, incident});
  }

 private:
  std::vector<Moment>& moments_;
};

// What stood before, out of the table's octets.
class TableReader : public mrt::EventSink {
 public:
  explicit TableReader(RoutesBefore& before) : before_(before) {}
  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.attributes != nullptr) before_.add(event.prefix, event.attributes->as_path);
  }
  Result<void> read(Bytes octets) {
    mrt::EventDecoder decoder;
    Cursor cursor(octets);
    while (!cursor.empty()) {
      const auto record = mrt::next_record(cursor);
      if (!record) return std::unexpected(record.error());
      if (const auto decoded = decoder.decode(*record, *this); !decoded) return decoded;
    }
    return {};
  }

 private:
  RoutesBefore& before_;
};

// --- what was expected

bool fits(const Expected& expected, const Incident& incident) {
  return expected.kind == to_string(kind_of(incident.type)) && expected.type == to_string(incident.type) &&
         std::ranges::is_permutation(expected.offenders, incident.offenders) &&
         (expected.victims.empty() || std::ranges::is_permutation(expected.victims, incident.victims));
}

// What an incident that fits lacks; empty: nothing.
std::string lack(const Expected& expected, const Incident& incident, const World& world) {
  for (const Prefix& prefix : expected.prefixes) {
    if (!std::ranges::binary_search(incident.prefixes, prefix)) return "it does not hold " + to_string(prefix);
  }
  if (expected.opened && (incident.opened < *expected.opened || incident.opened > *expected.opened + kOpensWithin)) {
    return "it opened at " + to_string(incident.opened) + " instead of " + to_string(*expected.opened);
  }
  const auto least = expected.confidence == "high"     ? Confidence::high
                     : expected.confidence == "medium" ? Confidence::medium
                                                       : Confidence::low;
  if (!expected.confidence.empty() && (incident.confidence < 1 || confidence_band(incident.confidence) < least)) {
    return fmt::format("its confidence is {} ({})", to_string(confidence_band(incident.confidence)),
                       incident.confidence);
  }
  if (!expected.origin.empty()) {
    for (const std::string& text : incident.paths) {
      const auto path = parse_as_path(text);
      const OriginVerdict verdict =
          world.vrps && path ? judge_origin(*world.vrps, incident.prefixes.front(), path->origin()) : OriginVerdict{};
      if (to_string(verdict.state) != expected.origin) return fmt::format("its origin is {}", to_string(verdict.state));
    }
  }
  return {};
}

std::string describe(std::string_view kind, std::string_view type, const std::vector<Asn>& offenders,
                     const std::vector<Asn>& victims) {
  const auto numbers = [](const std::vector<Asn>& asns) {
    std::string text;
    for (const Asn asn : asns) text += (text.empty() ? "" : " ") + to_string(asn);
    return text;
  };
  return fmt::format("{} {} by {} of {}", kind, type, numbers(offenders), numbers(victims));
}

}  // namespace

Result<std::shared_ptr<const World>> world_of(const std::vector<TableFile>& tables) {
  config::Tables gathered;
  for (const TableFile& table : tables) {
    const Buffer octets = Buffer::copy_of(as_bytes(table.text));
    auto file = config::read_table_octets(octets.bytes(), table.name, {});
    if (!file) return fail(file.error().kind, table.name + ": " + file.error().text, file.error().where);
    gathered.inventory.files.push_back(*std::move(file));
  }
  std::ranges::sort(gathered.inventory.files, {}, &config::TableFile::path);
  gathered.choices = config::choose(gathered.inventory);
  auto world = config::build_world(gathered);
  if (!world) return std::unexpected(world.error());
  return std::make_shared<const World>(*std::move(world));
}

Result<Performance> play(const Scenario& scenario, const PlayOptions& options) {
  Performance performance;
  performance.tables = table_files(scenario, scenario.then);
  auto world = world_of(performance.tables);
  if (!world) return std::unexpected(world.error());
  performance.world = *std::move(world);
  performance.files = write_mrt(scenario, make_plan(scenario, {.events = options.events}));
  const MrtFiles& files = performance.files;
  if (const auto read = TableReader(performance.before).read(files.table.bytes()); !read)
    return std::unexpected(read.error());

  Recorder recorder(performance.moments);
  ReplayOptions replay_options;
  replay_options.threads = options.threads;
  replay_options.now = scenario.end;
  const std::vector<ReplayInput> inputs = {{files.table_name, files.table.bytes(), scenario.collector},
                                           {files.updates_name, files.updates.bytes(), scenario.collector}};
  auto outcome = replay(inputs, *performance.world, replay_options, recorder);
  if (!outcome) return std::unexpected(outcome.error());
  performance.outcome = *std::move(outcome);
  return performance;
}

std::vector<std::string> differences(const Scenario& scenario, const Performance& performance) {
  std::vector<std::string> wrong;
  std::vector<bool> found(scenario.expected.size());
  for (const Incident& incident : performance.outcome.incidents) {
    const std::string what =
        describe(to_string(kind_of(incident.type)), to_string(incident.type), incident.offenders, incident.victims);
    std::string closest = "nothing like it is expected";
    bool good = false;
    for (std::size_t i = 0; i < scenario.expected.size(); ++i) {
      if (!fits(scenario.expected[i], incident)) continue;
      const std::string lacks = lack(scenario.expected[i], incident, *performance.world);
      if (lacks.empty()) {
        found[i] = good = true;
      } else {
        closest = lacks;
      }
    }
    if (!good) wrong.push_back(what + ": " + closest);
  }
  for (std::size_t i = 0; i < scenario.expected.size(); ++i) {
    const Expected& expected = scenario.expected[i];
    if (!found[i])
      wrong.push_back("missing: " + describe(expected.kind, expected.type, expected.offenders, expected.victims));
  }
  return wrong;
}

}  // namespace fairway::scenario
