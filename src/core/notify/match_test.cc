#include "core/notify/match.h"

#include <gtest/gtest.h>

#include "core/notify/incidents_for_tests.h"
#include "core/notify/plan.h"

namespace fairway::notify {
namespace {

// The incident: a hijack (high) of 192.0.2.0/24 and 198.51.100.0/25 of AS64500 by AS64511.
Incident incident() {
  Incident i = hijack();
  i.prefixes.push_back(prefix_of("198.51.100.0/25"));
  return i;
}

TEST(Match, WhatIsTouchedAndWhatLiesWithin) {
  const Group web{"web", {prefix_of("192.0.2.0/24")}, {}}, customer{"customer", {}, {Asn{64500}}},
      other{"other", {prefix_of("203.0.113.0/24")}, {Asn{1}}};
  struct Row {
    const char* what;
    Match match;
    bool touches, lies_within;
  };
  const Row rows[] = {
      {"everything", {}, true, true},
      {"its kind", {.kinds = {"leak", "hijack"}}, true, true},
      {"another kind", {.kinds = {"leak"}}, false, false},
      {"its confidence", {.least = Confidence::high}, true, true},
      {"one of its prefixes", {.prefixes = {prefix_of("192.0.2.0/24")}}, true, false},
      {"all of them", {.prefixes = {prefix_of("192.0.2.0/24"), prefix_of("198.51.100.0/24")}}, true, true},
      {"a block over all", {.prefixes = {prefix_of("0.0.0.0/0")}}, true, true},
      {"a part of one of them", {.prefixes = {prefix_of("192.0.2.128/25")}}, true, false},
      {"a block beside", {.prefixes = {prefix_of("198.51.100.128/25")}}, false, false},
      {"the other family", {.prefixes = {prefix_of("::/0")}}, false, false},
      {"the offender", {.asns = {Asn{64511}}}, true, true},
      {"the victim, among others", {.asns = {Asn{1}, Asn{64500}}}, true, true},
      {"a stranger", {.asns = {Asn{1}}}, false, false},
      {"a group by prefix", {.groups = {web}}, true, false},
      {"a group by AS", {.groups = {other, customer}}, true, true},
      {"a group that has nothing to do with it", {.groups = {other}}, false, false},
      {"all conditions hold", {.kinds = {"hijack"}, .asns = {Asn{64511}}, .groups = {customer}}, true, true},
      {"one condition does not", {.kinds = {"outage"}, .asns = {Asn{64511}}, .groups = {customer}}, false, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(touches(row.match, incident()), row.touches) << row.what;
    EXPECT_EQ(lies_within(row.match, incident()), row.lies_within) << row.what;
  }
  Incident weak = incident();
  weak.confidence = 7;
  EXPECT_FALSE(touches({.least = Confidence::high}, weak));
  EXPECT_TRUE(touches({.least = Confidence::medium}, weak));
}

std::string names(const Plan& plan, const Incident& i) {
  std::string text;
  for (const PlannedChannel* channel : recipients(plan, i)) text += (text.empty() ? "" : " ") + channel->name;
  return text;
}

TEST(Plan, WithoutRoutesEveryChannelHears) {
  EXPECT_EQ(names({.channels = {{"mail"}, {"pager"}}}, incident()), "mail pager");
}

TEST(Plan, RoutesAddUpUntilTheLast) {
  Plan plan{.channels = {{"mail"}, {"pager"}, {"chat"}}};
  plan.routes = {{{.kinds = {"leak"}}, {"chat"}, true},
                 {{.least = Confidence::high}, {"pager"}, false},
                 {{.asns = {Asn{64500}}}, {"mail", "pager"}, true},
                 {{}, {"chat"}, false}};
  EXPECT_EQ(names(plan, incident()), "mail pager");
  EXPECT_EQ(names(plan, leak()), "chat");
  Incident outage = incident();
  outage.type = IncidentType::outage_as;
  outage.victims = {Asn{2}};
  outage.confidence = 4;
  EXPECT_EQ(names(plan, outage), "chat");
  plan.routes.pop_back();
  EXPECT_EQ(names(plan, outage), "") << "no route wants it";
}

TEST(Plan, AWindowHoldsFromItsBeginningUntilItsEnd) {
  Plan plan;
  plan.maintenance = {{{.asns = {Asn{64500}}}, from_seconds(100), from_seconds(200), "first"},
                      {{.asns = {Asn{64500}}}, from_seconds(150), from_seconds(300), "second"},
                      {{.prefixes = {prefix_of("192.0.2.0/24")}}, from_seconds(0), from_seconds(900), "too narrow"}};
  const auto reason = [&](std::int64_t second) {
    const MaintenanceWindow* window = maintenance(plan, incident(), from_seconds(second));
    return window == nullptr ? "" : window->reason;
  };
  EXPECT_EQ(reason(99), "");
  EXPECT_EQ(reason(100), "first");
  EXPECT_EQ(reason(199), "second") << "the one that ends last";
  EXPECT_EQ(reason(299), "second");
  EXPECT_EQ(reason(300), "");
}

}  // namespace
}  // namespace fairway::notify
