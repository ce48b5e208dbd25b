#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "shell/scenario/library.h"

namespace fairway::scenario {
namespace {

// A scenario that is well; each case below spoils one thing.
std::string small() {
  return "version: 1\n"
         "name: small\n"
         "title: t\n"
         "summary: s\n"
         "sources: [{id: ripe, title: RIPE}]\n"
         "collector: c\n"
         "start: 2020-01-01T00:00:00Z\n"
         "end: 2020-01-01T02:00:00Z\n"
         "views: [{chain: 1 10, source: ripe}]\n"
         "background: {prefixes: 6, pool: 22.0.0.0/8, tops: [10], interval: 0}\n"
         "relationships: [{provider: 10, customers: [9], recalled: true}]\n"
         "table: [{prefixes: [192.0.2.0/24], tails: [10 9], synthetic: true}]\n"
         "events: [{at: 2020-01-01T01:00:00Z, announce: [192.0.2.0/24], paths: [1 10 6], source: ripe}]\n"
         "then: {rpki: true, vrps: [{prefix: 192.0.2.0/24, asn: 9, source: ripe}]}\n"
         "expected: [{kind: hijack, type: origin, offenders: [6]}]\n";
}

std::string complaint(std::string_view what, std::string_view by) {
  std::string text = small();
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), by);
  const auto scenario = read_scenario(text);
  return scenario ? "" : scenario.error().text;
}

TEST(ScenarioFile, IsRead) {
  const auto scenario = read_scenario(small());
  ASSERT_TRUE(scenario) << scenario.error().text;
  EXPECT_EQ(scenario->name, "small");
  EXPECT_EQ(scenario->views.at(0).asn(), Asn{1});
  EXPECT_EQ(scenario->events.at(0).mark.source, "ripe");
  EXPECT_TRUE(scenario->then.rpki);
  EXPECT_FALSE(scenario->now.rpki);
}

TEST(ScenarioFile, EveryFactSaysWhereItComesFrom) {
  const std::string marks = "a fact needs exactly one of source, recalled, synthetic";
  EXPECT_EQ(complaint("{chain: 1 10, source: ripe}", "{chain: 1 10}"), "line 9, column 9: " + marks);
  EXPECT_EQ(complaint("customers: [9], recalled: true", "customers: [9]"), "line 11, column 17: " + marks);
  EXPECT_EQ(complaint("tails: [10 9], synthetic: true", "tails: [10 9], synthetic: true, recalled: true"),
            "line 12, column 9: " + marks);
  EXPECT_EQ(complaint("asn: 9, source: ripe", "asn: 9, source: nobody"),
            "line 14, column 66: there is no source 'nobody'");
}

TEST(ScenarioFile, IsRefusedWhereItCannotBePlayed) {
  EXPECT_EQ(complaint("tops: [10]", "tops: [11]"), "line 9, column 17: a chain ends with one of the tops");
  EXPECT_EQ(complaint("paths: [1 10 6]", "paths: [2 10 6]"), "line 13, column 70: a path begins with the AS of a view");
  EXPECT_EQ(complaint("at: 2020-01-01T01", "at: 2021-01-01T01"),
            "line 13, column 15: this is not between start and end");
  EXPECT_EQ(complaint("end: 2020-01-01T02", "end: 2019-01-01T02").substr(0, 21), "line 8, column 6: the");
  EXPECT_EQ(complaint(", paths: [1 10 6]", ""),
            "line 13, column 10: an announcement has paths or tails, and only an announcement");
  EXPECT_EQ(complaint("announce: [192.0.2.0/24], paths: [1 10 6]", "restore: [192.0.2.0/24], withdraw: [192.0.2.0/24]"),
            "line 13, column 10: an event is one of announce, withdraw, restore");
  EXPECT_EQ(complaint("type: origin", "type: type-9"), "line 15, column 33: a hijack has no type 'type-9'");
  EXPECT_EQ(complaint("pool: 22.0.0.0/8", "pool: 22.0.0.0/19"),
            "line 10, column 33: the pool is too small for so many prefixes");
  EXPECT_EQ(complaint("rpki: true, ", ""), "line 14, column 14: there are VRPs only where rpki is true");
  EXPECT_EQ(complaint("[{provider: 10, customers: [9]", "[{provider: 10, peers: [9]"),
            "line 11, column 17: a relationship is a provider with customers, or two or more peers");
  EXPECT_EQ(complaint("expected: [{kind: hijack, type: origin, offenders: [6]}]", "expected: []"),
            "line 1, column 1: 'expected' is missing");
  EXPECT_EQ(complaint("version: 1", "version: 3"), "line 1, column 10: this is version 3; version 1 is read here");
}

TEST(ScenarioFile, PrintedItReadsBackAsTheSame) {
  std::vector<std::string> texts = {small()};
  for (const EmbeddedFile& file : embedded_scenarios()) texts.emplace_back(file.text);
  for (const std::string& text : texts) {
    const auto tree = config::parse_yaml(text);
    ASSERT_TRUE(tree);
    const auto again = read_scenario(config::print(*tree, scenario_schema()));
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(*again, *read_scenario(text));
  }
}

TEST(ScenarioFile, ThePageIsThatOfTheDeclarations) {
  std::ifstream file(FAIRWAY_SOURCE_DIR "/docs/formats/scenario.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_NE(page.find(config::reference(scenario_schema())), std::string::npos)
      << "docs/formats/scenario.md should hold these tables:\n\n"
      << config::reference(scenario_schema());
  const std::string example = config::example(scenario_schema());
  const auto read = config::parse_yaml(example);
  ASSERT_TRUE(read);
  EXPECT_TRUE(config::check(*read, scenario_schema()).empty());
}

TEST(ScenarioLibrary, KnowsItsScenariosByName) {
  ASSERT_TRUE(load_scenario("mainone-google-2018"));
  const auto none = load_scenario("nothing");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::not_found);
  EXPECT_NE(none.error().text.find("payment-processors-2018"), std::string::npos);
}

}  // namespace
}  // namespace fairway::scenario
