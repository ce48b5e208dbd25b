// An incident's life: opened, changed, cleared, reopened, under one id.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"

namespace fairway {
namespace {

TEST(Life, ClearsAfterTheHoldTime) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666");
  story.all(500, "192.0.32.0/24", "3356 2001").wait(799);
  EXPECT_EQ(story.told(), "40 opened hijack origin 2666 > 2001\n");
  story.wait(800);
  EXPECT_EQ(story.told(), "40 opened hijack origin 2666 > 2001\n800 cleared hijack origin 2666 > 2001\n");
  EXPECT_EQ(story.incidents().at(0).state, IncidentState::cleared);
  EXPECT_EQ(story.incidents().at(0).cleared, Story::time(800));
}

TEST(Life, DoesNotClearWhileItComesAndGoes) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  for (int i = 0; i < 10; ++i)
    story.all(10 + i * 200, "192.0.32.0/24", "174 2666").all(110 + i * 200, "192.0.32.0/24", "3356 2001");
  story.wait(5000);
  EXPECT_EQ(story.told(), "40 opened hijack origin 2666 > 2001\n2210 cleared hijack origin 2666 > 2001\n");
}

TEST(Life, ReopensUnderItsIdWithinADay) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2666").all(100, "192.0.32.0/24", "3356 2001");
  story.all(50000, "192.0.32.0/24", "174 2666").wait(50100);
  EXPECT_EQ(story.told(),
            "40 opened hijack origin 2666 > 2001\n400 cleared hijack origin 2666 > 2001\n50030 reopened hijack origin "
            "2666 > 2001\n");
  ASSERT_EQ(story.incidents().size(), 1u);
  EXPECT_EQ(story.incidents().at(0).opened, Story::time(10));
  EXPECT_FALSE(story.incidents().at(0).cleared);
}

TEST(Life, IsAnotherIncidentAfterADay) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2666").all(100, "192.0.32.0/24", "3356 2001");
  story.all(87000, "192.0.32.0/24", "174 2666").wait(87100);
  ASSERT_EQ(story.incidents().size(), 2u);
  EXPECT_NE(story.incidents().at(0).id, story.incidents().at(1).id);
}

TEST(Life, GrowsWithItsViewsAndPrefixes) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").table("192.0.33.0/24", "3356 2001").start();
  story.announce(10, 0, "192.0.32.0/24", "174 2666").announce(10, 1, "192.0.32.0/24", "174 2666").wait(60);
  EXPECT_EQ(story.incidents().at(0).views_seen, 2u);
  story.announce(70, 2, "192.0.32.0/24", "174 2666").announce(71, 3, "192.0.33.0/24", "174 2666").wait(300);
  EXPECT_EQ(story.incidents().at(0).views_seen, 4u);
  EXPECT_EQ(story.incidents().at(0).prefixes.size(), 2u);
}

TEST(Life, TheEndOfTheInputWeighsWhatGathers) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666").end();
  EXPECT_EQ(story.told(), "10 opened hijack origin 2666 > 2001\n");
  EXPECT_EQ(story.incidents().at(0).state, IncidentState::open);
}

TEST(Life, LateEventsAreCountedAndTakenAsOfNow) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start().wait(100);
  story.all(50, "192.0.32.0/24", "174 2666").wait(200);
  EXPECT_EQ(story.engine().statistics().late, 4u);
  EXPECT_EQ(story.incidents().at(0).opened, Story::time(100));
}

TEST(Life, TheSameRoutesMakeTheSameIncidents) {
  const auto tell = [] {
    Story story;
    story.background(80);
    for (int i = 0; i < 30; ++i)
      story.table("192.0." + std::to_string(i) + ".0/24", "3356 " + std::to_string(2001 + i));
    story.start();
    for (int i = 0; i < 30; ++i)
      story.all(10 + i % 7, "192.0." + std::to_string(i) + ".0/24", "174 " + std::to_string(2601 + i % 6));
    for (int i = 0; i < 30; i += 2)
      story.all(400 + i, "192.0." + std::to_string(i) + ".0/24", "3356 " + std::to_string(2001 + i));
    story.wait(2000).end();
    return story.incidents();
  };
  const std::vector<Incident> once = tell();
  EXPECT_GT(once.size(), 3u);
  EXPECT_EQ(once, tell());
}

}  // namespace
}  // namespace fairway
