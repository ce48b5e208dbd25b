// uses: shell/pipeline shell/config shell/feed core/report core/incident core/tables base
//
// Replay: MRT in, incidents out, with all tables loaded: a table of four full views, then 4 million prefixes announced
// or withdrawn (churn.h). Before anything counts the answer is checked: as many updates as were made, as many routes
// left as must be, and the same incidents, to the letter, with one thread and with two. Beside it what `bgpdump -m`
// needs only to print the same updates. With FAIRWAY_TEST_DATA also a real file in which a whole table comes up in 37
// seconds.
#include <cstdio>
#include <thread>

#include "bench/files.h"
#include "bench/measure.h"
#include "churn.h"
#include "core/report/incident_json.h"
#include "core/tables/world.h"
#include "shell/config/build_world.h"
#include "shell/config/data_directory.h"
#include "shell/pipeline/replay.h"

namespace {

using namespace fairway;
using namespace fairway::bench;

constexpr std::uint64_t kUpdates = 4'000'000;
constexpr int kRuns = 3;

class Nobody : public IncidentSink {
 public:
  void on_transition(Transition, Instant, const Incident&) override {}
};

World load(const std::string& folder) {
  config::TableRequest request;
  request.directory = folder;
  config::Tables tables = expect(config::gather(request));
  return expect(config::build_world(tables));
}

ReplayOutcome play(const std::vector<ReplayInput>& inputs, const World& world, unsigned threads = 0) {
  ReplayOptions options;
  options.threads = threads;
  Nobody nobody;
  return expect(replay(inputs, world, options, nobody));
}

std::string incidents_of(const ReplayOutcome& outcome) {
  std::string text;
  for (const Incident& incident : outcome.incidents) {
    append_json(text, incident);
    text += '\n';
  }
  return text;
}

void measure_churn(Files& files, const World& world) {
  const Churn churn = make_churn(files, kUpdates);
  const std::vector<ReplayInput> inputs = {{"table", churn.table.bytes(), "here"},
                                           {"updates", churn.updates.bytes(), "here"}};
  double tables = 1e9, updates = 1e9;
  std::string incidents;
  EngineStatistics statistics;
  for (int i = 0; i < kRuns; ++i) {
    const ReplayOutcome outcome = play(inputs, world, i == 0 ? 1 : 2);
    const EngineStatistics& s = outcome.statistics;
    if (s.rib_entries != churn.table_routes || s.updates != churn.told || s.routes != churn.standing)
      leave("the engine counts " + std::to_string(s.updates) + " updates and holds " + std::to_string(s.routes) +
            " routes, not " + std::to_string(churn.told) + " and " + std::to_string(churn.standing));
    if (i == 0) incidents = incidents_of(outcome);
    if (incidents_of(outcome) != incidents) leave("the incidents differ with the number of threads");
    statistics = s;
    tables = std::min(tables, outcome.seconds_of_tables);
    updates = std::min(updates, outcome.seconds_of_updates);
  }
  const std::string path = files.write("updates.mrt", as_text(churn.updates.bytes()));
  const double bgpdump = run({"bgpdump", "-m", path}).wall;
  std::printf(
      "%llu routes of %u full views, then %llu updates: %llu routes are left, %zu incidents, the same with one thread "
      "and with two\n",
      static_cast<unsigned long long>(churn.table_routes), kViews, static_cast<unsigned long long>(churn.told),
      static_cast<unsigned long long>(churn.standing),
      static_cast<std::size_t>(std::count(incidents.begin(), incidents.end(), '\n')));
  std::printf("%llu judged, %llu learned, %llu suspicions, %llu exonerated\n",
              static_cast<unsigned long long>(statistics.judged), static_cast<unsigned long long>(statistics.learned),
              static_cast<unsigned long long>(statistics.suspected),
              static_cast<unsigned long long>(statistics.exonerated));
  std::printf("best of %d runs: the table in %.2f s, the updates in %.2f s\n", kRuns, tables, updates);
  const auto told = static_cast<double>(churn.told);
  row("updates after the table", told / updates / 1e6, "million a second", at_least(1));
  row("table and updates together", (told + static_cast<double>(churn.table_routes)) / (tables + updates) / 1e6,
      "million a second");
  row("speed, `bgpdump -m` printing the updates = 1", bgpdump / updates, "times");
}

void measure_real(const std::string& path, const World& world) {
  const Answer printed = answer_of({"bgpdump", "-m", path});
  EngineStatistics s;
  const double seconds = fastest(2 * kRuns, [&] { s = play({{path}}, world).statistics; });
  if (s.updates + s.state_changes != printed.lines) leave("not as many updates as bgpdump prints lines");
  std::printf("real file: %llu updates, as many as bgpdump prints, in %.2f s\n",
              static_cast<unsigned long long>(s.updates), seconds);
  row("a session that comes up, packed, without a table", static_cast<double>(s.updates) / seconds / 1e6,
      "million a second", at_least(1));
}

}  // namespace

int main() {
  Files files;
  const World world = load(files.world());
  std::printf("%s prefixes, paths and tables\n", real_data() ? "real" : "generated");
  measure_churn(files, world);
  if (const auto data = real_data()) measure_real(*data + "/mrt/updates/updates.et-header.2015.gz", world);
}
