// uses: core/report core/verdict core/tables shell/config shell/feed core/model base
//
// `fairway check --batch --format tsv` on prefix-origin pairs, as its users run it. What it says of itself (--timing)
// is taken off: the time until its tables were loaded. Before that every line is compared with the plain way beside it:
// one line read, judged and written at a time, by the functions that `check` uses for a single route; it is the rival
// too.
//
//   bench.check PROGRAM       PROGRAM is fairway
#include <cstdio>
#include <thread>

#include "base/text.h"
#include "bench/files.h"
#include "bench/measure.h"
#include "core/report/batch_line.h"
#include "core/report/verdict.h"
#include "core/tables/world.h"
#include "shell/config/build_world.h"
#include "shell/config/data_directory.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;
using namespace fairway::bench;

constexpr int kRuns = 7;

World load(const std::string& folder) {
  config::TableRequest request;
  request.directory = folder;
  config::Tables tables = expect(config::gather(request));
  return expect(config::build_world(tables));
}

std::string answer_plainly(const World& world, std::string_view lines) {
  std::string out(kVerdictTsvHeader);
  while (!lines.empty()) {
    const auto question = expect(parse_batch_line(cut(lines, '\n')));
    if (question) append_verdict_tsv(out, judge_question(world, *question));
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) leave("usage: bench.check FAIRWAY");
  Files files;
  const std::string folder = files.world(), path = files.pairs();
  const auto count = static_cast<double>(files.routes_and_vrps().routes.size());
  const std::vector<std::string> words = {argv[1],   "check", "--timing", "--data", folder,
                                          "--batch", path,    "--format", "tsv"};
  const World world = load(folder);
  const Buffer text = expect(read_all(path));
  std::string plain;
  const double plainly = fastest(1, [&] { plain = answer_plainly(world, as_text(text.bytes())); });
  if (text_of(words) != plain) leave("the answers differ from those of the plain way: nothing to measure");
  std::printf("%s pairs and tables: %.0f lines, each answered as the plain way does\n",
              real_data() ? "real" : "generated", count);

  Cost all, one;
  double loading = 0;
  std::vector<std::string> on_one = words;
  on_one.insert(on_one.end(), {"--threads", "1"});
  for (int i = 0; i < kRuns; ++i) {
    for (const bool single : {false, true}) {
      std::string told;
      Cost cost = run(single ? on_one : words, nowhere(), &told);
      const double tables = seconds_of_timing(told, "tables");
      cost.wall -= tables;
      if (!single && cost.wall < all.wall) loading = tables;
      keep_better(single ? one : all, cost);
    }
  }
  std::printf("best of %d runs in turn, %u cores; the tables were loaded in %.2f s\n", kRuns,
              std::max(1u, std::thread::hardware_concurrency()), loading);
  row("`check --batch --format tsv`, tables loaded", count / all.wall / 1e6, "million lines a second", at_least(2));
  row("the same with one thread that answers", count / one.wall / 1e6, "million lines a second");
  row("a line at a time, one core", count / plainly / 1e6, "million lines a second");
  row("speed, a line at a time = 1", plainly / all.wall, "times");
}
