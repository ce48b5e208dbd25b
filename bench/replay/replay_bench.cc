// uses: shell/pipeline shell/config shell/feed core/report core/incident core/tables base
//
// Replay: MRT in, incidents out, with all tables loaded: a table of four full views, then 4 million prefixes announced
// or withdrawn (churn.h). Before anything counts the answer is checked: as many updates as were made, as many routes
// left as must be, and the same transitions of incidents, to the letter, with one thread and with two. Beside it what
// `bgpdump -m` needs only to print the same updates. With FAIRWAY_TEST_DATA also a real file in which a whole table
// comes up in 37 seconds.
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
constexpr int kRuns = 5;

// Every transition, to the letter.
class Listener : public IncidentSink {
 public:
  std::string told;
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    append_json(told, transition, at, incident);
    told += '\n';
  }
};

World load(const std::string& folder) {
  config::TableRequest request;
  request.directory = folder;
  config::Tables tables = expect(config::gather(request));
  return expect(config::build_world(tables));
}

ReplayOutcome play(const std::vector<ReplayInput>& inputs, const World& world, unsigned threads,
                   IncidentSink& listener) {
  ReplayOptions options;
  options.threads = threads;
  return expect(replay(inputs, world, options, listener));
}

void measure_churn(Files& files, const World& world) {
  const Churn churn = make_churn(files, kUpdates);
  const std::vector<ReplayInput> inputs = {{"table", churn.table.bytes(), "here"},
                                           {"updates", churn.updates.bytes(), "here"}};
  double tables = 1e9, updates = 1e9;
  std::string told;
  std::size_t incidents = 0;
  EngineStatistics statistics;
  for (int i = 0; i < kRuns; ++i) {
    Listener listener;
    const ReplayOutcome outcome = play(inputs, world, i == 0 ? 1 : 2, listener);
    const EngineStatistics& s = outcome.statistics;
    if (s.rib_entries != churn.table_routes || s.updates != churn.told || s.routes != churn.standing)
      leave("the engine counts " + std::to_string(s.updates) + " updates and holds " + std::to_string(s.routes) +
            " routes, not " + std::to_string(churn.told) + " and " + std::to_string(churn.standing));
    if (i == 0) told = listener.told;
    if (told.empty() || told != listener.told) leave("the incidents differ with the number of threads");
    incidents = outcome.incidents.size();
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
      static_cast<unsigned long long>(churn.standing), incidents);
  std::printf("%llu judged, %llu learned, %llu suspicions, %llu exonerated\n",
              static_cast<unsigned long long>(statistics.judged), static_cast<unsigned long long>(statistics.learned),
              static_cast<unsigned long long>(statistics.suspected),
              static_cast<unsigned long long>(statistics.exonerated));
  std::printf("best of %d runs: the table in %.2f s, the updates in %.2f s\n", kRuns, tables, updates);
  const auto count = static_cast<double>(churn.told);
  row("updates after the table", count / updates / 1e6, "million a second", at_least(1));
  row("table and updates together", (count + static_cast<double>(churn.table_routes)) / (tables + updates) / 1e6,
      "million a second");
  row("speed, `bgpdump -m` printing the updates = 1", bgpdump / updates, "times");
}

void measure_real(const std::string& path, const World& world) {
  const Answer printed = answer_of({"bgpdump", "-m", path});
  EngineStatistics s;
  const double seconds = fastest(2 * kRuns, [&] {
    Listener listener;
    s = play({{path}}, world, 0, listener).statistics;
  });
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
