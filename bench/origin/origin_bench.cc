// uses: core/verdict core/tables core/read shell/feed core/model base
// libs: rtr
//
// Origin verdicts beside RTRlib, on one core: the same VRPs, the same routes, the same run. First every answer of both
// sides (ours singly and in batches) is compared; only then does time count. Each figure is the fastest of several
// passes over all routes. Exit code 1: an answer differs.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "bench/measure.h"
#include "bench/routes_and_vrps.h"
#include "core/tables/vrp.h"
#include "core/verdict/origin.h"
#include "rtrlib_rival.h"

namespace {

using namespace fairway;
using bench::at_least, bench::at_most, bench::fastest, bench::row;

void judge_singly(const VrpTable& table, std::span<const PrefixOrigin> routes, std::span<OriginVerdict> verdicts) {
  for (std::size_t i = 0; i < routes.size(); ++i) verdicts[i] = judge_origin(table, routes[i].prefix, routes[i].origin);
}

class Comparison {
 public:
  Comparison(const VrpTable& table, bench::RtrlibRival& rival) : table_(table), rival_(rival) {}

  void run(const std::string& order, const std::vector<PrefixOrigin>& routes, double bar_singly, double bar_batched) {
    const auto prepared = bench::RtrlibRival::prepare(routes);
    std::vector<OriginVerdict> singly(routes.size()), batched(routes.size());
    std::vector<OriginState> theirs(routes.size());
    judge_singly(table_, routes, singly);
    judge_origins(table_, routes, batched);
    rival_.judge(*prepared, theirs);
    std::size_t states[4] = {};
    for (std::size_t i = 0; i < routes.size(); ++i) {
      if (singly[i] != batched[i] || singly[i].state != theirs[i]) {
        bench::leave(to_string(routes[i].prefix) + " AS" + std::to_string(routes[i].origin.asn.value) + ": singly " +
                     std::string(to_string(singly[i].state)) + ", in batches " +
                     std::string(to_string(batched[i].state)) + ", rtrlib " + std::string(to_string(theirs[i])));
      }
      ++states[static_cast<std::size_t>(singly[i].state)];
    }
    std::printf("%s: %zu answers equal rtrlib's (%zu valid, %zu invalid, %zu not-found)\n", order.c_str(),
                routes.size(), states[2], states[3], states[1]);
    double rtrlib = 1e9, one = 1e9, many = 1e9;
    for (int i = 0; i < 5; ++i) {  // in turn, so that a noisy neighbour disturbs all of them
      rtrlib = std::min(rtrlib, fastest(1, [&] { rival_.judge(*prepared, theirs); }));
      one = std::min(one, fastest(3, [&] { judge_singly(table_, routes, singly); }));
      many = std::min(many, fastest(3, [&] { judge_origins(table_, routes, batched); }));
    }
    const auto per_route = [&](double seconds) { return seconds / static_cast<double>(routes.size()) * 1e9; };
    row("rtrlib, " + order, per_route(rtrlib), "ns a route");
    row("singly, " + order, per_route(one), "ns a route");
    row("batched, " + order, per_route(many), "ns a route");
    row("speed singly, " + order + ", rtrlib = 1", rtrlib / one, "times", at_least(bar_singly));
    row("speed batched, " + order + ", rtrlib = 1", rtrlib / many, "times", at_least(bar_batched));
  }

 private:
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
  row("building the table, VRPs in the file's order", build_time(vrps), "s", at_most(0.1));
  row("building the table, VRPs shuffled", build_time(mixed), "s");

  const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  const VrpTable table = VrpTable::build(vrps);
  const std::size_t grown = mallinfo2().uordblks + mallinfo2().hblkhd - before;
  const auto per_vrp = [&](std::size_t octets) {
    return static_cast<double>(octets) / static_cast<double>(table.size());
  };
  row("the lookup index", per_vrp(table.index().octets()), "octets a VRP", at_most(50));
  row("the whole table, by the allocator", per_vrp(grown), "octets a VRP");
  bench::RtrlibRival rival(vrps);

  Comparison comparison(table, rival);
  comparison.run("table order", routes, 50, 50);
  std::shuffle(routes.begin(), routes.end(), random);
  comparison.run("shuffled", routes, 10, 20);
}
