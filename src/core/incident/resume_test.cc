// Incidents that outlive the program: taken up again by a new engine.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"

namespace fairway {
namespace {

// What stood open when the program ended.
Incident open_one(Story& story) {
  story.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666").wait(60);
  EXPECT_EQ(story.incidents().size(), 1u);
  return story.incidents().at(0);
}

TEST(Resume, StaysOpenWhileItsRoutesStandAndClearsWhenTheyGo) {
  Story before;
  const Incident incident = open_one(before);
  Story after;
  after.engine().resume(incident, Story::time(2000));
  // The table has the hijack: it looks as if it had always been there.
  after.background().table("192.0.32.0/24", "174 2666").start().wait(5000);
  EXPECT_EQ(after.told(), "");
  EXPECT_EQ(after.engine().incidents().at(0).id, incident.id);
  after.all(5010, "192.0.32.0/24", "3356 2001").wait(5400);
  EXPECT_EQ(after.told(), "5310 cleared hijack origin 2666 > 2001\n");
  EXPECT_EQ(after.incidents().at(0).id, incident.id);
}

TEST(Resume, ClearsAsSoonAsItsRoutesAreGoneAgain) {
  Story before;
  const Incident incident = open_one(before);
  Story after;
  after.engine().resume(incident, Story::time(9000));
  after.background().table("192.0.32.0/24", "174 2666").start();
  after.all(100, "192.0.32.0/24", "3356 2001").wait(500);
  EXPECT_EQ(after.told(), "400 cleared hijack origin 2666 > 2001\n");
}

TEST(Resume, ClearsWhenNothingOfItIsHeardUntilTheGroundStateIsBack) {
  Story before;
  const Incident incident = open_one(before);
  Story after;
  after.engine().resume(incident, Story::time(2000));
  after.background().table("192.0.32.0/24", "3356 2001").start().wait(1999);
  EXPECT_EQ(after.told(), "");
  after.wait(2000);
  EXPECT_EQ(after.told(), "2000 cleared hijack origin 2666 > 2001\n");
}

TEST(Resume, IsNotOpenedASecondTime) {
  Story before;
  const Incident incident = open_one(before);
  Story after;
  after.engine().resume(incident, Story::time(2000));
  after.background().table("192.0.32.0/24", "3356 2001").start();
  after.all(10, "192.0.32.0/24", "174 2666").wait(1000);  // found anew: it is the same one
  ASSERT_EQ(after.engine().incidents().size(), 1u);
  EXPECT_EQ(after.engine().incidents().at(0).id, incident.id);
  EXPECT_EQ(after.told().find("opened"), std::string::npos) << after.told();
}

TEST(Resume, AnOutageLastsUntilSomebodyHasThePrefix) {
  Story before;
  before.background().table("192.0.32.0/24", "3356 2001").start().all_withdraw(10, "192.0.32.0/24").wait(1000);
  ASSERT_EQ(before.incidents().size(), 1u) << before.told();
  const Incident incident = before.incidents().at(0);
  Story after;
  after.engine().resume(incident, Story::time(2000));
  after.background().start().wait(9000);
  EXPECT_EQ(after.told(), "");
  after.all(9010, "192.0.32.0/24", "3356 2001").wait(10000);
  EXPECT_NE(after.told().find("cleared outage"), std::string::npos) << after.told();
}

}  // namespace
}  // namespace fairway
