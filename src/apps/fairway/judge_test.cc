// fairway judge against fairway dump on every MRT file of the real data: the routes judged are the routes announced,
// one by one; against a plain scan of the VRPs on a sample of them; and with one thread against several.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "apps/fairway/answer_for_tests.h"
#include "base/text.h"
#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "shell/feed/source.h"

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

// Rows `"asn": 13335, "prefix": "1.0.0.0/24", "maxLength": 24` of rpki-client's export, one a line.
std::vector<PlainVrp> plain_vrps(const std::string& path) {
  const auto text = read_all(path);
  EXPECT_TRUE(text);
  std::vector<PlainVrp> vrps;
  for (std::string_view rest = as_text(text->bytes()); !rest.empty();) {
    std::string_view line = cut(rest, '\n');
    const auto after = [&line](std::string_view key) {
      const std::size_t at = line.find(key);
      return at == std::string_view::npos ? std::string_view() : line.substr(at + key.size());
    };
    std::string_view asn = after("\"asn\": "), prefix = after("\"prefix\": \""), length = after("\"maxLength\": ");
    if (asn.empty() || prefix.empty() || length.empty()) continue;
    vrps.push_back(
        {*parse_prefix(cut(prefix, '"')), *parse_number<unsigned>(cut(length, ',')), *parse_asn(cut(asn, ','))});
  }
  return vrps;
}

// Routes of 2002 and 2014 against the VRPs of 2025: all states are there.
TEST(JudgeOnRealData, OriginsAreWhatAPlainScanSays) {
  FAIRWAY_NEEDS_DATA();
  const std::string rpki = (fs::path(folder()) / "world/rpkiclient_summary_20250720T100145Z.json.bz2").string();
  const std::vector<PlainVrp> vrps = plain_vrps(rpki);
  ASSERT_GT(vrps.size(), 700'000u);
  std::vector<std::string> pairs;  // prefix and origin, a tab between
  for (const char* name : {"mrt/full/bview.20020722.2337.gz", "mrt/updates/ris.rrc06.updates.1401488100.gz"}) {
    const std::string table = output({"dump", "--format", "psv", (fs::path(folder()) / name).string()});
    std::string_view rest = table;
    for (cut(rest, '\n'); !rest.empty();) {
      const auto fields = split(cut(rest, '\n'), '|');
      if (parse_asn(fields[6])) pairs.push_back(std::string(fields[4]) + '\t' + std::string(fields[6]));
    }
  }
  ASSERT_GT(pairs.size(), 100'000u);
  std::mt19937 random(2002);
  std::shuffle(pairs.begin(), pairs.end(), random);
  pairs.resize(300);  // every VRP is looked at for each
  const std::string batch = (scratch() / "routes.tsv").string(), empty = (scratch() / "empty").string();
  std::ofstream routes(batch);
  for (const std::string& pair : pairs) routes << pair << '\n';
  routes.close();
  const std::string answers = output({"check", "--data", empty, "--rpki", rpki, "--batch", batch, "--format", "tsv"});
  std::string_view left = answers;
  cut(left, '\n');
  std::map<std::string, unsigned> counts;
  for (const std::string& pair : pairs) {
    std::string_view origin = pair, line = cut(left, '\n');
    const Prefix prefix = *parse_prefix(cut(origin, '\t'));
    const std::string state = plain_state(vrps, prefix, *parse_asn(origin));
    EXPECT_EQ(cut(line, '\t'), state) << pair;
    ++counts[state];
  }
  EXPECT_TRUE(left.empty());
  for (const char* state : {"valid", "invalid", "not-found"}) EXPECT_GT(counts[state], 10u) << state;
}

}  // namespace
}  // namespace fairway
