// uses: core/verdict core/tables core/read core/wire/mrt core/wire/bgp shell/feed core/model base
//
// Path verdicts on one core: nanoseconds a path as a table repeats them, and a distinct path. Real: the paths of the
// RIB of route-views.jinx of 2014-05-30 against the 100 ASPAs of 2025-07-20, eleven years younger, so that few hops are
// attested; generated where FAIRWAY_TEST_DATA is not set. Then the same paths against a table in which every AS attests
// the AS before it on half of its paths: what verification costs once most have published. First every verdict is held
// against the plain formulation of definitions_for_tests.h; only then does time count. Exit code 1: a verdict differs.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/measure.h"
#include "core/read/rpki_json.h"
#include "core/verdict/definitions_for_tests.h"
#include "core/verdict/path.h"
#include "core/wire/mrt/event_decoder.h"
#include "shell/feed/mrt_file.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;
using bench::expect, bench::fastest, bench::keep, bench::row;

struct Paths : mrt::EventSink {
  std::vector<AsPath> distinct;
  std::vector<std::uint32_t> all;  // of each route, its path in `distinct`
  std::unordered_map<std::string, std::uint32_t> known;

  void add(const AsPath& path) {
    const auto [at, is_new] = known.try_emplace(to_string(path), static_cast<std::uint32_t>(distinct.size()));
    if (is_new) distinct.push_back(path);
    all.push_back(at->second);
  }
  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.attributes != nullptr) add(event.attributes->as_path);
  }
};

std::vector<Aspa> load(const std::string& folder, Paths& paths) {
  MrtFile file = expect(MrtFile::open(folder + "/mrt/full/routeviews.route-views.jinx.ribs.1401487200.bz2", 2));
  mrt::EventDecoder decoder;
  while (auto batch = expect(file.next())) {
    for (const mrt::Record& record : batch->records) (void)decoder.decode(record, paths);
  }
  const Buffer json = expect(read_all(folder + "/rpki/rpkiclient_summary_20250720T093135Z.json.bz2"));
  return expect(read_rpki_json(json.bytes())).aspas;
}

std::vector<Aspa> generate(Paths& paths) {
  std::mt19937_64 random(1);
  std::vector<AsPath> some;
  for (int i = 0; i < 70'000; ++i) {
    std::vector<Asn> asns;
    for (std::uint64_t k = 0, length = 2 + random() % 5; k < length; ++k) {
      asns.insert(asns.end(), random() % 10 == 0 ? 3 : 1, Asn{static_cast<std::uint32_t>(1 + random() % 45'000)});
    }
    some.emplace_back(asns);
  }
  for (int i = 0; i < 500'000; ++i) paths.add(some[random() % some.size()]);
  std::vector<Aspa> aspas;
  for (int i = 0; i < 100; ++i)
    aspas.push_back({Asn{static_cast<std::uint32_t>(1 + random() % 45'000)}, {Asn{1}, Asn{2}}});
  return aspas;
}

// Every AS that appears attests the one before it (towards the collector) on half of the paths.
std::vector<Aspa> attest_half(const Paths& paths) {
  std::unordered_map<std::uint32_t, std::vector<Asn>> providers;
  for (std::size_t i = 0; i < paths.distinct.size(); i += 2) {
    const auto asns = paths.distinct[i].asns();
    for (std::size_t k = 1; k < asns.size(); ++k) {
      if (asns[k] != asns[k - 1]) providers[asns[k].value].push_back(asns[k - 1]);
    }
  }
  std::vector<Aspa> aspas;
  for (auto& [customer, set] : providers) aspas.push_back({Asn{customer}, std::move(set)});
  return aspas;
}

void measure(const std::string& what, const Paths& paths, const std::vector<Aspa>& aspas) {
  const AspaTable table = AspaTable::build(aspas);
  std::printf("%s: %zu ASPAs\n", what.c_str(), table.aspas().size());
  for (const Procedure procedure : {Procedure::upstream, Procedure::downstream}) {
    std::size_t states[3] = {};
    for (const AsPath& path : paths.distinct) {
      // The plain formulation looks at every ASPA for every hop: only those of this path's ASes can speak of it.
      std::vector<Aspa> spoken;
      for (const Asn asn : path.asns()) {
        const std::uint32_t found = table.find(asn);
        if (found != AspaTable::kNone) spoken.push_back(table.aspas()[found]);
      }
      const PathState state = judge_path(table, path, procedure, std::nullopt).state;
      if (state != definition::path_state(spoken, path, procedure, std::nullopt)) {
        bench::leave(std::string(to_string(procedure)) + " " + to_string(path) + ": " + std::string(to_string(state)));
      }
      ++states[static_cast<std::size_t>(state)];
    }
    const double each = fastest(9, [&] {
      for (const std::uint32_t id : paths.all) keep(judge_path(table, paths.distinct[id], procedure, std::nullopt));
    });
    const double once = fastest(9, [&] {
      for (const AsPath& path : paths.distinct) keep(judge_path(table, path, procedure, std::nullopt));
    });
    const std::string name = std::string(to_string(procedure)) + ", " + what;
    std::printf("%s: %zu distinct paths valid, %zu invalid, %zu unknown\n", name.c_str(), states[1], states[2],
                states[0]);
    row("ASPA verdict " + name, each / static_cast<double>(paths.all.size()) * 1e9, "ns a path");
    row("ASPA verdict " + name, once / static_cast<double>(paths.distinct.size()) * 1e9, "ns a distinct path");
  }
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Paths paths;
  const char* folder = std::getenv("FAIRWAY_TEST_DATA");
  const std::vector<Aspa> aspas = folder != nullptr ? load(folder, paths) : generate(paths);
  std::printf("%s paths: %zu, distinct %zu\n", folder != nullptr ? "real" : "generated", paths.all.size(),
              paths.distinct.size());
  measure(folder != nullptr ? "as published" : "generated", paths, aspas);
  measure("half attested", paths, attest_half(paths));
}
