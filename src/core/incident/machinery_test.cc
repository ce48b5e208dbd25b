// What the machinery does is no incident: sessions, files, partial and flooding views, collectors.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"
#include "core/tables/vrp.h"

namespace fairway {
namespace {

TEST(Machinery, ASessionThatComesUpOpensNothing) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  // A fifth view, never heard of, tells a table of its own.
  for (int i = 0; i < 40; ++i) story.announce(10, 4, "30.0." + std::to_string(i) + ".0/24", "174 2666");
  story.announce(10, 4, "192.0.32.0/24", "174 2666").announce(11, 4, "20.0.1.128/25", "174 2667").wait(1000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, ASessionResetOpensNothing) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.session(10, 0, false).session(20, 0, true);
  story.announce(21, 0, "192.0.32.0/24", "3356 2001");
  for (int i = 0; i < 40; ++i) story.announce(22, 0, "30.0." + std::to_string(i) + ".0/24", "174 2666");
  story.wait(2000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, AllSessionsGoingDownIsNoOutage) {
  Story story;
  story.background().start();
  for (unsigned view = 0; view < 4; ++view) story.session(10, view, false);
  story.wait(3000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, AfterTheSettlingTimeRoutesAreJudgedAgain) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.session(10, 0, false).session(20, 0, true).announce(21, 0, "192.0.32.0/24", "3356 2001");
  story.wait(500).all(600, "192.0.32.0/24", "174 2666").wait(700);
  ASSERT_EQ(story.incidents().size(), 1u);
  EXPECT_EQ(story.incidents().at(0).views_seen, 4u);
}

TEST(Machinery, AfterAGapRoutesAreLearned) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start().announce(10, 0, "20.0.1.0/24", "174 1002");
  story.engine().gap(story.collector(), Story::time(10), Story::time(1000));
  story.all(1001, "192.0.32.0/24", "174 2666")
      .all(1002, "30.0.0.0/24", "174 2666")
      .all_withdraw(1003, "20.0.7.0/24")
      .wait(5000)
      .end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, WithoutATableTheAnswerIsUnknown) {
  Story story;
  story.all(10, "192.0.32.0/24", "3356 2001").all(20, "192.0.32.0/24", "174 2666").all(30, "192.0.32.0/25", "174 2666");
  story.all_withdraw(40, "192.0.32.0/24").wait(5000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, AProvisionalBaselineKnowsOnlyWhatItHeard) {
  World world;
  world.vrps = std::make_shared<const VrpTable>(VrpTable::build({{*parse_prefix("192.0.32.0/24"), 24, Asn{2001}}}));
  Story story(4, world);
  story.engine().learn_until(story.collector(), Story::time(100));
  story.all(10, "192.0.32.0/24", "3356 2001").all(20, "192.0.33.0/24", "3356 2002");
  story.all(200, "192.0.32.0/24", "174 2666");  // heard before: a change of origin, and invalid
  story.all(200, "192.0.33.0/24", "174 2666");  // a change of origin with nothing else against it
  story.all(200, "30.0.0.0/24", "174 2666");    // never heard: unknown
  story.all_withdraw(300, "192.0.33.0/24").wait(5000).end();
  ASSERT_EQ(story.incidents().size(), 1u);
  const Incident& incident = story.incidents().at(0);
  EXPECT_EQ(incident.prefixes, std::vector{*parse_prefix("192.0.32.0/24")});
  EXPECT_TRUE(Story::has(incident, "provisional_baseline"));
  EXPECT_EQ(incident.views_full, 0u);
  EXPECT_EQ(incident.confidence, 3);
}

TEST(Machinery, APartialViewIsNotFull) {
  Story story;
  story.background().rib(4, "20.0.1.0/24", "3356 1002").start();
  EXPECT_EQ(story.engine().statistics().full_views, 4u);
  // What the partial view loses is no outage, what it alone has is no hijack.
  story.withdraw(10, 4, "20.0.1.0/24").announce(20, 4, "40.0.0.0/24", "174 2666").wait(2000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, AViewThatFloodsOpensNothing) {
  Story story;
  story.background().start();
  for (int i = 0; i < 12000; ++i) {
    story.announce(10 + i / 1000, 0, "40." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + ".0/24",
                   "174 " + std::to_string(5000 + i % 900));
  }
  story.wait(3000).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, AnOldTableIsAProvisionalBaseline) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(100000, "192.0.32.0/24", "174 2666").all(100000, "30.0.0.0/24", "174 2667").wait(101000).end();
  EXPECT_EQ(story.told(), "");
  EXPECT_EQ(story.engine().statistics().full_views, 0u);
}

TEST(Machinery, UpdatesBeforeTheTableArePassedOver) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(-10, "192.0.32.0/24", "174 2666").wait(1000);
  EXPECT_EQ(story.engine().statistics().before_table, 4u);
  EXPECT_EQ(story.told(), "");
}

TEST(Machinery, ACollectorsOwnAsAtTheHeadOfAPathIsNoLink) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "3356 3356 3356 2001").wait(100);
  EXPECT_EQ(story.told(), "");
}

}  // namespace
}  // namespace fairway
