#include "core/incident/feed_watch.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

class Told : public IncidentSink {
 public:
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    text += std::to_string(at.whole_seconds()) + ' ' + std::string(to_string(transition)) + ' ' + incident.feed + '\n';
    last = incident;
  }
  std::string text;
  Incident last;
};

Instant at(std::int64_t second) { return from_seconds(second); }

TEST(FeedWatch, ASilentFeedIsAnIncidentUntilItIsHeard) {
  Told told;
  FeedWatch watch(seconds(600), told);
  watch.see("ris-live", true, at(1000), "", at(1000));
  watch.advance(at(1599));
  EXPECT_EQ(told.text, "");
  EXPECT_FALSE(watch.all_blind());
  watch.advance(at(1600));
  EXPECT_EQ(told.text, "1600 opened ris-live\n");
  EXPECT_NE(told.last.evidence.at(0).fact.find("although it is connected"), std::string::npos);
  EXPECT_TRUE(watch.all_blind());
  watch.see("ris-live", true, at(1700), "", at(1700));
  EXPECT_EQ(told.text, "1600 opened ris-live\n1700 cleared ris-live\n");
}

TEST(FeedWatch, GoesOnWithWhatWasOpenBefore) {
  Told first;
  FeedWatch before(seconds(600), first);
  before.see("a", false, at(0), "refused", at(0));
  before.advance(at(700));
  Told told;
  FeedWatch after(seconds(600), told);
  after.resume(first.last);
  after.advance(at(5000));
  EXPECT_EQ(told.text, "");
  after.see("a", true, at(5010), "", at(5010));
  EXPECT_EQ(told.text, "5010 cleared a\n");
  EXPECT_EQ(told.last.id, first.last.id);
}

}  // namespace
}  // namespace fairway
