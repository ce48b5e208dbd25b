// The judge of routes, single, by key and in batches, against each check asked by itself.
#include "core/verdict/route.h"

#include <gtest/gtest.h>

#include <random>

#include "core/tables/aspa.h"
#include "core/tables/exchange.h"
#include "core/tables/irr.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"

namespace fairway {
namespace {

struct Random {
  std::mt19937 engine;
  unsigned below(unsigned most) { return static_cast<unsigned>(engine() % most); }
  Asn asn() { return Asn{1 + below(12)}; }
  Prefix prefix() {
    const Family family = below(2) != 0 ? Family::ipv6 : Family::ipv4;
    return {family, std::uint64_t{0x20 + below(4)} << 56 | std::uint64_t{below(8)} << 45, 0, 4 + below(28)};
  }
  AsPath path() {
    AsPath path;
    for (unsigned segments = below(3); segments != 0; --segments) {
      std::vector<Asn> asns;
      for (unsigned count = 1 + below(4); count != 0; --count) asns.push_back(asn());
      path.add(below(8) == 0 ? static_cast<SegmentType>(1 + below(4)) : SegmentType::sequence, asns);
    }
    return path;
  }
};

World random_world(Random& random) {
  World world;
  std::vector<Vrp> vrps;
  std::vector<RouteObject> objects;
  std::vector<Aspa> aspas;
  std::vector<RelationshipLink> links;
  for (unsigned i = 0; i < 60; ++i) {
    const Prefix prefix = random.prefix();
    vrps.push_back({prefix, static_cast<std::uint8_t>(prefix.length() + random.below(4)), random.asn(), 0});
    objects.push_back({random.prefix(), random.asn(), 0});
    const Asn a = random.asn(), b = random.asn();
    aspas.push_back({a, {b}});
    if (a != b) links.push_back({a, b, random.below(2) != 0});
  }
  // Each table may be missing.
  if (random.below(4) != 0) world.vrps = std::make_shared<VrpTable>(VrpTable::build(vrps));
  if (random.below(4) != 0) world.irr = std::make_shared<IrrTable>(IrrTable::build(objects, {"TEST"}));
  if (random.below(4) != 0) world.aspas = std::make_shared<AspaTable>(AspaTable::build(aspas));
  if (random.below(4) != 0) world.relationships = std::make_shared<RelationshipTable>(RelationshipTable::build(links));
  if (random.below(2) != 0) world.exchanges = std::make_shared<ExchangeTable>(ExchangeTable::build({}, {random.asn()}));
  return world;
}

RouteVerdict each_by_itself(const World& world, const Vantage& vantage, const Prefix& prefix, const Attributes& route) {
  RouteVerdict verdict;
  verdict.of_path.origin = route.as_path.origin();
  if (world.vrps) verdict.origin = judge_origin(*world.vrps, prefix, verdict.of_path.origin);
  verdict.registry = judge_registry(world.irr.get(), prefix, verdict.of_path.origin);
  verdict.bogon = judge_bogon(nullptr, prefix, verdict.of_path.origin);
  if (world.aspas) {
    verdict.of_path.path = judge_path(*world.aspas, route.as_path, vantage.procedure(), vantage.neighbour);
  }
  verdict.of_path.leak = judge_leak(leak_tables(world), route.as_path, route.otc, vantage.from);
  verdict.of_path.sanity = judge_sanity(route.as_path);
  return verdict;
}

TEST(RouteJudge, SaysWhatEachCheckSays) {
  Random random{std::mt19937(1)};
  for (int round = 0; round < 40; ++round) {
    const World world = random_world(random);
    Vantage vantage;
    if (random.below(2) != 0) vantage.from = static_cast<Role>(random.below(6));
    if (random.below(4) == 0) vantage.neighbour = random.asn();
    std::vector<Attributes> attributes(50);
    for (Attributes& one : attributes) {
      one.as_path = random.path();
      if (random.below(3) == 0) one.otc = random.asn();
    }
    RouteJudge single(world, vantage), by_key(world, vantage), batched(world, vantage);
    std::vector<RouteJudge::Route> routes;
    std::vector<RouteVerdict> expected;
    for (int i = 0; i < 500; ++i) {
      const unsigned which = random.below(static_cast<unsigned>(attributes.size()));
      const Prefix prefix = random.prefix();
      expected.push_back(each_by_itself(world, vantage, prefix, attributes[which]));
      EXPECT_EQ(single.judge(prefix, attributes[which], 0), expected.back());
      EXPECT_EQ(by_key.judge(prefix, attributes[which], which + 1), expected.back());
      routes.push_back({prefix, batched.part(attributes[which].as_path, attributes[which].otc)});
    }
    std::vector<RouteVerdict> verdicts(routes.size());
    batched.judge(routes, verdicts);
    EXPECT_EQ(verdicts, expected);
    EXPECT_LE(single.distinct_paths(), attributes.size());
  }
}

}  // namespace
}  // namespace fairway
