#include "shell/pipeline/replay.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/tables/world.h"
#include "shell/pipeline/archive_for_tests.h"

namespace fairway {
namespace {

class Ignore final : public IncidentSink {
 public:
  void on_transition(Transition, Instant, const Incident&) override {}
};

ReplayOutcome play(const std::vector<ReplayInput>& inputs, unsigned threads = 2) {
  const World world;
  ReplayOptions options;
  options.threads = threads;
  Ignore sink;
  auto outcome = replay(inputs, world, options, sink);
  if (!outcome) throw std::runtime_error(outcome.error().text);
  return *std::move(outcome);
}

std::vector<std::pair<std::string, std::string>> background() {
  std::vector<std::pair<std::string, std::string>> routes;
  for (int i = 0; i < 100; ++i)
    routes.emplace_back("20.0." + std::to_string(i) + ".0/24", "3356 " + std::to_string(1001 + i));
  routes.emplace_back("192.0.32.0/24", "3356 2001");
  return routes;
}

TEST(Replay, FindsTheHijackInATableAndUpdates) {
  Archive table, updates;
  table.table(0, background());
  updates.all(10, "192.0.32.0/24", "174 2666")
      .all(500, "192.0.32.0/24", "3356 2001")
      .announce(2000, 0, "20.0.1.0/24", "174 1002");
  const ReplayOutcome outcome = play({updates.as("updates.mrt"), table.as("rib.mrt")});
  ASSERT_EQ(outcome.incidents.size(), 1u);
  const Incident& incident = outcome.incidents.at(0);
  EXPECT_EQ(incident.type, IncidentType::origin);
  EXPECT_EQ(incident.opened, Archive::time(10));
  EXPECT_EQ(incident.cleared, Archive::time(800));
  EXPECT_EQ(outcome.statistics.rib_entries, 404u);
  EXPECT_EQ(outcome.statistics.updates, 9u);
  EXPECT_EQ(outcome.first, Archive::time(10));
  EXPECT_EQ(outcome.last, Archive::time(2000));
  EXPECT_TRUE(outcome.remarks.empty());
}

TEST(Replay, SeveralCollectorsAreOneInternet) {
  Archive table0(0), table1(1), updates0(0), updates1(1);
  table0.table(0, background());
  table1.table(60, background());
  updates0.announce(100, 0, "192.0.32.0/24", "174 2666");
  updates1.announce(103, 2, "192.0.32.0/24", "174 2666").announce(101, 1, "20.0.1.0/24", "174 1002");
  const std::vector<ReplayInput> inputs = {table0.as("rrc00/bview.mrt"), updates0.as("rrc00/updates.mrt"),
                                           table1.as("rrc01/bview.mrt"), updates1.as("rrc01/updates.mrt")};
  const ReplayOutcome outcome = play(inputs);
  ASSERT_EQ(outcome.incidents.size(), 1u);
  EXPECT_EQ(outcome.incidents.at(0).views_seen, 2u);
  EXPECT_EQ(outcome.incidents.at(0).views_full, 8u);
  // In any order of the inputs, at any number of threads.
  for (const unsigned threads : {1u, 4u}) {
    EXPECT_EQ(play({inputs[3], inputs[0], inputs[2], inputs[1]}, threads).incidents, outcome.incidents);
  }
}

TEST(Replay, WithoutATableItSaysSo) {
  Archive updates;
  for (int i = 0; i < 100; ++i)
    updates.all(i * 10, "20.0." + std::to_string(i) + ".0/24", "3356 " + std::to_string(1001 + i));
  const ReplayOutcome outcome = play({updates.as("updates.mrt")});
  EXPECT_TRUE(outcome.incidents.empty());
  ASSERT_EQ(outcome.remarks.size(), 1u);
  EXPECT_NE(outcome.remarks.at(0).find("provisional baseline"), std::string::npos);
  EXPECT_NE(outcome.remarks.at(0).find(to_string(Archive::time(495))), std::string::npos) << outcome.remarks.at(0);
}

TEST(Replay, AGapBetweenFilesIsNoIncident) {
  Archive table, early, late;
  table.table(0, background());
  early.announce(10, 0, "20.0.1.0/24", "174 1002");
  late.all(4000, "192.0.32.0/24", "174 2666")
      .all(4001, "30.0.0.0/24", "174 2667")
      .announce(6000, 0, "20.0.1.0/24", "3356 1002");
  const ReplayOutcome outcome = play({table.as("rib.mrt"), early.as("updates.1.mrt"), late.as("updates.2.mrt")});
  EXPECT_TRUE(outcome.incidents.empty());
  ASSERT_EQ(outcome.remarks.size(), 1u);
  EXPECT_NE(outcome.remarks.at(0).find("nothing between"), std::string::npos);
}

TEST(Replay, DamageIsCountedAndPassedOver) {
  Archive table, updates;
  table.table(0, background());
  updates.all(10, "192.0.32.0/24", "174 2666").octets(std::string(100, '\xFF')).all(40, "20.0.1.0/24", "174 1002");
  const ReplayOutcome outcome = play({table.as("rib.mrt"), updates.as("updates.mrt")});
  EXPECT_EQ(outcome.damaged_octets, 100u);
  ASSERT_FALSE(outcome.damages.empty());
  EXPECT_EQ(outcome.incidents.size(), 1u);
  EXPECT_EQ(outcome.statistics.updates, 8u);
}

TEST(Replay, AFileThatIsNotThereIsAnError) {
  const World world;
  Ignore sink;
  const auto outcome = replay({{"/no/such/file"}}, world, {}, sink);
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().text.find("/no/such/file"), std::string::npos);
}

TEST(Replay, ExplainsWhatItWatched) {
  Archive table, updates;
  table.table(0, background());
  updates.announce(10, 0, "192.0.32.0/24", "174 2666");
  const World world;
  ReplayOptions options;
  options.engine.watch = parse_prefix("192.0.32.0/24");
  Ignore sink;
  const auto outcome = replay({table.as("rib.mrt"), updates.as("updates.mrt")}, world, options, sink);
  ASSERT_TRUE(outcome && outcome->explanation);
  const Explanation& explanation = *outcome->explanation;
  EXPECT_EQ(explanation.routes.size(), 4u);
  EXPECT_EQ(explanation.judged, 1u);
  ASSERT_EQ(explanation.suspicions.size(), 1u);
  EXPECT_EQ(explanation.suspicions.at(0).score, 0);
  EXPECT_EQ(explanation.suspicions.at(0).threshold, 1);
  EXPECT_EQ(explanation.suspicions.at(0).incident, "");
  ASSERT_EQ(explanation.known.size(), 2u);
  EXPECT_FALSE(explanation.known.at(1).counts);
}

// Real update files. Without a table of their own they may tell of a change of origin or a leak that stands out, and of
// no more.
TEST(Replay, RealFilesRaiseNoFalseAlarm) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  const std::filesystem::path folder = std::filesystem::path(data) / "mrt";
  for (const auto& entry : std::filesystem::directory_iterator(folder / "updates")) {
    SCOPED_TRACE(entry.path().filename());
    const std::vector<ReplayInput> input = {{entry.path().string()}};
    const ReplayOutcome outcome = play(input, 2);
    EXPECT_GT(outcome.statistics.updates, 1000u);
    EXPECT_LE(outcome.incidents.size(), 1u);
    EXPECT_EQ(play(input, 1).incidents, outcome.incidents);
  }
  // A session that comes up and sends a whole table in 37 seconds.
  const ReplayOutcome session = play({{(folder / "updates/updates.et-header.2015.gz").string()}});
  EXPECT_EQ(session.statistics.updates, 577'740u);
  EXPECT_TRUE(session.incidents.empty());
}

TEST(Replay, ARealTableAndItsUpdates) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  const std::string folder = std::string(data) + "/mrt/";
  const ReplayOutcome outcome = play({{folder + "full/routeviews.route-views.jinx.ribs.1401487200.bz2"},
                                      {folder + "updates/routeviews.route-views.jinx.updates.1401493500.bz2"},
                                      {folder + "updates/ris.rrc06.updates.1401488100.gz"}});
  EXPECT_EQ(outcome.statistics.rib_entries, 503'590u);
  EXPECT_LE(outcome.incidents.size(), 2u);
  for (const Incident& incident : outcome.incidents) EXPECT_LE(incident.confidence, 3);
}

}  // namespace
}  // namespace fairway
