#include "core/tables/irr_expand.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "core/tables/registry_for_tests.h"

namespace fairway {
namespace {

using Kind = SetFinding::Kind;
using Names = std::vector<std::string>;

std::vector<std::uint32_t> asns(const Expansion& expansion) {
  std::vector<std::uint32_t> values;
  for (const ExpandedAsn& found : expansion.asns) values.push_back(found.asn.value);
  return values;
}
std::vector<std::uint32_t> asns(const World& world, const Names& objects, const ExpandOptions& options = {}) {
  return asns(expand_asns(world, objects, options));
}

Names prefixes(const World& world, const Names& objects, const ExpandOptions& options = {},
               Family family = Family::ipv4) {
  Names texts;
  const auto found = expand_prefixes(world, expand_asns(world, objects, options), family, options);
  EXPECT_TRUE(found);
  for (const ExpandedPrefix& prefix : *found) {
    texts.push_back(to_string(prefix.prefix));
    if (prefix.least == prefix.prefix.length() && prefix.most == prefix.least) continue;
    texts.back() += "^" + std::to_string(prefix.least) + "-" + std::to_string(prefix.most);
  }
  return texts;
}

Names findings(const Expansion& expansion, Kind kind) {
  Names texts;
  for (const SetFinding& finding : expansion.findings) {
    if (finding.kind == kind) texts.push_back(finding.where + ": " + finding.what);
  }
  return texts;
}

using Values = std::vector<std::uint32_t>;

TEST(Expand, FollowsSetsAndSaysHow) {
  const World world = world_of(
      {a_set("AS-A", {"AS3", "AS1", "AS-B", "AS-C"}), a_set("AS-B", {"AS2", "AS-C"}), a_set("AS-C", {"AS5", "AS1"})});
  const Expansion all = expand_asns(world, Names{"as-a", "AS9"}, {});
  EXPECT_EQ(asns(all), (Values{1, 2, 3, 5, 9}));
  EXPECT_TRUE(all.complete);
  EXPECT_TRUE(all.findings.empty());
  EXPECT_EQ(path_of(all, all.asns[3]), "RIPE::AS-A > RIPE::AS-C > AS5");
  EXPECT_EQ(path_of(all, all.asns[4]), "AS9");
  EXPECT_EQ(all.sets[2].depth, 1u);
}

TEST(Expand, DepthCountsLevelsOfSets) {
  const World world =
      world_of({a_set("AS-A", {"AS1", "AS-B"}), a_set("AS-B", {"AS2", "AS-C"}), a_set("AS-C", {"AS3"})});
  EXPECT_EQ(asns(world, {"AS-A"}, {.depth = 1}), (Values{1}));
  EXPECT_EQ(asns(world, {"AS-A"}, {.depth = 2}), (Values{1, 2}));
  EXPECT_EQ(asns(world, {"AS-A"}, {.depth = 3}), (Values{1, 2, 3}));
  const Expansion cut = expand_asns(world, Names{"AS-A"}, {.depth = 2});
  EXPECT_EQ(findings(cut, Kind::too_deep), (Names{"RIPE::AS-B: AS-C"}));
  EXPECT_FALSE(cut.complete);
}

TEST(Expand, LeavesOutWhatIsExcepted) {
  const World world = world_of({a_set("AS-A", {"AS1", "AS2", "AS-B"}), a_set("AS-B", {"AS3"})});
  EXPECT_EQ(asns(world, {"AS-A"}, {.except = {"as-b", "AS2"}}), (Values{1}));
  EXPECT_EQ(asns(world, {"AS-A", "AS3"}, {.except = {"AS-A"}}), (Values{3}));
}

TEST(Expand, TheFirstSourceThatHasTheSetWins) {
  const World world = world_of({a_set("AS-A", {"AS1", "AS-B"}, 0), a_set("AS-A", {"AS2", "AS-B"}, 1),
                                a_set("AS-B", {"AS4"}, 1), a_set("AS-P", {"RADB::AS-A", "NOWHERE::AS-A"})});
  EXPECT_EQ(asns(world, {"AS-A"}), (Values{1, 4}));
  EXPECT_EQ(asns(world, {"AS-A"}, {.sources = {"radb", "RIPE"}}), (Values{2, 4}));
  EXPECT_EQ(asns(world, {"AS-A"}, {.sources = {"RIPE"}}), (Values{1}));
  EXPECT_EQ(asns(world, {"radb::as-a"}), (Values{2, 4}));
  EXPECT_EQ(asns(world, {"RADB::AS-A"}, {.sources = {"RIPE"}}), (Values{2})) << "the pin is the named set's alone";
  const Expansion pinned = expand_asns(world, Names{"AS-P"}, {});
  EXPECT_EQ(asns(pinned), (Values{2, 4}));
  EXPECT_EQ(findings(pinned, Kind::missing), (Names{"RIPE::AS-P: AS-A"}));
  EXPECT_EQ(findings(pinned, Kind::collision), (Names{"RADB::AS-A: RIPE"}));
  EXPECT_EQ(findings(expand_asns(world, Names{"RIPE::AS-B"}, {}), Kind::missing), (Names{": RIPE::AS-B"}));
}

TEST(Expand, SetsOfOneNameThatAgreeAreNoCollision) {
  const World world = world_of({a_set("AS-A", {"AS1", "AS-B"}, 0), a_set("AS-A", {"AS-B", "AS1"}, 1)});
  EXPECT_TRUE(findings(expand_asns(world, Names{"AS-A"}, {}), Kind::collision).empty());
}

TEST(Expand, TellsOfMissingSets) {
  const World world =
      world_of({a_set("AS-A", {"AS1", "AS-X", "RS-A", "AS-B"}), a_set("AS-B", {"AS-X"}), a_set("RS-A", {})});
  const Expansion member = expand_asns(world, Names{"AS-A"}, {});
  EXPECT_EQ(findings(member, Kind::missing), (Names{"RIPE::AS-A: RS-A", "RIPE::AS-A: AS-X"}));
  EXPECT_TRUE(member.complete) << "what was named is there";
  const Expansion named = expand_asns(world, Names{"AS-Y", "garbage", ""}, {});
  EXPECT_EQ(findings(named, Kind::missing), (Names{": AS-Y", ": GARBAGE", ": "}));
  EXPECT_FALSE(named.complete);
  EXPECT_FALSE(expand_asns(World(), Names{"AS-A"}, {}).complete);
}

TEST(Expand, TellsOfCycles) {
  const World world =
      world_of({a_set("AS-A", {"AS1", "AS-B", "AS-D"}), a_set("AS-B", {"AS2", "AS-C"}), a_set("AS-C", {"AS3", "AS-A"}),
                a_set("AS-D", {"AS4", "AS-D"}), a_set("AS-E", {"AS-D"})});
  const Expansion all = expand_asns(world, Names{"AS-A"}, {});
  EXPECT_EQ(asns(all), (Values{1, 2, 3, 4}));
  EXPECT_EQ(findings(all, Kind::cycle), (Names{"RIPE::AS-D: AS-D > AS-D", "RIPE::AS-A: AS-A > AS-B > AS-C > AS-A"}));
  EXPECT_EQ(findings(expand_asns(world, Names{"AS-E"}, {}), Kind::cycle), (Names{"RIPE::AS-D: AS-D > AS-D"}));
}

TEST(Expand, TellsOfMembersThatShouldNotBe) {
  const World world = world_of({a_set("AS-A", {"AS1", "AS0", "AS64512", "AS23456", "AS174", "AS3356:AS-OWN"}),
                                a_set("AS3356:AS-OWN", {"AS3356"})});
  const Expansion all = expand_asns(world, Names{"AS-A"}, {});
  EXPECT_EQ(asns(all), (Values{1, 174, 3356}));
  EXPECT_EQ(findings(all, Kind::private_member), (Names{"RIPE::AS-A: AS64512"}));
  EXPECT_EQ(findings(all, Kind::reserved_member), (Names{"RIPE::AS-A: AS0", "RIPE::AS-A: AS23456"}));
  EXPECT_EQ(findings(all, Kind::transit_free_member), (Names{"RIPE::AS-A: AS174"}));
  EXPECT_EQ(asns(world, {"AS-A"}, {.allow_private = true}), (Values{0, 1, 174, 3356, 23456, 64512}));
}

TEST(Expand, StopsAtItsLimits) {
  Names many;
  for (int i = 1; i <= 100; ++i) many.push_back("AS" + std::to_string(i));
  const World world = world_of({a_set("AS-A", many)}, {a_route("10.0.0.0/8", 1), a_route("11.0.0.0/8", 2)});
  const Expansion cut = expand_asns(world, Names{"AS-A"}, {.most_asns = 10});
  EXPECT_EQ(cut.asns.size(), 10u);
  EXPECT_FALSE(cut.complete);
  EXPECT_EQ(findings(cut, Kind::too_many), (Names{"RIPE::AS-A: more than 10 ASes"}));
  const ExpandOptions one{.most_prefixes = 1};
  const auto refused = expand_prefixes(world, expand_asns(world, Names{"AS-A"}, one), Family::ipv4, one);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  // Each time round the operator is another one.
  const World endless = world_of({a_set("RS-A", {"RS-B^-"}), a_set("RS-B", {"RS-A^0-128", "10.0.0.0/8"})});
  EXPECT_LT(expand_asns(endless, Names{"RS-A"}, {}).sets.size(), 1000u);
}

TEST(Expand, SetsThatLieUnusuallyDeepAreTold) {
  const auto chain = [](unsigned length) {
    std::vector<SetObject> sets;
    for (unsigned i = 0; i < length; ++i)
      sets.push_back(a_set("AS-" + std::to_string(i), {"AS-" + std::to_string(i + 1)}));
    sets.push_back(a_set("AS-" + std::to_string(length), {"AS1"}));
    return world_of(std::move(sets));
  };
  EXPECT_TRUE(expand_asns(chain(kUnusualDepth), Names{"AS-0"}, {}).findings.empty());
  const Expansion deep = expand_asns(chain(kUnusualDepth + 5), Names{"AS-0"}, {});
  EXPECT_EQ(deep.findings,
            (std::vector<SetFinding>{{SetFinding::Kind::too_deep, "RIPE::AS-30", "more than 30 levels of sets"}}));
  EXPECT_EQ(deep.asns.size(), 1u) << "it is followed all the same";
  EXPECT_TRUE(deep.complete);
}

TEST(Expand, PrefixesAreTheRoutesOfTheAses) {
  const World world = world_of({a_set("AS-A", {"AS1", "AS2"})},
                               {a_route("192.0.2.0/24", 1), a_route("192.0.2.0/24", 2, 1), a_route("10.0.0.0/8", 2),
                                a_route("10.0.0.0/9", 3), a_route("2001:db8::/32", 1)});
  EXPECT_EQ(prefixes(world, {"AS-A"}), (Names{"10.0.0.0/8", "192.0.2.0/24"}));
  EXPECT_EQ(prefixes(world, {"AS-A"}, {}, Family::ipv6), (Names{"2001:db8::/32"}));
  EXPECT_EQ(prefixes(world, {"AS-A"}, {.sources = {"RADB"}}), (Names{})) << "RADB has no such set";
}

TEST(Expand, RpkiTakesPartAsARegistry) {
  World world = world_of({}, {a_route("192.0.2.0/24", 1), a_route("198.51.100.0/24", 1)});
  world.vrps = std::make_shared<const VrpTable>(VrpTable::build({{*parse_prefix("198.51.100.0/24"), 24, Asn{2}, 0},
                                                                 {*parse_prefix("203.0.113.0/24"), 28, Asn{1}, 0},
                                                                 {*parse_prefix("192.0.2.0/24"), 24, Asn{1}, 0},
                                                                 {*parse_prefix("10.0.0.0/8"), 8, Asn{0}, 0}}));
  EXPECT_EQ(prefixes(world, {"AS1"}), (Names{"192.0.2.0/24", "198.51.100.0/24"})) << "not joined";
  world.registry_rpki = std::make_shared<const RegistryRpki>(RegistryRpki::build(*world.vrps, {false, true}));
  EXPECT_EQ(prefixes(world, {"AS1"}), (Names{"192.0.2.0/24", "203.0.113.0/24"})) << "exactly the VRP's prefix";
  EXPECT_EQ(prefixes(world, {"AS1"}, {.keep_invalid = true}),
            (Names{"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"}));
  EXPECT_EQ(prefixes(world, {"AS1"}, {.sources = {"RIPE"}}), (Names{"192.0.2.0/24"}));
  EXPECT_EQ(prefixes(world, {"AS1"}, {.sources = {"RPKI"}}), (Names{"192.0.2.0/24", "203.0.113.0/24"}));
  EXPECT_EQ(prefixes(world, {"AS0"}, {.allow_private = true}), (Names{})) << "AS 0 originates nothing";
  const auto found = expand_prefixes(world, expand_asns(world, Names{"AS1"}, {}), Family::ipv4, {});
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[0].object, 0u) << "a route object rather than a VRP";
  EXPECT_EQ((*found)[1].object, kRoa);
}

// RFC 2622 section 5.2.
TEST(Expand, RouteSetsGivePrefixesWithRanges) {
  const World world = world_of({a_set("RS-BAR", {"5.0.0.0/8^+", "30.0.0.0/8^24-32", "RS-FOO^+", "AS1^24", "AS-A"}),
                                a_set("RS-FOO", {"128.9.0.0/16", "128.9.0.0/24"}), a_set("AS-A", {"AS2"})},
                               {a_route("192.0.2.0/23", 1), a_route("198.51.100.0/24", 2), a_route("10.0.0.0/25", 1)});
  EXPECT_EQ(prefixes(world, {"RS-BAR"}), (Names{"5.0.0.0/8^8-32", "30.0.0.0/8^24-32", "128.9.0.0/16^16-32",
                                                "128.9.0.0/24^24-32", "192.0.2.0/23^24-24", "198.51.100.0/24"}));
}

// Against the definition: the closure of a random graph.
RC_GTEST_PROP(Expand, IsTheClosure, ()) {
  const int size = *rc::gen::inRange(1, 12);
  std::vector<SetObject> sets;
  std::map<std::string, Names> graph;
  for (int i = 0; i < size; ++i) {
    Names members;
    for (const int member : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 2 * size))) {
      members.push_back(member < size ? "AS-" + std::to_string(member) : "AS" + std::to_string(member));
    }
    graph["AS-" + std::to_string(i)] = members;
    sets.push_back(a_set("AS-" + std::to_string(i), members));
  }
  std::set<std::string> seen{"AS-0"};
  std::vector<std::string> todo{"AS-0"};
  std::set<std::uint32_t> expected;
  while (!todo.empty()) {
    const std::string name = todo.back();
    todo.pop_back();
    for (const std::string& member : graph[name]) {
      if (const auto asn = parse_asn(member)) {
        expected.insert(asn->value);
      } else if (seen.insert(member).second) {
        todo.push_back(member);
      }
    }
  }
  const World world = world_of(sets);
  const Expansion expansion = expand_asns(world, Names{"AS-0"}, {.allow_private = true});
  RC_ASSERT(asns(expansion) == Values(expected.begin(), expected.end()));
  RC_ASSERT(expansion.sets.size() == seen.size());
  // There is a cycle exactly if some visited set reaches itself.
  bool cyclic = false;
  for (const std::string& start : seen) {
    std::set<std::string> reached;
    std::vector<std::string> next = graph[start];
    while (!next.empty()) {
      const std::string name = next.back();
      next.pop_back();
      if (graph.contains(name) && reached.insert(name).second)
        next.insert(next.end(), graph[name].begin(), graph[name].end());
    }
    cyclic |= reached.contains(start);
  }
  RC_ASSERT(cyclic == !findings(expansion, Kind::cycle).empty());
}

}  // namespace
}  // namespace fairway
