// uses: core/verdict core/read core/tables shell/feed core/wire/mrt core/model base
//
// Every route of a whole table held against the policies of every AS on its path, on one core. Registries have rules
// for few of the ASes of the real table (FAIRWAY_TEST_DATA; generated where it is not set), so the registry is made
// from it: each AS has rules for each neighbour it is seen beside, in the forms that registries have (ANY, an as-set of
// all that is behind the neighbour, the same without martians, an AS-path expression), each route its route object; but
// one rule in ten is left out. So the right answer of every check is known: ok, or no-peering where the rule is
// missing.
//
// For comparison: RPSLyzer's authors verified 779 million routes in 2 hours 49 minutes with 128 threads, 77,000 a
// second (IMC 2024, section 5).
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <chrono>
#include <cstdio>
#include <vector>

#include "base/hash.h"
#include "bench/files.h"
#include "bench/measure.h"
#include "core/read/registry_dump.h"
#include "core/tables/policy.h"
#include "core/verdict/policy.h"
#include "core/wire/mrt/event_decoder.h"
#include "shell/feed/mrt_file.h"

namespace {

using namespace fairway;
using bench::at_least, bench::expect, bench::leave, bench::row, bench::seconds_since;

struct Route {
  Prefix prefix;
  std::uint32_t path;  // a place in paths
};

struct Routes : mrt::EventSink {
  std::vector<Route> routes;
  std::vector<AsPath> paths;
  boost::unordered_flat_map<std::string, std::uint32_t> places;

  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.attributes == nullptr) return;
    const AsPath& path = event.attributes->as_path;
    // Martians are what the rules of one form refuse; where an AS_SET stands nothing is judged.
    static const Prefix kMartians = *parse_prefix("10.0.0.0/8");
    if (!path.is_plain() || path.asns().size() < 2 || event.prefix.length() == 0) return;
    if (kMartians.covers(event.prefix)) return;
    const auto [place, added] = places.try_emplace(to_string(path), static_cast<std::uint32_t>(paths.size()));
    if (added) paths.push_back(path);
    routes.push_back({event.prefix, place->second});
  }
};

Routes read(const std::string& name) {
  Routes all;
  auto file = expect(MrtFile::open(name, 2));
  mrt::EventDecoder decoder;
  for (;;) {
    auto batch = expect(file.next());
    if (!batch) break;
    for (const mrt::Record& record : batch->records) (void)decoder.decode(record, all);
  }
  all.places = {};
  return all;
}

// The neighbours of an AS and what is behind it.
struct Network {
  boost::unordered_flat_set<std::uint32_t> towards, from, behind;
};

bool left_out(Asn self, Asn other, bool exports) {
  return mix(std::uint64_t{self.value} << 32 | other.value, exports) % 10 == 0;
}

std::string rule(Asn self, Asn other, bool exports) {
  const Asn exporter = exports ? self : other;
  const std::string name = "AS" + to_string(exporter), cone = name + ":AS-BEHIND";
  std::string filter;
  switch (mix(std::uint64_t{other.value} << 32 | self.value, 3) % 8) {
    case 0: filter = "ANY"; break;
    case 1: filter = "<^" + name + "+ .*$>"; break;
    case 2:
    case 3: filter = cone + " AND NOT {0.0.0.0/0, 10.0.0.0/8^+, 192.168.0.0/16^+, 172.16.0.0/12^+}"; break;
    case 4: filter = name + " OR " + cone + "^+"; break;
    default: filter = cone;
  }
  return (exports ? "mp-export: afi any.unicast to AS" : "mp-import: afi any.unicast from AS") + to_string(other) +
         (exports ? " announce " : " accept ") + filter + "\n";
}

std::string registry_of(const Routes& all, std::size_t& rules) {
  boost::unordered_flat_map<std::uint32_t, Network> networks;
  boost::unordered_flat_set<std::string> objects;
  for (const AsPath& path : all.paths) {
    const auto asns = path.asns();
    for (std::size_t i = 0; i < asns.size(); ++i) {
      Network& network = networks[asns[i].value];
      for (std::size_t k = i; k < asns.size(); ++k) network.behind.insert(asns[k].value);
      if (i != 0 && asns[i - 1] != asns[i]) network.towards.insert(asns[i - 1].value);
      if (i + 1 < asns.size() && asns[i + 1] != asns[i]) network.from.insert(asns[i + 1].value);
    }
  }
  std::string text;
  for (const auto& [asn, network] : networks) {
    text += "aut-num: AS" + std::to_string(asn) + "\nmp-import: from AS4294967294 accept ANY\n";
    text += "mp-export: to AS4294967294 announce ANY\n";
    rules += 2;
    for (const bool exports : {false, true}) {
      for (const std::uint32_t other : exports ? network.towards : network.from) {
        if (left_out(Asn{asn}, Asn{other}, exports)) continue;
        text += rule(Asn{asn}, Asn{other}, exports);
        ++rules;
      }
    }
    text += "\nas-set: AS" + std::to_string(asn) + ":AS-BEHIND\nmembers: ";
    for (const std::uint32_t member : network.behind) text += "AS" + std::to_string(member) + ", ";
    text += "\n\n";
  }
  for (const Route& route : all.routes) {
    std::string object = (route.prefix.family() == Family::ipv4 ? "route: " : "route6: ") + to_string(route.prefix) +
                         "\norigin: AS" + to_string(all.paths[route.path].asns().back()) + "\n\n";
    if (objects.insert(object).second) text += object;
  }
  return text;
}

}  // namespace

int main() {
  bench::Files files;
  const Routes all = read(files.table());
  std::size_t rules = 0, checks = 0, missing = 0;
  const std::string text = registry_of(all, rules);
  std::printf("%zu routes with %zu paths; a registry of %zu MB with %zu rules\n", all.routes.size(), all.paths.size(),
              text.size() >> 20, rules);

  const auto begin = std::chrono::steady_clock::now();
  const Buffer octets = Buffer::copy_of(as_bytes(text));
  auto dump = expect(read_registry_dump(octets.bytes(), nullptr, true));
  if (dump.rules.count != 0) leave("a rule is not understood: " + dump.rules.first.front().reason);
  World world;
  world.irr = std::make_shared<const IrrTable>(IrrTable::build(std::move(dump.objects), dump.registries));
  world.sets = std::make_shared<const SetTable>(SetTable::build(std::move(dump.sets), dump.claims, dump.registries));
  world.policies = std::make_shared<const PolicyTable>(
      PolicyTable::build(std::move(dump.policies), std::move(dump.policy_sets), dump.registries));
  const double loading = seconds_since(begin);

  // The answers, each check beside what it must be.
  {
    PolicyJudge judge(world);
    for (const Route& route : all.routes) {
      for (const PolicyHop& hop : judge.judge(route.prefix, all.paths[route.path], route.path + 1)) {
        for (const bool exports : {true, false}) {
          const Asn self = exports ? hop.from : hop.to, other = exports ? hop.to : hop.from;
          const PolicyReason expected = left_out(self, other, exports) ? PolicyReason::no_peering : PolicyReason::none;
          const PolicyReason found = (exports ? hop.exported : hop.imported).reason;
          if (found != expected) {
            leave(to_string(route.prefix) + " " + to_string(all.paths[route.path]) + ": AS" + to_string(self) +
                  " beside AS" + to_string(other) + " is '" + std::string(to_string(found)) + "', not '" +
                  std::string(to_string(expected)) + "'");
          }
          ++checks;
          missing += found != PolicyReason::none;
        }
      }
    }
  }
  std::printf("%zu checks, all as they must be: %zu let through, %zu without a rule for the neighbour\n", checks,
              checks - missing, missing);

  constexpr int kRuns = 5;
  const auto judge_all = [&](PolicyJudge& judge) {
    for (const Route& route : all.routes) {
      bench::keep(judge.judge(route.prefix, all.paths[route.path], route.path + 1).size());
    }
  };
  const double cold = bench::fastest(kRuns, [&] {
    PolicyJudge judge(world);
    judge_all(judge);
  });
  PolicyJudge judge(world);
  judge_all(judge);
  const double warm = bench::fastest(kRuns, [&] { judge_all(judge); });
  const auto routes = static_cast<double>(all.routes.size());
  std::printf("best of %d runs on one core; `cold`: sets expanded, paths and neighbours met for the first time\n",
              kRuns);
  row("routes judged, cold", routes / cold, "a second", at_least(385'000));
  row("routes judged, warm", routes / warm, "a second");
  row("checks, warm", static_cast<double>(checks) / warm / 1e6, "million a second");
  row("reading and indexing that registry", loading, "s");
  row("memory of the policies", static_cast<double>(world.policies->octets()) / static_cast<double>(rules),
      "octets a rule");
}
