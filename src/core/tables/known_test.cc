// The tables beside the RPKI: what they answer, and that they say "not known" where they do not know.
#include <gtest/gtest.h>

#include <random>

#include "core/tables/bogon.h"
#include "core/tables/delegation.h"
#include "core/tables/exchange.h"
#include "core/tables/irr.h"
#include "core/tables/name.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"

namespace fairway {
namespace {

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

TEST(IrrTable, FindsWhatCoversAPrefixLongestFirst) {
  const IrrTable table = IrrTable::build({{prefix("10.0.0.0/8"), Asn{1}, 0},
                                          {prefix("10.1.0.0/16"), Asn{2}, 1},
                                          {prefix("10.1.0.0/16"), Asn{2}, 1},
                                          {prefix("11.0.0.0/8"), Asn{3}, 0}},
                                         {"A", "B"});
  EXPECT_EQ(table.objects().size(), 3u) << "duplicates count once";
  std::vector<std::uint32_t> ids;
  table.covering(prefix("10.1.2.0/24"), ids);
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(table.objects()[ids[0]].origin, Asn{2});
  EXPECT_EQ(table.objects()[ids[1]].origin, Asn{1});
  table.covering(prefix("10.0.0.0/7"), ids);
  EXPECT_TRUE(ids.empty());
  table.covering(prefix("12.0.0.0/8"), ids);
  EXPECT_TRUE(ids.empty());
}

// Property: the same as looking at every object.
TEST(IrrTable, AgreesWithALinearSearch) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<RouteObject> objects;
    for (unsigned i = random() % 40; i-- > 0;)
      objects.push_back({Prefix(IpAddress::ipv4(random() % 16 << 28 | random() % 16 << 8), random() % 33),
                         Asn{static_cast<std::uint32_t>(random() % 4)}, 0});
    const IrrTable table = IrrTable::build(objects, {"T"});
    for (int i = 0; i < 40; ++i) {
      const Prefix asked(IpAddress::ipv4(random() % 16 << 28 | random() % 16 << 8), random() % 33);
      std::vector<std::uint32_t> ids;
      table.covering(asked, ids);
      std::size_t expected = 0;
      for (const RouteObject& object : table.objects()) expected += object.prefix.covers(asked);
      EXPECT_EQ(ids.size(), expected);
      for (const std::uint32_t id : ids) EXPECT_TRUE(table.objects()[id].prefix.covers(asked));
    }
  }
}

TEST(RelationshipTable, KnowsBothEndsOfALink) {
  const RelationshipTable table = RelationshipTable::build({{Asn{1}, Asn{2}, true},
                                                            {Asn{1}, Asn{3}, false},
                                                            {Asn{2}, Asn{4}, true},
                                                            {Asn{3}, Asn{4}, true},
                                                            {Asn{3}, Asn{5}, true}});
  EXPECT_EQ(table.of(Asn{1}, Asn{2}), Relationship::customer);
  EXPECT_EQ(table.of(Asn{2}, Asn{1}), Relationship::provider);
  EXPECT_EQ(table.of(Asn{1}, Asn{3}), Relationship::peer);
  EXPECT_EQ(table.of(Asn{1}, Asn{4}), Relationship::unknown);
  EXPECT_EQ(table.of(Asn{9}, Asn{1}), Relationship::unknown);
  EXPECT_EQ(table.providers(Asn{4}), (std::vector{Asn{2}, Asn{3}}));
  EXPECT_EQ(table.cone_size(Asn{1}), 3u);
  EXPECT_EQ(table.cone_size(Asn{9}), 1u);
  EXPECT_EQ(table.links(), 5u);
  EXPECT_TRUE(table.in_clique(Asn{1}) && table.in_clique(Asn{3}))
      << "provider-free, with customers, peers of each other";
  EXPECT_FALSE(table.in_clique(Asn{2}));
}

TEST(RelationshipTable, ACycleOfCustomersEnds) {
  const RelationshipTable table =
      RelationshipTable::build({{Asn{1}, Asn{2}, true}, {Asn{2}, Asn{3}, true}, {Asn{3}, Asn{1}, true}});
  EXPECT_EQ(table.cone_size(Asn{2}), 3u);
}

TEST(OrganisationTable, OneOrganisationHoldsSeveralAses) {
  const OrganisationTable table =
      OrganisationTable::build({{"O1", "Example", "NL"}}, {{Asn{1}, "O1"}, {Asn{2}, "O1"}, {Asn{3}, "O2"}});
  EXPECT_TRUE(table.same(Asn{1}, Asn{2}));
  EXPECT_FALSE(table.same(Asn{1}, Asn{3}));
  EXPECT_FALSE(table.same(Asn{4}, Asn{4})) << "not known is not the same";
  EXPECT_EQ(table.of(Asn{3})->id, "O2");
  EXPECT_EQ(table.of(Asn{4}), nullptr);
}

TEST(DelegationTable, WhatNoFileSpeaksOfIsNotKnown) {
  const Delegation given{DelegationStatus::allocated, {'B', 'R'}, 0}, free{DelegationStatus::available, {}, 0};
  const DelegationTable table = DelegationTable::build(
      {{prefix("200.0.0.0/16"), given}, {prefix("200.1.0.0/24"), free}}, {{Asn{100}, Asn{199}, given}}, {"lacnic"});
  EXPECT_EQ(table.of(prefix("200.0.1.0/24"))->country_code(), "BR");
  EXPECT_TRUE(table.of(prefix("200.1.0.0/24"))->unallocated());
  EXPECT_EQ(table.of(prefix("200.1.0.0/23")), nullptr);
  EXPECT_NE(table.unallocated_inside(prefix("200.1.0.0/23")), nullptr);
  EXPECT_EQ(table.unallocated_inside(prefix("200.0.0.0/16")), nullptr);
  EXPECT_EQ(table.of(prefix("193.0.0.0/21")), nullptr);
  EXPECT_NE(table.of(Asn{150}), nullptr);
  EXPECT_EQ(table.of(Asn{200}), nullptr);
}

TEST(ExchangeTable, KnowsLansAndRouteServers) {
  const ExchangeTable table =
      ExchangeTable::build({{prefix("196.223.14.0/24"), "JINX"}, {prefix("196.223.14.0/25"), "part"}}, {Asn{64500}});
  EXPECT_EQ(table.lan_covering(prefix("196.223.14.128/25"))->exchange, "JINX");
  EXPECT_EQ(table.lan_covering(prefix("196.223.0.0/16")), nullptr);
  EXPECT_TRUE(table.is_route_server(Asn{64500}));
}

// The rows themselves: tests/vectors/bogon.tsv.
TEST(Bogons, KnowPrivateFromReservedAses) {
  EXPECT_EQ(bogon_asn(Asn{0})->rule, "RFC 7607");
  EXPECT_TRUE(bogon_asn(Asn{64512})->is_private && bogon_asn(Asn{4294967294})->is_private);
  EXPECT_FALSE(bogon_asn(Asn{64511})->is_private);
  EXPECT_EQ(bogon_asn(Asn{15169}), nullptr);
  EXPECT_EQ(bogon_asn(Asn{131072}), nullptr);
}

TEST(RelationshipTable, ARingOfCustomersEnds) {
  std::vector<RelationshipLink> ring;
  constexpr std::uint32_t kAses = 60'000;
  for (std::uint32_t i = 1; i <= kAses; ++i) ring.push_back({Asn{i}, Asn{i % kAses + 1}, true});
  const RelationshipTable table = RelationshipTable::build(std::move(ring), {});
  EXPECT_EQ(table.cone_size(Asn{1}), kAses);
  EXPECT_EQ(table.cone_size(Asn{kAses}), kAses);
}

TEST(NameTable, TheFirstNameStays) {
  const NameTable table = NameTable::build({{Asn{1}, "ONE"}, {Asn{1}, "UNO"}});
  EXPECT_EQ(table.of(Asn{1}), "ONE");
  EXPECT_EQ(table.of(Asn{2}), "");
}

}  // namespace
}  // namespace fairway
