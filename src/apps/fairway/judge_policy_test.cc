// fairway judge --policy and check --policy: on a registry small enough to be counted by hand; and, where there are
// real data, that counts add up, that lines and counts are the same thing, and that threads change nothing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "apps/fairway/answer_for_tests.h"
#include "base/text.h"
#include "core/verdict/policy_state.h"

namespace fairway {
namespace {

namespace fs = std::filesystem;

class Policy : public ::testing::Test {
 protected:
  Policy() {
    fs::create_directories(folder_ / "empty");
    std::ofstream(folder_ / "registry.db") << "aut-num: AS64501\n"
                                              "import:  from AS64500 accept AS64500\n"
                                              "import:  from AS64502 accept fltr-gone\n"
                                              "export:  to AS64502 announce whatever\n"
                                              "source:  RIPE\n\n"
                                              "route:   192.0.2.0/24\n"
                                              "origin:  AS64500\n"
                                              "source:  RIPE\n";
  }
  ~Policy() override { fs::remove_all(folder_); }

  std::vector<std::string> words(std::string_view command, const std::vector<std::string>& more) const {
    std::vector<std::string> all{std::string(command),         "--policy", "--data",
                                 (folder_ / "empty").string(), "--irr",    (folder_ / "registry.db").string()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  const fs::path folder_ = fs::path(::testing::TempDir()) / ("fairway_policy_test_" + std::to_string(::getpid()));
};

TEST_F(Policy, CheckTellsEachHopWithItsRules) {
  const Answer good = run(words("check", {"--path", "64501 64500", "192.0.2.0/24"}));
  EXPECT_EQ(good.code, ExitCode::fine) << good.err;
  EXPECT_EQ(good.out,
            "AS64500 to AS64501\n"
            "  export  unrecorded: the AS has no aut-num object in the registries at hand\n"
            "  import  ok: a rule lets the route through\n"
            "          ok  import: from AS64500 accept AS64500  (RIPE)\n");
  EXPECT_NE(good.err.find("1 rules and sets of policies are not understood, the first at 4: AS64501: 'whatever' is no "
                          "filter: 'to AS64502 announce whatever'"),
            std::string::npos)
      << good.err;
  const Answer bad = run(words("check", {"--path", "64502 64501 64500", "198.51.100.0/24"}));
  EXPECT_EQ(bad.code, ExitCode::fine) << "a missing route object is no offence: " << bad.out;
  EXPECT_NE(bad.out.find("  import  special: the rule names the origin of the route, but there is no route object for "
                         "it\n          special  import: from AS64500 accept AS64500  [missing-route: AS64500]  "
                         "(RIPE)\n"),
            std::string::npos)
      << bad.out;
  EXPECT_NE(bad.out.find("  export  skipped: the rule, or a set that it names, cannot be read\n          skipped  "
                         "export: to AS64502 announce whatever  [unread: ?]  (RIPE)\n"),
            std::string::npos)
      << bad.out;
  const Answer strange = run(words("check", {"--format", "json", "--path", "64501 64503", "192.0.2.0/24"}));
  EXPECT_EQ(strange.code, ExitCode::negative);
  EXPECT_EQ(
      strange.out,
      "{\"version\": 1, \"prefix\": \"192.0.2.0/24\", \"path\": \"64501 64503\", \"hops\": [{\"from\": 64503, "
      "\"to\": 64501, \"export\": {\"state\": \"unrecorded\", \"reason\": \"no-aut-num\", \"description\": \"the AS "
      "has no aut-num object in the registries at hand\", \"rules\": []}, \"import\": {\"state\": \"bad\", "
      "\"reason\": \"no-peering\", \"description\": \"no rule is about this neighbour\", \"rules\": []}}]}\n");
  EXPECT_EQ(run(words("check", {"192.0.2.0/24", "AS64500"})).code, ExitCode::failure) << "there is no path";
}

TEST_F(Policy, JudgeWantsPolicies) {
  std::ofstream(folder_ / "routes.db") << "route: 192.0.2.0/24\norigin: AS1\nsource: RIPE\n";
  const Answer answer = run({"judge", "--policy", "--data", (folder_ / "empty").string(), "--irr",
                             (folder_ / "routes.db").string(), "/nowhere.mrt"});
  EXPECT_EQ(answer.code, ExitCode::refused);
  EXPECT_NE(answer.err.find("no aut-num objects are loaded"), std::string::npos) << answer.err;
}

// Policies are read where they are asked for alone.
TEST_F(Policy, AreNotReadByOtherCommands) {
  const Answer answer = run({"check", "--data", (folder_ / "empty").string(), "--irr",
                             (folder_ / "registry.db").string(), "192.0.2.0/24", "AS64500"});
  EXPECT_NE(answer.out.find("AS64500"), std::string::npos) << answer.out;
  EXPECT_EQ(answer.err.find("policies"), std::string::npos) << answer.err;
}

const char* data() { return std::getenv("FAIRWAY_TEST_DATA"); }
#define FAIRWAY_NEEDS_DATA() \
  if (data() == nullptr) GTEST_SKIP() << "skipped: no shared data: set FAIRWAY_TEST_DATA"

std::string judge(const std::string& file, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"judge", "--policy", "--data", std::string(data()) + "/world"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back(std::string(data()) + "/mrt/" + file);
  Answer answer = run(arguments);
  EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
  return std::move(answer.out);
}

std::uint64_t number_behind(std::string_view text, std::string_view key, std::size_t from = 0) {
  const std::size_t at = text.find(key, from);
  if (at == std::string_view::npos) return 0;
  std::string_view rest = text.substr(at + key.size());
  return std::strtoull(std::string(rest.substr(0, 20)).c_str(), nullptr, 10);
}

// The lines, counted here, are the counts; whatever the number of threads.
TEST(PolicyOnRealData, CountsAddUp) {
  FAIRWAY_NEEDS_DATA();
  for (const char* file :
       {"full/routeviews.route-views.jinx.ribs.1401487200.bz2", "updates/ris-updates.20190101.0000.gz"}) {
    SCOPED_TRACE(file);
    const std::string lines = judge(file, {"--each", "--threads", "2"});
    EXPECT_EQ(lines, judge(file, {"--each", "--threads", "1"}));
    std::map<std::string, std::array<std::uint64_t, 2>, std::less<>> checks;  // by "state(reason)": exports, imports
    std::map<std::string, std::uint64_t, std::less<>> states;                 // of both
    std::uint64_t routes = 0, hops = 0;
    std::string_view rest = lines;
    cut(rest, '\n');
    while (!rest.empty()) {
      std::string_view line = cut(rest, '\n');
      ++routes;
      for (int i = 0; i < 4; ++i) cut(line, '\t');
      for (std::string_view hop = next_word(line); !hop.empty(); hop = next_word(line)) {
        ++hops;
        cut(hop, ':');
        const std::string_view exported = cut(hop, '/');
        ++checks[std::string(exported)][0];
        ++checks[std::string(hop)][1];
        ++states[std::string(exported.substr(0, exported.find('(')))];
        ++states[std::string(hop.substr(0, hop.find('(')))];
      }
    }
    const std::string json = judge(file, {"--format", "json"});
    EXPECT_EQ(number_behind(json, "\"routes\": "), routes);
    const std::size_t imports = json.find("\"imports\""), by_hop = json.find("\"hops\""),
                      worst = json.find("\"worst\"");
    std::uint64_t all = 0, told_routes = 0;
    for (const PolicyState state : kPolicyStates) {
      const std::string key = "\"" + std::string(to_string(state)) + "\": ";
      const std::uint64_t sum = number_behind(json, key) + number_behind(json, key, imports);
      EXPECT_EQ(sum, states[std::string(to_string(state))]) << key;
      all += sum;
      std::uint64_t of_hops = 0;
      for (std::size_t at = by_hop; (at = json.find(key, at)) < worst; ++at) of_hops += number_behind(json, key, at);
      EXPECT_EQ(of_hops, sum) << key;
      told_routes += number_behind(json, key, worst);
    }
    EXPECT_EQ(all, 2 * hops);
    EXPECT_EQ(told_routes + number_behind(json, "\"no-hop\": "), routes);
    for (std::size_t i = 1; i < kPolicyReasons; ++i) {
      const auto reason = static_cast<PolicyReason>(i);
      const std::string key = "\"" + std::string(to_string(reason)) + "\": ";
      const auto& counted =
          checks[std::string(to_string(state_of(reason))) + "(" + std::string(to_string(reason)) + ")"];
      EXPECT_EQ(number_behind(json, key), counted[0]) << key;
      EXPECT_EQ(number_behind(json, key, imports), counted[1]) << key;
    }
    EXPECT_GT(states["ok"], 0u);
    EXPECT_GT(states["bad"], 0u);
  }
}

}  // namespace
}  // namespace fairway
