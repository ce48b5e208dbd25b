// Stories: what happens to an incident and what its people do, and what each channel is told of it.
#include "core/notify/telling.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "core/notify/incidents_for_tests.h"

namespace fairway::notify {
namespace {

struct Story {
  Plan plan{.channels = {{"mail", seconds(100)}, {"pager", Duration{}}}};
  Telling telling{};
  Incident incident = hijack();
  std::string heard{};  // "mail:open1 ..."

  void add(const std::vector<Dispatch>& dispatches) {
    for (const Dispatch& d : dispatches) {
      heard +=
          (heard.empty() ? "" : " ") + d.channel + ':' + std::string(to_string(d.stage)) + std::to_string(d.sequence);
    }
  }
  Story& at(std::int64_t second, Transition transition) {
    incident.state = transition == Transition::cleared ? IncidentState::cleared : IncidentState::open;
    add(on_transition(telling, plan, incident, from_seconds(second), from_seconds(second)));
    return *this;
  }
  Story& at(std::int64_t second) {
    add(settle(telling, plan, incident, from_seconds(second)));
    return *this;
  }
  std::int64_t next(std::int64_t second) const {
    const auto due = next_due(telling, plan, incident, from_seconds(second));
    return due ? due->whole_seconds() : -1;
  }
  std::string take() { return std::exchange(heard, {}); }
};

using enum Transition;

TEST(Telling, OpenUpdateClear) {
  Story s;
  EXPECT_EQ(s.at(0, opened).take(), "mail:open1 pager:open1");
  EXPECT_EQ(s.at(100, changed).take(), "mail:update2") << "the pager wants no updates";
  EXPECT_EQ(s.at(300, cleared).take(), "mail:clear3 pager:clear3");
  EXPECT_EQ(s.at(400).take(), "");
  EXPECT_EQ(s.at(500, reopened).take(), "mail:open4 pager:open4") << "it came back";
  EXPECT_EQ(s.at(600, cleared).take(), "mail:clear5 pager:clear5");
}

TEST(Telling, UpdatesAreGatheredAndNoneIsLost) {
  Story s;
  s.at(0, opened).take();
  EXPECT_EQ(s.at(10, changed).take(), "");
  EXPECT_EQ(s.next(10), 100);
  EXPECT_EQ(s.at(20, changed).at(99).take(), "");
  EXPECT_EQ(s.at(100).take(), "mail:update3") << "one for both, as it is now";
  EXPECT_EQ(s.next(100), -1);
  EXPECT_EQ(s.at(150).take(), "");
  EXPECT_EQ(s.at(160, changed).take(), "");
  EXPECT_EQ(s.next(160), 200);
  EXPECT_EQ(s.at(170, cleared).take(), "mail:clear5 pager:clear5") << "a clear does not wait";
  EXPECT_EQ(s.next(170), -1);
}

TEST(Telling, WhoWasNotToldItOpenedIsNotToldItIsOver) {
  Story s;
  s.plan.routes = {{{.least = Confidence::high}, {"pager"}, false}, {{}, {"mail"}, false}};
  s.incident.confidence = 5;
  EXPECT_EQ(s.at(0, opened).take(), "mail:open1");
  EXPECT_EQ(s.at(10, cleared).take(), "mail:clear2");
  s.incident.confidence = 5;
  EXPECT_EQ(s.at(20, reopened).take(), "mail:open3");
  s.incident.confidence = 9;
  EXPECT_EQ(s.at(30, changed).take(), "pager:open4") << "now it is serious";
  s.incident.confidence = 2;
  EXPECT_EQ(s.at(40, changed).take(), "");
  EXPECT_EQ(s.at(50, cleared).take(), "mail:clear6 pager:clear6") << "also the pager, which was told";
}

TEST(Telling, SeverityStaysWhatItWasAtOpen) {
  Story s;
  s.incident.confidence = 9;
  on_transition(s.telling, s.plan, s.incident, from_seconds(0), from_seconds(0));
  s.incident.confidence = 2;
  const auto dispatches = on_transition(s.telling, s.plan, s.incident, from_seconds(200), from_seconds(200));
  ASSERT_EQ(dispatches.size(), 1u);
  EXPECT_EQ(dispatches[0].severity, Confidence::high);
  const Notification n = notification(dispatches[0], s.incident);
  EXPECT_EQ(id_of(n), "41a6f8a1f1c1a2d3-2");
  EXPECT_EQ(n.stage, Stage::update);
  EXPECT_EQ(n.at, from_seconds(200));
}

TEST(Telling, MaintenanceHoldsBackUntilItsEnd) {
  Story s;
  s.plan.maintenance = {{{.asns = {Asn{64511}}}, from_seconds(0), from_seconds(1000), "works"}};
  EXPECT_EQ(s.at(10, opened).at(500, changed).take(), "");
  EXPECT_EQ(s.next(500), 1000);
  EXPECT_EQ(s.at(1000).take(), "mail:open2 pager:open2") << "it outlived the works";
  EXPECT_EQ(s.at(1100, cleared).take(), "mail:clear3 pager:clear3");

  Story within;
  within.plan = s.plan;
  EXPECT_EQ(within.at(10, opened).at(900, cleared).at(1000).take(), "") << "began and ended in the works";

  Story before;
  before.plan = s.plan;
  before.plan.maintenance[0].from = from_seconds(5);
  EXPECT_EQ(before.at(0, opened).take(), "mail:open1 pager:open1");
  EXPECT_EQ(before.at(300, changed).take(), "");
  EXPECT_EQ(before.at(400, cleared).take(), "mail:clear3 pager:clear3") << "a clear goes out in the works too";
}

TEST(Telling, AcknowledgedMeansNoMoreUpdatesUntilItIsClear) {
  Story s;
  s.at(0, opened).take();
  acknowledge(s.telling, from_seconds(50), "alice");
  EXPECT_EQ(s.at(300, changed).take(), "");
  EXPECT_EQ(s.next(300), -1);
  EXPECT_EQ(s.at(400, cleared).take(), "mail:clear3 pager:clear3");
  EXPECT_EQ(s.at(500, reopened).take(), "mail:open4 pager:open4") << "acknowledged was the last time";
  acknowledge(s.telling, from_seconds(550), "alice");
  s.at(700, changed).take();
  resume(s.telling);
  EXPECT_EQ(s.at(800).take(), "mail:update5") << "taken back: what is untold is told";
}

TEST(Telling, SnoozedMeansNotBefore) {
  Story s;
  s.at(0, opened).take();
  snooze(s.telling, from_seconds(1000));
  EXPECT_EQ(s.at(300, changed).take(), "");
  EXPECT_EQ(s.next(300), 1000);
  EXPECT_EQ(s.at(1000).take(), "mail:update2");
  snooze(s.telling, from_seconds(9000));
  EXPECT_EQ(s.at(1100, cleared).take(), "mail:clear3 pager:clear3");
  EXPECT_EQ(s.at(1200, reopened).take(), "mail:open4 pager:open4");
}

TEST(Telling, IgnoredMeansForGood) {
  Story s;
  s.at(0, opened).take();
  ignore(s.telling);
  EXPECT_EQ(s.at(300, changed).take(), "");
  EXPECT_EQ(s.at(400, cleared).take(), "mail:clear3 pager:clear3") << "it had been told";
  EXPECT_EQ(s.at(500, reopened).at(600, cleared).take(), "");
}

TEST(Telling, AChannelThatIsGoneHearsNothingAndANewOneHearsWhatIsOpen) {
  Story s;
  s.at(0, opened).take();
  s.plan.channels = {{"mail", seconds(100)}, {"chat"}};
  EXPECT_EQ(s.at(10).take(), "chat:open1");
  EXPECT_EQ(s.at(20, cleared).take(), "mail:clear2 chat:clear2");
}

TEST(Telling, ReadsBackFromItsText) {
  Telling t{7,
            from_seconds(1234),
            {{"mail", 6, Instant{-5}, Confidence::medium}, {"pager", 7, Instant{99}, {}}},
            {},
            {},
            {},
            false};
  EXPECT_EQ(decode_telling(encode(t)), t);
  t.acknowledged = from_seconds(5);
  t.acknowledged_by = "alice at noc";
  t.snoozed_until = from_seconds(9);
  t.ignored = true;
  EXPECT_EQ(decode_telling(encode(t)), t);
  EXPECT_EQ(decode_telling(encode(Telling())), Telling());
  for (const char* bad : {"", "telling 2\n", "telling 1\nsequence x 1\n", "telling 1\ntold mail 1\n",
                          "telling 1\nhum\n", "telling 1\ntold mail 1 1 3\n", "telling 1\nsnoozed\n"}) {
    EXPECT_FALSE(decode_telling(bad)) << bad;
  }
}

// Whatever happens, each channel hears open, updates, clear, in this order; no update sooner than its interval; and
// when all is quiet and the incident is over, nobody still thinks that it is open.
RC_GTEST_PROP(TellingProperty, EveryChannelHearsAWholeStory, ()) {
  Story s;
  s.plan.routes = {{{.least = Confidence::high}, {"pager"}, false}, {{}, {"mail"}, false}};
  s.plan.maintenance = {{{}, from_seconds(2000), from_seconds(3000), "works"}};
  std::map<std::string, bool> open;
  std::map<std::string, std::int64_t> last;
  std::map<std::string, std::uint32_t> sequence;
  bool begun = false;
  std::int64_t now = 0;
  const auto hear = [&](const std::vector<Dispatch>& dispatches) {
    for (const Dispatch& d : dispatches) {
      RC_ASSERT(open[d.channel] == (d.stage != Stage::open));
      RC_ASSERT(d.sequence > sequence[d.channel] || !open[d.channel]);
      if (d.stage == Stage::update) RC_ASSERT(now - last[d.channel] >= 100 && d.channel == "mail");
      open[d.channel] = d.stage != Stage::clear;
      sequence[d.channel] = d.sequence;
      last[d.channel] = now;
    }
  };
  for (int i = 0, steps = *rc::gen::inRange(0, 40); i < steps; ++i) {
    now += *rc::gen::inRange(0, 400);
    switch (*rc::gen::inRange(0, 8)) {
      case 0: acknowledge(s.telling, from_seconds(now), "x"); break;
      case 1: snooze(s.telling, from_seconds(now + 500)); break;
      case 2: resume(s.telling); break;
      case 3: s.incident.confidence = *rc::gen::inRange(1, 12); break;
      case 4: s.telling = *decode_telling(encode(s.telling)); break;
      case 5:
        if (begun) hear(settle(s.telling, s.plan, s.incident, from_seconds(now)));
        break;
      default: {
        const bool over = begun && *rc::gen::inRange(0, 3) == 0 && s.incident.state == IncidentState::open;
        s.incident.state = over ? IncidentState::cleared : IncidentState::open;
        begun = true;
        hear(on_transition(s.telling, s.plan, s.incident, from_seconds(now), from_seconds(now)));
        if (over) {
          for (const auto& [channel, stands] : open) RC_ASSERT(!stands);
        }
      }
    }
  }
  // What waits comes when it is due, and then nothing waits any more.
  for (int i = 0; i < 10; ++i) {
    const auto due = next_due(s.telling, s.plan, s.incident, from_seconds(now));
    if (!due) break;
    RC_ASSERT(*due > from_seconds(now));
    now = due->whole_seconds();
    hear(settle(s.telling, s.plan, s.incident, *due));
    RC_ASSERT(i < 9);
  }
}

}  // namespace
}  // namespace fairway::notify
