#include "core/tables/world.h"

#include <gtest/gtest.h>

#include "core/tables/relationship.h"
#include "core/tables/vrp.h"

namespace fairway {
namespace {

World world_of(const char* vrps, const char* relationships, bool guess = false) {
  World world;
  world.vrps = std::make_shared<const VrpTable>(VrpTable::build({}));
  world.relationships = std::make_shared<const RelationshipTable>(RelationshipTable::build({}, {}));
  const auto source = [&](const char* kind, const char* date) {
    TableSource made;
    made.kind = kind;
    made.date = parse_instant(date);
    made.date_is_guess = guess;
    world.sources.push_back(made);
  };
  source("vrps", vrps);
  source("relationships", relationships);
  return world;
}

TEST(World, WhatIsTooFarFromTheRoutesIsUnknown) {
  const World world = world_of("2025-07-20", "2018-06-01");
  std::vector<std::string> left_out;
  const World near = within_reach(world, *parse_instant("2019-01-01"), days(366), left_out);
  EXPECT_EQ(near.vrps, nullptr);
  EXPECT_EQ(near.relationships, world.relationships);
  EXPECT_EQ(left_out, std::vector<std::string>{"vrps of 2025-07-20"});
}

TEST(World, TheNearestSourceOfAKindCounts) {
  World world = world_of("2025-07-20", "2018-06-01");
  TableSource nearer;
  nearer.kind = "vrps";
  nearer.date = parse_instant("2019-03-01");
  world.sources.push_back(nearer);
  std::vector<std::string> left_out;
  EXPECT_NE(within_reach(world, *parse_instant("2019-01-01"), days(366), left_out).vrps, nullptr);
  EXPECT_TRUE(left_out.empty());
}

TEST(World, TheDateOfAFileIsNoDateOfItsData) {
  std::vector<std::string> left_out;
  const World near =
      within_reach(world_of("2025-07-20", "2018-06-01", true), *parse_instant("2008-02-24"), days(366), left_out);
  EXPECT_NE(near.vrps, nullptr);
  EXPECT_NE(near.relationships, nullptr);
  EXPECT_TRUE(left_out.empty());
}

}  // namespace
}  // namespace fairway
