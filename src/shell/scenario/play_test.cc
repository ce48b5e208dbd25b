// Every scenario through the whole engine: what must be found is, nothing else is, and without the events nothing is.
#include "shell/scenario/play.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "shell/scenario/library.h"

namespace fairway::scenario {
namespace {

Scenario scenario_of(std::string_view name) {
  auto scenario = load_scenario(name);
  EXPECT_TRUE(scenario) << scenario.error().text;
  return scenario ? *std::move(scenario) : Scenario{};
}

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_scenarios()) names.emplace_back(file.name);
  return names;
}

std::string sketch(const Incident& incident) {
  std::string text(to_string(kind_of(incident.type)));
  text.append(" ").append(to_string(incident.type)).append(" by");
  for (const Asn asn : incident.offenders) text += " " + to_string(asn);
  text += " of";
  for (const Asn asn : incident.victims) text += " " + to_string(asn);
  text += ", " + std::to_string(incident.prefixes.size()) + " prefixes, confidence " +
          std::to_string(incident.confidence) + ", opened " + to_string(incident.opened);
  for (const std::string& path : incident.paths) text += "\n    " + path;
  for (const Evidence& evidence : incident.evidence) {
    text.append("\n    ").append(std::to_string(evidence.weight)).append(" ").append(evidence.name);
    text.append(": ").append(evidence.fact);
  }
  return text;
}

class EveryScenario : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Scenarios, EveryScenario, testing::ValuesIn(names()), [](const auto& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST_P(EveryScenario, IsFoundAsExpectedAndNothingElseIs) {
  const Scenario scenario = scenario_of(GetParam());
  const auto performance = play(scenario);
  ASSERT_TRUE(performance) << performance.error().text;
  for (const std::string& difference : differences(scenario, *performance)) ADD_FAILURE() << difference;
  for (const Incident& incident : performance->outcome.incidents) {
    EXPECT_EQ(incident.state, IncidentState::cleared) << "still open at the end: " << sketch(incident);
  }
  EXPECT_EQ(performance->outcome.damaged_octets, 0u);
  EXPECT_TRUE(performance->outcome.failures.empty());
  EXPECT_EQ(performance->outcome.statistics.full_views, scenario.views.size());
  if (HasFailure()) {
    for (const Incident& incident : performance->outcome.incidents)
      std::printf("found: %s\n", sketch(incident).c_str());
  }
}

TEST_P(EveryScenario, WithoutItsEventsThereIsNothing) {
  const auto performance = play(scenario_of(GetParam()), {.events = false});
  ASSERT_TRUE(performance) << performance.error().text;
  EXPECT_GT(performance->outcome.statistics.updates, 500u);
  for (const Incident& incident : performance->outcome.incidents)
    ADD_FAILURE() << "out of nothing: " << sketch(incident);
}

TEST_P(EveryScenario, IsTheSameAtAnyNumberOfThreads) {
  const Scenario scenario = scenario_of(GetParam());
  const auto one = play(scenario, {.threads = 1}), four = play(scenario, {.threads = 4});
  ASSERT_TRUE(one && four);
  EXPECT_EQ(one->outcome.incidents, four->outcome.incidents);
}

TEST(ScenarioWorld, HoldsTheTablesOfTheTime) {
  const Scenario scenario = scenario_of("twitter-2022");
  const auto world = world_of(table_files(scenario, scenario.then));
  ASSERT_TRUE(world) << world.error().text;
  ASSERT_NE((*world)->vrps, nullptr);
  EXPECT_GT((*world)->vrps->size(), 500u);
  EXPECT_EQ((*world)->vrps->built(), scenario.start);
  ASSERT_NE((*world)->relationships, nullptr);
  EXPECT_EQ((*world)->relationships->of(Asn{8342}, Asn{8359}), Relationship::provider);
  EXPECT_EQ((*world)->irr, nullptr);

  const Scenario youtube = scenario_of("youtube-2008");
  EXPECT_EQ((*world_of(table_files(youtube, youtube.then)))->vrps, nullptr);  // there was no RPKI
}

}  // namespace
}  // namespace fairway::scenario
