// uses: shell/feed base
//
// `fairway dump` beside `bgpdump -m` on a packed table. Both programs run as their users run them, in turn, their
// output thrown away; before that it is compared: the lines must be the same. Decompression alone is measured in this
// process.
//
//   bench.dump PROGRAM        PROGRAM is fairway
#include <cstdio>
#include <thread>

#include "bench/files.h"
#include "bench/measure.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;
using namespace fairway::bench;

constexpr int kRuns = 7;

Cost decompress(const std::string& path, unsigned threads, std::uint64_t& octets) {
  const double before = cpu_used();
  const auto begin = std::chrono::steady_clock::now();
  octets = 0;
  {
    auto stream = expect(open_stream(path, threads));
    for (;;) {
      const auto block = expect(stream->next());
      if (block.empty()) break;
      octets += block.size();
    }
  }
  return {seconds_since(begin), cpu_used() - before};
}

void print(const char* what, const Cost& cost) {
  std::printf("%-32s %7.3f s wall %7.3f s CPU\n", what, cost.wall, cost.cpu);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) leave("usage: bench.dump FAIRWAY");
  Files files;
  const std::string path = files.table();
  const std::vector<std::string> ours = {argv[1], "dump", path}, theirs = {"bgpdump", "-m", path};
  const Answer answer = answer_of(ours);
  if (answer.lines == 0 || answer != answer_of(theirs)) leave("the answers differ: nothing to measure");
  std::printf("%s table: %llu lines, %llu octets of text, the same from both\n", real_data() ? "real" : "generated",
              static_cast<unsigned long long>(answer.lines), static_cast<unsigned long long>(answer.octets));

  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  Cost dump, bgpdump, unpacking, unpacking_on_one;
  std::uint64_t octets = 0;
  for (int i = 0; i < kRuns; ++i) {
    keep_better(bgpdump, run(theirs));
    keep_better(dump, run(ours));
    keep_better(unpacking, decompress(path, cores, octets));
    keep_better(unpacking_on_one, decompress(path, 1, octets));
  }
  std::printf("best of %d runs in turn, %u cores; %.0f MB decompressed\n", kRuns, cores,
              static_cast<double>(octets) * 1e-6);
  print("bgpdump -m", bgpdump);
  print("fairway dump", dump);
  print("decompression alone", unpacking);
  print("decompression alone, one core", unpacking_on_one);
  row("`dump --format bgpdump` of a packed table", dump.wall, "s");
  row("`bgpdump -m` of it", bgpdump.wall, "s");
  row("speed, `bgpdump -m` = 1", bgpdump.wall / dump.wall, "times", at_least(10));
  row("CPU of decoding and printing, decompressing = 1", (dump.cpu - unpacking.cpu) / unpacking.cpu, "times",
      at_most(1));
  row("speed of decompression on all cores, one core = 1", unpacking_on_one.wall / unpacking.wall, "times");
}
