#include "shell/config/network_draft.h"

#include <gtest/gtest.h>

#include "core/tables/aspa.h"
#include "core/tables/irr.h"
#include "core/tables/name.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "shell/config/network.h"

namespace fairway::config {
namespace {

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }
AsPath path(std::string_view text) { return parse_as_path(text).value(); }

TEST(NetworkDraft, GathersWhatTheTablesKnow) {
  World world;
  world.vrps = std::make_shared<VrpTable>(VrpTable::build({{prefix("192.0.2.0/24"), 26, Asn{64500}, 0},
                                                           {prefix("192.0.2.0/24"), 24, Asn{64666}, 0},
                                                           {prefix("192.0.2.128/25"), 25, Asn{64777}, 0},
                                                           {prefix("198.51.100.0/24"), 24, Asn{64511}, 0}}));
  world.irr = std::make_shared<IrrTable>(IrrTable::build({{prefix("192.0.2.0/24"), Asn{64500}, 0},
                                                          {prefix("203.0.113.0/24"), Asn{64500}, 0},
                                                          {prefix("10.0.0.0/8"), Asn{1}, 0}},
                                                         {"RIPE"}));
  world.relationships = std::make_shared<RelationshipTable>(RelationshipTable::build(
      {{Asn{10}, Asn{64500}, true}, {Asn{64500}, Asn{20}, true}, {Asn{64500}, Asn{30}, false}}));
  world.aspas = std::make_shared<AspaTable>(AspaTable::build({{Asn{64500}, {Asn{10}, Asn{40}}}}));
  world.names = std::make_shared<NameTable>(NameTable::build({{Asn{10}, "Transit"}}));
  PeeringDb peeringdb;
  peeringdb.exchanges = {{.id = 31, .name = "EX-IX", .country = "NL"}};
  peeringdb.connections = {
      {.asn = Asn{64500}, .lan = 31, .exchange = 31, .ipv4 = parse_ip("198.51.100.10"), .route_server_peer = true},
      {.asn = Asn{99}, .lan = 31, .exchange = 31}};
  peeringdb.networks = {
      {.asn = Asn{20}, .name = "Customer", .as_set = "RIPE::AS-CUST AS-OLD", .prefixes4 = 50, .type = ""}};
  SeenNetwork seen({Asn{64500}});
  seen.add(prefix("192.0.2.0/24"), path("7 10 64500 64500"));
  seen.add(prefix("192.0.2.0/25"), path("7 50 64500"));
  seen.add(prefix("203.0.114.0/24"), path("7 10 64500 20"));
  const PeeringDb* sources[] = {&peeringdb};

  const Network network = draft_network({Asn{64500}}, world, sources, &seen);
  EXPECT_EQ(print_network(network),
            "version: 1\n"
            "asns: [64500]\n"
            "prefixes:\n"
            "  - prefix: 192.0.2.0/24\n"
            "    origins: [64500, 64666]\n"
            "    max_length: 26\n"
            "    description: VRP + RIPE + announced\n"
            "  - prefix: 192.0.2.0/25\n"
            "    origins: [64500]\n"
            "    description: announced\n"
            "  - prefix: 203.0.113.0/24\n"
            "    origins: [64500]\n"
            "    occasional: true\n"
            "    description: RIPE\n"
            "providers_complete: true\n"
            "neighbours:\n"
            "  - asn: 20\n"
            "    name: Customer\n"
            "    role: customer\n"
            "    as_sets: [RIPE::AS-CUST, AS-OLD]\n"
            "    limits:\n"
            "      ipv4: 50\n"
            "  - asn: 10\n"
            "    name: Transit\n"
            "    role: provider\n"
            "  - asn: 40\n"
            "    role: provider\n"
            "  - asn: 30\n"
            "    role: peer\n"
            "  - asn: 50\n"
            "exchanges:\n"
            "  - name: EX-IX\n"
            "    peeringdb_id: 31\n"
            "    addresses: [198.51.100.10]\n"
            "    route_server: true\n");
}

TEST(NetworkDraft, LeavesOpenWhatNobodyKnows) {
  const Network network = draft_network({Asn{64500}}, World{}, {}, nullptr);
  EXPECT_EQ(network, (Network{.asns = {Asn{64500}}}));
  const std::string text = print_network(network, Absent::as_comment);
  EXPECT_NE(text.find("# prefixes: unknown"), std::string::npos);
  EXPECT_NE(text.find("# contacts: unknown"), std::string::npos);
  EXPECT_EQ(text.find("# exceptions"), std::string::npos);
}

TEST(NetworkDraft, KeepsNeighboursOfSeveralAsesApart) {
  SeenNetwork seen({Asn{64501}, Asn{64500}});
  seen.add(prefix("192.0.2.0/24"), path("7 64500 64501"));
  seen.add(prefix("192.0.2.0/24"), path("7 64501"));
  const Network network = draft_network({Asn{64501}, Asn{64500}}, World{}, {}, &seen);
  ASSERT_EQ(network.neighbours.size(), 2u);
  EXPECT_EQ(network.neighbours[0].local_asn, Asn{64500});
  EXPECT_EQ(network.neighbours[1].local_asn, Asn{64501});
  EXPECT_FALSE(network.prefixes[0].occasional);
}

}  // namespace
}  // namespace fairway::config
