// Outages: what the full views had and withdrew.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"

namespace fairway {
namespace {

TEST(Outage, APrefixThatAllViewsWithdrew) {
  Story story;
  story.background()
      .table("192.0.32.0/24", "3356 2001")
      .table("192.0.33.0/24", "3356 2001")
      .table("192.0.34.0/24", "3356 2001")
      .start();
  story.all_withdraw(10, "192.0.32.0/24").wait(1000);
  EXPECT_EQ(story.told(), "340 opened outage prefix  > 2001\n");
  EXPECT_EQ(story.incidents().at(0).opened, Story::time(10));
  story.all(2000, "192.0.32.0/24", "3356 2001").wait(3000);
  EXPECT_EQ(story.told(), "340 opened outage prefix  > 2001\n2300 cleared outage prefix  > 2001\n");
}

TEST(Outage, AnAsThatIsGone) {
  Story story;
  story.background();
  for (int i = 0; i < 10; ++i) story.table("192.0." + std::to_string(i) + ".0/24", "3356 2001");
  story.start();
  for (int i = 0; i < 10; ++i) story.all_withdraw(10 + i, "192.0." + std::to_string(i) + ".0/24");
  story.wait(1000);
  EXPECT_EQ(story.told(), "340 opened outage as  > 2001\n");
  EXPECT_EQ(story.incidents().at(0).prefixes.size(), 10u);
  EXPECT_EQ(story.incidents().at(0).confidence, 5);
}

TEST(Outage, ShortLossesAndSomeViewsAreNone) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all_withdraw(10, "192.0.32.0/24").all(200, "192.0.32.0/24", "3356 2001");
  for (unsigned view = 0; view < 3; ++view) story.withdraw(300, view, "20.0.3.0/24");
  story.wait(3000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Outage, AFlappingPrefixIsNone) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all_withdraw(10, "192.0.32.0/24")
      .all(200, "192.0.32.0/24", "3356 2001")
      .all_withdraw(300, "192.0.32.0/24")
      .wait(3000);
  EXPECT_EQ(story.told(), "");
}

}  // namespace
}  // namespace fairway
