// fairway judge against fairway dump on every MRT file of the real data: the routes judged are the routes announced,
// one by one; against a plain scan of the VRPs on a sample of them; and with one thread against several.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "apps/fairway/answer_for_tests.h"
#include "base/text.h"
#include "core/model/as_path.h"
#include "core/model/prefix.h"

namespace fairway {
namespace {

namespace fs = std::filesystem;

const char* folder() { return std::getenv("FAIRWAY_TEST_DATA"); }

#define FAIRWAY_NEEDS_DATA() \
  if (folder() == nullptr) GTEST_SKIP() << "skipped: no shared data: set FAIRWAY_TEST_DATA"

std::vector<fs::path> mrt_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(folder()) / "mrt")) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string output(std::vector<std::string> arguments) {
  Answer answer = run(arguments);
  EXPECT_TRUE(answer.code == ExitCode::fine || answer.code == ExitCode::damaged) << answer.err;
  return std::move(answer.out);
}

// For data directories without what a developer's own would add, and for the files of a test.
const fs::path& scratch() {
  static const struct Folder {
    fs::path path = fs::path(::testing::TempDir()) / ("fairway_judge_test_" + std::to_string(::getpid()));
    Folder() { fs::create_directories(path / "empty"); }
    ~Folder() { fs::remove_all(path); }
  } folder;
  return folder.path;
}

std::vector<std::string> judge(const std::string& file, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"judge", "--data", (scratch() / "empty").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back(file);
  return arguments;
}

TEST(JudgeOnRealData, JudgesWhatDumpAnnounces) {
  FAIRWAY_NEEDS_DATA();
  std::size_t routes = 0;
  for (const fs::path& file : mrt_files()) {
    SCOPED_TRACE(file.filename().string());
    const std::string judged = output(judge(file, {"--each"})), dumped = output({"dump", "--format", "psv", file});
    std::string_view left = judged, right = dumped;
    cut(left, '\n');  // the headers
    cut(right, '\n');
    std::size_t apart = 0;
    while (apart < 3 && (!left.empty() || !right.empty())) {
      std::string_view line = cut(right, '\n');
      if (!line.empty() && cut(line, '|') != "A") continue;
      cut(line, '|');  // the time
      const std::string_view peer = cut(line, '|'), asn = cut(line, '|'), prefix = cut(line, '|'),
                             path = cut(line, '|');
      std::string_view verdict = cut(left, '\n');
      const std::string_view fields[] = {cut(verdict, '\t'), cut(verdict, '\t'), cut(verdict, '\t'),
                                         cut(verdict, '\t')};
      apart += fields[0] != prefix || fields[1] != path || fields[2] != asn || fields[3] != peer;
      ++routes;
    }
    EXPECT_EQ(apart, 0u) << "a route of one that the other does not have, or in another place";
  }
  EXPECT_GT(routes, 1'000'000u);
}

TEST(JudgeOnRealData, SaysTheSameWithAnyNumberOfThreads) {
  FAIRWAY_NEEDS_DATA();
  for (const char* name : {"mrt/updates/ris.rrc06.updates.1401488100.gz", "mrt/full/bview.20020722.2337.gz"}) {
    const std::string file = (fs::path(folder()) / name).string();
    for (const std::vector<std::string>& what : {std::vector<std::string>{"--each"}, {"--format", "json"}}) {
      std::vector<std::string> one = what, five = what;
      one.insert(one.end(), {"--threads", "1"});
      five.insert(five.end(), {"--threads", "5"});
      EXPECT_TRUE(output(judge(file, one)) == output(judge(file, five))) << name << " " << what.front();
    }
  }
}

struct PlainVrp {
  Prefix prefix;
  unsigned max_length = 0;
  Asn asn;
};

// RFC 6811 section 2 in the words of this test: every VRP is looked at.
std::string plain_state(const std::vector<PlainVrp>& vrps, const Prefix& prefix, Asn origin) {
  std::string state = "not-found";
  for (const PlainVrp& vrp : vrps) {
    if (!vrp.prefix.covers(prefix)) continue;
    if (vrp.asn == origin && vrp.asn.value != 0 && prefix.length() <= vrp.max_length) return "valid";
    state = "invalid";
  }
  return state;
}

TEST(JudgeOnRealData, OriginsAreWhatAPlainScanSays) {
  FAIRWAY_NEEDS_DATA();
  const std::string csv = (scratch() / "vrps.csv").string(), batch = (scratch() / "routes.tsv").string();
  std::vector<std::pair<Prefix, Asn>> pairs;
  const std::string table =
      output({"dump", "--format", "psv", (fs::path(folder()) / "mrt/full/bview.20020722.2337.gz").string()});
  std::string_view rest = table;
  for (cut(rest, '\n'); !rest.empty();) {
    std::string_view line = cut(rest, '\n');
    const auto fields = split(line, '|');
    const auto origin = parse_asn(fields[6]);
    if (origin) pairs.emplace_back(*parse_prefix(fields[4]), *origin);
  }
  ASSERT_GT(pairs.size(), 100'000u);
  // VRPs of 2002 there are none: they are made of routes, some right, some of others, some too short.
  std::mt19937 random(2002);
  std::vector<PlainVrp> vrps;
  std::ofstream out(csv);
  out << "ASN,IP Prefix,Max Length,Trust Anchor\n";
  for (int i = 0; i < 3000; ++i) {
    const auto& [prefix, origin] = pairs[random() % pairs.size()];
    const Prefix shorter = prefix.parent(prefix.length() - random() % std::min(prefix.length(), 5u));
    const unsigned longest = shorter.length() + static_cast<unsigned>(random() % (33 - shorter.length()));
    const Asn asn = random() % 4 == 0 ? pairs[random() % pairs.size()].second : origin;
    vrps.push_back({shorter, longest, asn});
    out << "AS" << asn.value << ',' << to_string(shorter) << ',' << longest << ",test\n";
  }
  out.close();
  std::string lines;
  std::vector<std::string> expected;
  std::map<std::string, unsigned> counts;
  for (int i = 0; i < 10'000; ++i) {
    const auto& [prefix, origin] = pairs[random() % pairs.size()];
    lines += to_string(prefix) + '\t' + to_string(origin) + '\n';
    expected.push_back(plain_state(vrps, prefix, origin));
    ++counts[expected.back()];
  }
  std::ofstream(batch) << lines;
  const std::string empty = (scratch() / "empty").string();
  const std::string answers = output({"check", "--data", empty, "--rpki", csv, "--batch", batch, "--format", "tsv"});
  std::string_view left = answers;
  cut(left, '\n');
  std::size_t apart = 0;
  for (const std::string& state : expected) {
    std::string_view line = cut(left, '\n');
    apart += cut(line, '\t') != state;
  }
  EXPECT_EQ(apart, 0u);
  EXPECT_TRUE(left.empty());
  for (const char* state : {"valid", "invalid", "not-found"}) EXPECT_GT(counts[state], 100u) << state;
}

}  // namespace
}  // namespace fairway
