#include "core/tables/trust.h"

#include <gtest/gtest.h>

#include "core/tables/registry_for_tests.h"

namespace fairway {
namespace {

using Names = std::vector<std::string>;

Names expanded(const World& world, const std::string& object, const ExpandOptions& options = {}) {
  Names names;
  for (const ExpandedAsn& found : expand_asns(world, {&object, 1}, options).asns) {
    names.push_back("AS" + to_string(found.asn));
  }
  return names;
}
Names prefixes(const World& world, const std::string& object, const ExpandOptions& options = {},
               Family family = Family::ipv4) {
  Names names;
  const auto found = expand_prefixes(world, expand_asns(world, {&object, 1}, options), family, options);
  EXPECT_TRUE(found);
  for (const ExpandedPrefix& prefix : *found) names.push_back(to_string(prefix.prefix));
  return names;
}

TEST(Trust, EachClassHasItsOwnOrder) {
  World world =
      world_of({a_set("AS-A", {"AS1"}), a_set("AS-A", {"AS2"}, 1), a_set("RS-A", {"10.0.0.0/8"}),
                a_set("RS-A", {"11.0.0.0/8"}, 1)},
               {a_route("192.0.2.0/24", 1), a_route("198.51.100.0/24", 1, 1), a_route("2001:db8::/32", 1, 1)});
  EXPECT_EQ(expanded(world, "AS-A"), Names{"AS1"});
  EXPECT_EQ(prefixes(world, "RS-A"), Names{"10.0.0.0/8"});
  ASSERT_TRUE(world.trust.add("as-set=radb, ripe"));
  EXPECT_EQ(expanded(world, "AS-A"), Names{"AS2"});
  EXPECT_EQ(prefixes(world, "RS-A"), Names{"10.0.0.0/8"}) << "another class";
  EXPECT_EQ(prefixes(world, "AS1"), (Names{"192.0.2.0/24", "198.51.100.0/24"}));
  ASSERT_TRUE(world.trust.add("route=RIPE"));
  EXPECT_EQ(prefixes(world, "AS1"), Names{"192.0.2.0/24"});
  EXPECT_EQ(prefixes(world, "AS1", {}, Family::ipv6), Names{}) << "as those of IPv4";
  ASSERT_TRUE(world.trust.add("route6=RADB"));
  EXPECT_EQ(prefixes(world, "AS1", {}, Family::ipv6), Names{"2001:db8::/32"});
  // Whoever asks may ask for less.
  EXPECT_EQ(expanded(world, "AS-A", {.sources = {"RIPE"}}), Names{"AS1"});
  EXPECT_EQ(prefixes(world, "AS1", {.sources = {"RADB"}}), Names{}) << "its routes are not believed";
  EXPECT_EQ(prefixes(world, "AS1", {.sources = {"RADB", "RIPE"}}), Names{"192.0.2.0/24"});
}

TEST(Trust, IsReadOrRefused) {
  Trust trust;
  ASSERT_TRUE(trust.add("route=ripe,RPKI"));
  ASSERT_TRUE(trust.add("route=ARIN,RIPE"));
  EXPECT_EQ(trust.routes, (Names{"RIPE", "RPKI", "ARIN"}));
  for (const char* text : {"", "route", "route=", "aut-num=RIPE", "route=RIPE,,ARIN", "=RIPE"}) {
    const auto added = trust.add(text);
    ASSERT_FALSE(added) << text;
    EXPECT_EQ(added.error().kind, ErrorKind::usage);
  }
}

}  // namespace
}  // namespace fairway
