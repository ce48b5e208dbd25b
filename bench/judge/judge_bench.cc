// uses: base
//
// `fairway judge` with all tables beside `fairway dump` of the same packed table. Both run as their users run them, in
// turn. What judge says of itself (--timing) is taken off: the time until its tables were loaded. Before that the
// answer is checked: as many routes judged as dump announces.
//
//   bench.judge PROGRAM       PROGRAM is fairway
#include <cstdio>
#include <cstdlib>

#include "bench/files.h"
#include "bench/measure.h"

namespace {

using namespace fairway;
using namespace fairway::bench;

constexpr int kRuns = 7;

// The routes that `judge --format json` counted, of both families.
std::uint64_t routes_judged(const std::string& json) {
  constexpr std::string_view kKey = "\"routes\": ";
  const std::size_t at = json.find(kKey);
  return at == std::string::npos ? 0 : std::strtoull(json.c_str() + at + kKey.size(), nullptr, 10);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) leave("usage: bench.judge FAIRWAY");
  Files files;
  const std::string path = files.table(), world = files.world();
  const std::vector<std::string> dump = {argv[1], "dump", path};
  const std::vector<std::string> judge = {argv[1], "judge", "--timing", "--data", world, path};
  std::vector<std::string> as_json = judge;
  as_json.insert(as_json.end() - 1, {"--format", "json"});
  const std::uint64_t lines = answer_of(dump).lines, judged = routes_judged(text_of(as_json));
  if (judged == 0 || judged != lines)
    leave("judged " + std::to_string(judged) + " routes, dump has " + std::to_string(lines) + ": nothing to measure");
  std::printf("%s table and tables: %llu routes judged, as many as dump announces\n",
              real_data() ? "real" : "generated", static_cast<unsigned long long>(judged));

  Cost dumping, judging;
  double loading = 0;
  for (int i = 0; i < kRuns; ++i) {
    keep_better(dumping, run(dump));
    std::string told;
    Cost cost = run(judge, nowhere(), &told);
    const double tables = seconds_of_timing(told, "tables");
    cost.wall -= tables;
    if (cost.wall < judging.wall) loading = tables;
    keep_better(judging, cost);
  }
  std::printf("best of %d runs in turn; the tables were loaded in %.2f s\n", kRuns, loading);
  row("`judge` of a packed table, all tables loaded", judging.wall, "s");
  row("`dump` of it", dumping.wall, "s");
  row("time of `judge`, `dump` = 1", judging.wall / dumping.wall, "times", at_most(1.3));
  row("loading all tables", loading, "s");
}
