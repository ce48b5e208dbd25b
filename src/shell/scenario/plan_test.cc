#include "shell/scenario/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "shell/scenario/library.h"
#include "shell/scenario/tables.h"

namespace fairway::scenario {
namespace {

std::vector<Scenario> all_scenarios() {
  std::vector<Scenario> scenarios;
  for (const EmbeddedFile& file : embedded_scenarios()) {
    Result<Scenario> scenario = read_scenario(file.text);
    EXPECT_TRUE(scenario) << file.name << ": " << scenario.error().text;
    if (scenario) scenarios.push_back(std::move(*scenario));
  }
  return scenarios;
}

const TableFile& file_of(const std::vector<TableFile>& files, std::string_view name) {
  return *std::find_if(files.begin(), files.end(), [&](const TableFile& file) { return file.name == name; });
}

// What `b` is to `a`, by the relationships file: 'u' (up: provider), 'd' (down: customer), 'p' (peer), '?' (nothing
// said).
class Relations {
 public:
  explicit Relations(std::string_view serial1) {
    while (!serial1.empty()) {
      std::string_view line = cut(serial1, '\n');
      if (line.starts_with('#')) continue;
      const std::uint32_t a = parse_number<std::uint32_t>(cut(line, '|')).value();
      const std::uint32_t b = parse_number<std::uint32_t>(cut(line, '|')).value();
      const bool peers = line == "0";
      relation_[{a, b}] = peers ? 'p' : 'd';
      relation_[{b, a}] = peers ? 'p' : 'u';
    }
  }
  char of(Asn a, Asn b) const {
    const auto found = relation_.find({a.value, b.value});
    return found == relation_.end() ? '?' : found->second;
  }

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, char> relation_;
};

// From the origin a path goes up, over at most one peering, and down (RFC 7908 calls everything else a leak).
std::string valley(const Hops& path, const Relations& relations) {
  bool top = false;
  for (std::size_t i = path.size(); i-- > 1;) {
    if (path[i] == path[i - 1]) continue;
    const char hop = relations.of(path[i], path[i - 1]);
    const std::string link = to_string(path[i - 1]) + " " + to_string(path[i]);
    if (hop == '?') return "nothing is said about " + link;
    if (top && hop != 'd') return "a valley at " + link;
    top = top || hop != 'u';
  }
  return {};
}

TEST(Scenarios, ThereAreTheTwoOf2018AndAtLeastEightMore) {
  std::set<std::string> names;
  for (const Scenario& scenario : all_scenarios()) names.insert(scenario.name);
  EXPECT_GE(names.size(), 10u);
  EXPECT_TRUE(names.contains("mainone-google-2018"));
  EXPECT_TRUE(names.contains("payment-processors-2018"));
  for (const EmbeddedFile& file : embedded_scenarios())
    EXPECT_TRUE(names.contains(std::string(file.name))) << file.name;
}

TEST(Scenarios, WhatIsThereBeforeAndTheNoiseAreOrdinaryRouting) {
  for (const Scenario& scenario : all_scenarios()) {
    const Relations relations(file_of(table_files(scenario, scenario.then), "as-relationships.txt").text);
    const Plan plan = make_plan(scenario, {.events = false});
    std::set<std::string> wrong;
    const auto look = [&](const Hops& path) {
      if (std::string why = valley(path, relations); !why.empty()) wrong.insert(to_string(AsPath(path)) + ": " + why);
    };
    for (const auto& [prefix, row] : plan.table) {
      for (const Hops& path : row) look(path);
    }
    for (const Told& told : plan.told) look(told.path);
    for (const std::string& line : wrong) ADD_FAILURE() << scenario.name << ": " << line;
  }
}

TEST(Scenarios, EveryViewIsFullAndBeginsItsPaths) {
  for (const Scenario& scenario : all_scenarios()) {
    EXPECT_GE(scenario.views.size(), 5u) << scenario.name;
    const Plan plan = make_plan(scenario);
    for (std::size_t view = 0; view < scenario.views.size(); ++view) {
      std::size_t routes = 0;
      for (const auto& [prefix, row] : plan.table) {
        ASSERT_EQ(row.size(), scenario.views.size());
        if (row[view].empty()) continue;
        ++routes;
        EXPECT_EQ(row[view].front(), scenario.views[view].asn()) << scenario.name;
      }
      EXPECT_GE(routes, plan.table.size() * 95 / 100) << scenario.name << " view " << view;
      EXPECT_GE(routes, 2000u) << scenario.name;
    }
  }
}

TEST(Scenarios, TheUpdatesAreInTimeAndBetweenStartAndEnd) {
  for (const Scenario& scenario : all_scenarios()) {
    const Plan plan = make_plan(scenario);
    EXPECT_TRUE(std::is_sorted(plan.told.begin(), plan.told.end(), [](auto& a, auto& b) { return a.time < b.time; }));
    EXPECT_GE(plan.told.front().time, scenario.start);
    EXPECT_LE(plan.told.back().time, scenario.end);
  }
}

TEST(Scenarios, WithoutTheEventsOnlyTheirUpdatesAreMissing) {
  for (const Scenario& scenario : all_scenarios()) {
    const Plan with = make_plan(scenario), without = make_plan(scenario, {.events = false}),
               only = make_plan(scenario, {.background = false});
    EXPECT_GT(only.told.size(), 0u) << scenario.name;
    EXPECT_EQ(with.told.size(), without.told.size() + only.told.size()) << scenario.name;
    EXPECT_TRUE(with.table == without.table) << scenario.name;
  }
}

TEST(Scenarios, TheBackgroundIsOfNobody) {
  for (const Scenario& scenario : all_scenarios()) {
    std::set<Prefix> prefixes;
    for (const BackgroundOrigin& origin : background_origins(scenario.background)) {
      EXPECT_GE(origin.asn.value, 1'000'000u);
      for (const Prefix& prefix : origin.prefixes) {
        EXPECT_TRUE(scenario.background.pool.covers(prefix));
        EXPECT_TRUE(prefixes.insert(prefix).second) << "twice: " << to_string(prefix);
      }
    }
    EXPECT_EQ(prefixes.size(), scenario.background.prefixes);
    for (const TableFact& fact : scenario.table) {
      for (const Prefix& prefix : fact.prefixes)
        EXPECT_FALSE(scenario.background.pool.covers(prefix)) << to_string(prefix);
    }
  }
}

TEST(Plan, AViewJoinsATailWhereItsChainMeetsIt) {
  const auto hops = [](std::initializer_list<std::uint32_t> values) {
    Hops path;
    for (const std::uint32_t value : values) path.push_back(Asn{value});
    return path;
  };
  EXPECT_EQ(join(hops({1, 2, 3}), hops({3, 9})), hops({1, 2, 3, 9}));
  EXPECT_EQ(join(hops({1, 2, 3}), hops({5, 2, 9})), hops({1, 2, 9}));
  EXPECT_EQ(join(hops({1, 2}), hops({7, 9})), hops({1, 2, 7, 9}));
  EXPECT_EQ(join(hops({1, 2}), hops({1, 9})), hops({1, 9}));
}

constexpr std::string_view kSmall =
    "version: 1\nname: small\ntitle: t\nsummary: s\ncollector: c\n"
    "start: 2020-01-01T00:00:00Z\nend: 2020-01-01T02:00:00Z\n"
    "views: [{chain: 1 10, synthetic: true}, {chain: 2 11, synthetic: true}, {chain: '3', synthetic: true}]\n"
    "background: {prefixes: 6, pool: 22.0.0.0/8, tops: [10, 11, 3], interval: 0}\n"
    "table:\n"
    "  - {prefixes: [192.0.2.0/24], paths: [1 5 9], tails: [10 9, 11 9], synthetic: true}\n"
    "events:\n"
    "  - {at: 2020-01-01T01:00:00Z, within: 10, announce: [192.0.2.0/24, 192.0.2.0/25], tails: [11 6], views: [1, 2], "
    "synthetic: true}\n"
    "  - {at: 2020-01-01T01:30:00Z, restore: [192.0.2.0/24, 192.0.2.0/25], synthetic: true}\n"
    "expected: []\n";

TEST(Plan, SaysWhoTellsWhatAndRestoresOnlyWhatChanged) {
  const auto scenario = read_scenario(kSmall);
  ASSERT_FALSE(scenario);  // expected: something must be
  std::string text(kSmall);
  text.replace(text.find("expected: []"), 12, "expected: [{kind: hijack, type: origin, offenders: [6]}]");
  const auto good = read_scenario(text);
  ASSERT_TRUE(good) << good.error().text;
  const Plan plan = make_plan(*good, {.background = false});
  const Row& row = plan.table.at(parse_prefix("192.0.2.0/24").value());
  EXPECT_EQ(to_string(AsPath(row[0])), "1 5 9");
  EXPECT_EQ(to_string(AsPath(row[1])), "2 11 9");
  EXPECT_EQ(to_string(AsPath(row[2])), "3 10 9");
  std::vector<std::string> lines;
  for (const Told& told : plan.told) {
    std::string line = to_string(told.time).substr(11, 8) + " view " + std::to_string(told.view);
    line += told.what == Told::What::announce ? " A" : " W";
    for (const Prefix& prefix : told.prefixes) line += " " + to_string(prefix);
    if (!told.path.empty()) line += " | " + to_string(AsPath(told.path));
    lines.push_back(line);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "01:00:00 view 0 A 192.0.2.0/24 192.0.2.0/25 | 1 10 11 6",
                       "01:00:05 view 1 A 192.0.2.0/24 192.0.2.0/25 | 2 11 6",
                       "01:30:00 view 0 A 192.0.2.0/24 | 1 5 9",
                       "01:30:00 view 0 W 192.0.2.0/25",
                       "01:30:00 view 1 A 192.0.2.0/24 | 2 11 9",
                       "01:30:00 view 1 W 192.0.2.0/25",
                   }));
}

}  // namespace
}  // namespace fairway::scenario
