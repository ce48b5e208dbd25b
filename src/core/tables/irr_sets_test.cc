#include "core/tables/irr_sets.h"

#include <gtest/gtest.h>

#include "core/tables/registry_for_tests.h"

namespace fairway {
namespace {

std::vector<std::uint32_t> asns(const SetTable& table, std::string_view name) {
  std::vector<std::uint32_t> values;
  const std::uint32_t id = table.find(name);
  if (id == SetTable::kNone || table.named(id).first == table.named(id).second) return values;
  for (const SetObject::As& member : table.asns(table.named(id).first)) values.push_back(member.asn.value);
  return values;
}

TEST(SetTable, KeepsEachRegistrysSet) {
  const World world = world_of({a_set("AS-B", {"AS2", "AS1", "AS2", "AS-C"}), a_set("AS-A", {"AS9"}, 1),
                                a_set("AS-A", {"AS8"}, 0), a_set("AS-A", {"AS7"}, 0)});
  const SetTable& table = *world.sets;
  EXPECT_EQ(table.size(), 3u);
  const auto [first, end] = table.named(table.find("AS-A"));
  ASSERT_EQ(end - first, 2u);
  EXPECT_EQ(table.sets()[first].registry, 0);
  EXPECT_EQ(table.asns(first).front().asn, Asn{7}) << "the last object of a name stays";
  EXPECT_EQ(table.asns(first + 1).front().asn, Asn{9});
  EXPECT_EQ(asns(table, "AS-B"), (std::vector<std::uint32_t>{1, 2}));
  const std::uint32_t missing = table.find("AS-C");
  ASSERT_NE(missing, SetTable::kNone) << "a member's name is known";
  EXPECT_EQ(table.named(missing).first, table.named(missing).second) << "it is no set";
  EXPECT_EQ(table.find("AS-D"), SetTable::kNone);
}

// RFC 2622 section 5.1: who may claim to be a member.
TEST(SetTable, JoinsClaimsThatTheSetAllows) {
  SetObject closed = a_set("AS-CLOSED", {"AS1"}), open = a_set("AS-OPEN", {}), some = a_set("AS-SOME", {});
  SetObject routes = a_set("RS-SOME", {}), twin = a_set("AS-SOME", {}, 1);
  open.by_reference = {"ANY"};
  some.by_reference = routes.by_reference = twin.by_reference = {"MNT-X", "MNT-ME"};
  const std::vector<std::string> all = {"AS-CLOSED", "AS-OPEN", "AS-SOME", "RS-SOME", "AS-NONE"};
  const std::vector<MemberClaim> claims = {{Asn{10}, 0, all, {"MNT-ME"}},
                                           {Asn{11}, 0, all, {"MNT-YOU"}},
                                           {Asn{12}, 1, all, {"MNT-ME"}},
                                           {*parse_prefix("192.0.2.0/24"), 0, all, {"MNT-YOU", "MNT-ME"}}};
  const World world = world_of({closed, open, some, routes, twin}, {}, claims);
  const SetTable& table = *world.sets;
  EXPECT_EQ(asns(table, "AS-CLOSED"), (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(asns(table, "AS-OPEN"), (std::vector<std::uint32_t>{10, 11}));
  EXPECT_EQ(asns(table, "AS-SOME"), (std::vector<std::uint32_t>{10}));
  const std::uint32_t set = table.named(table.find("AS-SOME")).first + 1;
  ASSERT_EQ(table.asns(set).size(), 1u);
  EXPECT_EQ(table.asns(set)[0].asn, Asn{12}) << "a claim holds in its own registry";
  const std::uint32_t route_set = table.named(table.find("RS-SOME")).first;
  EXPECT_TRUE(table.asns(route_set).empty());
  ASSERT_EQ(table.prefixes(route_set).size(), 1u);
  EXPECT_EQ(table.prefixes(route_set)[0].prefix, *parse_prefix("192.0.2.0/24"));
}

TEST(IrrTable, FindsByOriginAndBelowAPrefix) {
  const World world = world_of({}, {a_route("2001:db8::/32", 1), a_route("192.0.2.0/25", 1), a_route("192.0.2.0/24", 2),
                                    a_route("10.0.0.0/8", 1), a_route("192.0.2.0/24", 1, 1)});
  const IrrTable& table = *world.irr;
  const auto prefixes = [&](std::uint32_t origin, Family family) {
    std::vector<std::string> texts;
    for (const std::uint32_t id : table.of_origin(Asn{origin}, family))
      texts.push_back(to_string(table.objects()[id].prefix));
    return texts;
  };
  EXPECT_EQ(prefixes(1, Family::ipv4), (std::vector<std::string>{"10.0.0.0/8", "192.0.2.0/24", "192.0.2.0/25"}));
  EXPECT_EQ(prefixes(1, Family::ipv6), (std::vector<std::string>{"2001:db8::/32"}));
  EXPECT_EQ(prefixes(2, Family::ipv4), (std::vector<std::string>{"192.0.2.0/24"}));
  EXPECT_TRUE(prefixes(2, Family::ipv6).empty());
  EXPECT_TRUE(prefixes(0, Family::ipv4).empty());
  EXPECT_TRUE(prefixes(3, Family::ipv4).empty());
  EXPECT_TRUE(prefixes(~0u, Family::ipv4).empty());
  EXPECT_EQ(table.under(*parse_prefix("192.0.2.0/24")), (std::pair<std::uint32_t, std::uint32_t>{1, 4}));
  EXPECT_EQ(table.under(*parse_prefix("192.0.2.128/25")).first, table.under(*parse_prefix("192.0.2.128/25")).second);
  EXPECT_TRUE(IrrTable().of_origin(Asn{1}, Family::ipv4).empty());
}

}  // namespace
}  // namespace fairway
