#include "core/verdict/network.h"

#include <gtest/gtest.h>

#include "core/tables/irr.h"
#include "core/tables/vrp.h"

namespace fairway {
namespace {

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

Network network_of(std::string_view text, std::optional<std::uint8_t> max_length = {}) {
  Network network;
  network.prefixes = {{.prefix = prefix(text), .origins = {Asn{64500}}, .max_length = max_length}};
  return network;
}

World world_of(std::vector<Vrp> vrps, std::vector<RouteObject> objects) {
  World world;
  world.vrps = std::make_shared<VrpTable>(VrpTable::build(std::move(vrps)));
  world.irr = std::make_shared<IrrTable>(IrrTable::build(std::move(objects), {"RIPE"}));
  return world;
}

TEST(JudgeNetwork, SaysWhetherOthersCanBelieveMyRoutes) {
  const Prefix mine = prefix("192.0.2.0/24"), around = prefix("192.0.0.0/16");
  const struct {
    const char* name;
    std::vector<Vrp> vrps;
    std::vector<RouteObject> objects;
    Registration registration;
    std::size_t remarks;
  } cases[] = {
      {"nothing anywhere", {}, {}, Registration::unregistered, 0},
      {"a ROA", {{mine, 24, Asn{64500}, 0}}, {}, Registration::good, 0},
      {"a ROA of another", {{mine, 24, Asn{64666}, 0}}, {{mine, Asn{64500}, 0}}, Registration::contradicted, 0},
      {"a ROA that ends too early", {{around, 16, Asn{64500}, 0}}, {}, Registration::contradicted, 0},
      {"a route object", {}, {{mine, Asn{64500}, 0}}, Registration::good, 0},
      {"a route object of the block around", {}, {{around, Asn{64500}, 0}}, Registration::good, 1},
      {"a route object of another", {}, {{mine, Asn{64666}, 0}}, Registration::contradicted, 0},
      {"a ROA, and a route object of another",
       {{mine, 24, Asn{64500}, 0}},
       {{mine, Asn{64666}, 0}},
       Registration::good,
       1},
  };
  for (const auto& c : cases) {
    const auto routes = judge_network(world_of(c.vrps, c.objects), network_of("192.0.2.0/24"));
    ASSERT_EQ(routes.size(), 1u);
    EXPECT_EQ(routes[0].registration, c.registration) << c.name;
    EXPECT_EQ(routes[0].remarks.size(), c.remarks) << c.name;
  }
}

TEST(JudgeNetwork, WithoutTablesItIsUnknown) {
  EXPECT_EQ(judge_network(World{}, network_of("192.0.2.0/24")).at(0).registration, Registration::unknown);
}

TEST(JudgeNetwork, ARoaMustReachAsFarAsTheMoreSpecificsThatAreMeant) {
  const World world = world_of({{prefix("192.0.2.0/24"), 25, Asn{64500}, 0}}, {});
  EXPECT_TRUE(judge_network(world, network_of("192.0.2.0/24", 25)).at(0).remarks.empty());
  EXPECT_EQ(judge_network(world, network_of("192.0.2.0/24", 26)).at(0).remarks.at(0),
            "more-specifics up to /26 are meant, yet would be RPKI invalid");
}

TEST(JudgeNetwork, WhatIsIgnoredIsNotJudged) {
  Network network = network_of("192.0.2.0/24");
  network.prefixes[0].ignore = true;
  EXPECT_TRUE(judge_network(World{}, network).empty());
}

}  // namespace
}  // namespace fairway
