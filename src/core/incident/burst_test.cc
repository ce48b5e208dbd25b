// Leaks that need memory: re-origination (RFC 7908 type 5) and bursts of internal more-specifics (type 6).
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"

namespace fairway {
namespace {

TEST(Burst, OneAsOriginatesThePrefixesOfManyOthers) {
  Story story;
  story.background();
  for (int i = 0; i < 40; ++i) story.table("192.0." + std::to_string(i) + ".0/24", "3356 " + std::to_string(2001 + i));
  story.start();
  for (int i = 0; i < 40; ++i) story.all(10 + i / 4, "192.0." + std::to_string(i) + ".0/24", "174 2666");
  story.wait(200);
  ASSERT_EQ(story.incidents().size(), 1u);
  const Incident& incident = story.incidents().at(0);
  EXPECT_EQ(incident.type, IncidentType::leak_5);
  EXPECT_EQ(incident.victims.size(), 40u);
  EXPECT_EQ(incident.prefixes.size(), 40u);
  EXPECT_EQ(incident.opened, Story::time(10));
  EXPECT_TRUE(Story::has(incident, "reorigination_burst"));
}

TEST(Burst, ManyMoreSpecificsOfOnesOwn) {
  Story story;
  story.background().table("60.0.0.0/12", "3356 2001").start();
  for (int i = 0; i < 200; ++i) story.all(10 + i / 10, "60.0." + std::to_string(i) + ".0/24", "3356 2001");
  story.wait(300);
  EXPECT_EQ(story.told(), "40 opened leak 6 2001 > 2001\n");
  EXPECT_EQ(story.incidents().at(0).prefixes.size(), 200u);
}

TEST(Burst, AFewMoreSpecificsOfOnesOwnAreNone) {
  Story story;
  story.background().table("60.0.0.0/12", "3356 2001").start();
  for (int i = 0; i < 40; ++i) story.all(10 + i / 10, "60.0." + std::to_string(i) + ".0/24", "3356 2001");
  for (int i = 40; i < 80; ++i) story.all(3000 + i / 10, "60.0." + std::to_string(i) + ".0/24", "3356 2001");
  story.wait(4000).end();
  EXPECT_EQ(story.told(), "");
}

}  // namespace
}  // namespace fairway
