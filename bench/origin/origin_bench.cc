// uses: core/verdict core/tables core/read shell/feed core/model base
// libs: rtr
//
// Origin verdicts beside RTRlib, on one core: the same VRPs, the same routes, the same run. First every answer of both
// sides (ours singly and in batches) is compared; only then does time count. Each figure is the fastest of several
// passes over all routes. Exit code 1: an answer differs.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/tables/vrp.h"
#include "core/verdict/origin.h"
#include "routes_and_vrps.h"
#include "rtrlib_rival.h"

namespace {

using namespace fairway;

// Seconds of the fastest of `passes`.
template <class Work>
double fastest(int passes, Work work) {
  double best = 1e9;
  for (int i = 0; i < passes; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

void judge_singly(const VrpTable& table, std::span<const PrefixOrigin> routes, std::span<OriginVerdict> verdicts) {
  for (std::size_t i = 0; i < routes.size(); ++i) verdicts[i] = judge_origin(table, routes[i].prefix, routes[i].origin);
}

class Comparison {
 public:
  Comparison(const VrpTable& table, bench::RtrlibRival& rival) : table_(table), rival_(rival) {}

  // False if an answer differs.
  bool run(const char* order, const std::vector<PrefixOrigin>& routes) {
    const auto prepared = bench::RtrlibRival::prepare(routes);
    std::vector<OriginVerdict> singly(routes.size()), batched(routes.size());
    std::vector<OriginState> theirs(routes.size());
    judge_singly(table_, routes, singly);
    judge_origins(table_, routes, batched);
    rival_.judge(*prepared, theirs);
    std::size_t states[4] = {};
    for (std::size_t i = 0; i < routes.size(); ++i) {
      if (singly[i] != batched[i] || singly[i].state != theirs[i]) {
        std::printf("%s AS%u: singly %s, in batches %s, rtrlib %s\n", to_string(routes[i].prefix).c_str(),
                    routes[i].origin.asn.value, to_string(singly[i].state).data(), to_string(batched[i].state).data(),
                    to_string(theirs[i]).data());
        return false;
      }
      ++states[static_cast<std::size_t>(singly[i].state)];
    }
    std::printf("%s: %zu answers equal rtrlib's (%zu valid, %zu invalid, %zu not-found)\n", order, routes.size(),
                states[2], states[3], states[1]);
    const double rtrlib = fastest(3, [&] { rival_.judge(*prepared, theirs); });
    report("rtrlib", rtrlib, rtrlib, routes.size());
    report("fairway, singly", fastest(9, [&] { judge_singly(table_, routes, singly); }), rtrlib, routes.size());
    report("fairway, batched", fastest(9, [&] { judge_origins(table_, routes, batched); }), rtrlib, routes.size());
    return true;
  }

 private:
  static void report(const char* who, double seconds, double rival, std::size_t count) {
    std::printf("  %-18s %8.1f ns a route %8.2f M/s %8.1f times rtrlib\n", who, seconds / count * 1e9,
                count / seconds / 1e6, rival / seconds);
  }

  const VrpTable& table_;
  bench::RtrlibRival& rival_;
};

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  auto [what, vrps, routes] = bench::load_or_generate();
  std::printf("%s: %zu VRPs, %zu routes\n", what.c_str(), vrps.size(), routes.size());

  std::mt19937_64 random(1);
  const auto build_time = [](const std::vector<Vrp>& from) {
    double best = 1e9;
    for (int i = 0; i < 7; ++i) {
      std::vector<Vrp> copy = from;
      best = std::min(best, fastest(1, [&] { VrpTable::build(std::move(copy)); }));
    }
    return best;
  };
  std::vector<Vrp> mixed = vrps;
  std::shuffle(mixed.begin(), mixed.end(), random);
  std::printf("build: %.3f s in the file's order, %.3f s from a shuffled one\n", build_time(vrps), build_time(mixed));

  const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  const VrpTable table = VrpTable::build(vrps);
  const std::size_t grown = mallinfo2().uordblks + mallinfo2().hblkhd - before;
  std::printf("memory: %.1f octets a VRP by its own count (of these %.1f the index), %.1f by the allocator's\n",
              static_cast<double>(table.octets()) / table.size(),
              static_cast<double>(table.index().octets()) / table.size(), static_cast<double>(grown) / table.size());
  bench::RtrlibRival rival(vrps);

  Comparison comparison(table, rival);
  if (!comparison.run("table order", routes)) return 1;
  std::shuffle(routes.begin(), routes.end(), random);
  return comparison.run("shuffled", routes) ? 0 : 1;
}
