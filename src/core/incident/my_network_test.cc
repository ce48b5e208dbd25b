// My network: what network.yaml says is judged in every route, with or without a table.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

Network network() {
  Network mine;
  mine.asns = {Asn{2001}};
  mine.prefixes = {{.prefix = *parse_prefix("192.0.0.0/16"), .origins = {Asn{2001}}, .max_length = 20}};
  mine.neighbours = {{.asn = Asn{3356}, .role = Role::provider},
                     {.asn = Asn{174}, .role = Role::provider},
                     {.asn = Asn{2010}, .role = Role::peer}};
  mine.providers_complete = mine.customers_complete = true;
  return mine;
}
World with(Network mine) {
  World world;
  world.expectation = std::make_shared<const Expectation>(Expectation::build(std::move(mine)));
  return world;
}

TEST(MyNetwork, AnotherOriginIsFoundWithoutATable) {
  Story story(4, with(network()));
  story.all(10, "192.0.0.0/16", "174 2666").all(11, "192.0.32.0/24", "174 2667").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack origin 2666 > 2001\n41 opened hijack sub-prefix 2667 > 2001\n");
  EXPECT_TRUE(Story::has(story.incidents().at(0), "not_intended_origin"));
}

TEST(MyNetwork, WhatStandsInTheTableIsFoundToo) {
  Story story(4, with(network()));
  story.background().table("192.0.0.0/16", "174 2666").start().wait(100);
  EXPECT_EQ(story.told(), "30 opened hijack origin 2666 > 2001\n");
  EXPECT_EQ(story.incidents().at(0).confidence, 6);  // not intended, new, and everywhere
}

TEST(MyNetwork, WhatIsIntendedIsNone) {
  Story story(4, with(network()));
  story.background().table("192.0.0.0/16", "3356 2001").start().all(10, "192.0.16.0/20", "174 2001").wait(100).end();
  EXPECT_EQ(story.told(), "");
}

TEST(MyNetwork, ANeighbourThatIsNone) {
  Story story(4, with(network()));
  story.background().table("192.0.0.0/16", "3356 2001").start().all(10, "192.0.0.0/16", "174 2666 2001").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack type-1 2666 > 2001\n");
}

TEST(MyNetwork, ALeakByMyself) {
  Story story(4, with(network()));
  story.background()
      .table("198.51.0.0/16", "3356 2050")
      .start()
      .all(10, "198.51.0.0/16", "174 2001 3356 2050")
      .wait(100);
  EXPECT_EQ(story.told(), "40 opened leak 1 2001 > 2050\n");
  EXPECT_TRUE(Story::has(story.incidents().at(0), "leak_by_role"));
}

TEST(MyNetwork, MyPrefixIsLost) {
  Story story(1, with(network()));
  story.background().table("192.0.0.0/16", "3356 2001").start().all_withdraw(10, "192.0.0.0/16").wait(1000);
  EXPECT_EQ(story.told(), "340 opened outage prefix  > 2001\n");
  EXPECT_TRUE(Story::has(story.incidents().at(0), "my_prefix"));
}

TEST(MyNetwork, WhatWasAgreedIsNone) {
  Network mine = network();
  mine.exceptions = {{.kind = "hijack",
                      .prefix = *parse_prefix("192.0.0.0/16"),
                      .asn = Asn{2666},
                      .expires = Story::time(10'000),
                      .reason = "scrubbing"}};
  Story story(4, with(mine));
  story.background().table("192.0.0.0/16", "3356 2001").start().all(10, "192.0.0.0/16", "174 2666").wait(100).end();
  EXPECT_EQ(story.told(), "");
}

}  // namespace
}  // namespace fairway
