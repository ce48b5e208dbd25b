// fairway dump against bgpdump itself, on every MRT file of the real data. Where they differ, the difference is counted
// here and explained in docs/deviations/bgpdump.md: a table of exceptions that must be exact, so that a difference that
// comes or goes is seen.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "apps/fairway/command.h"
#include "base/text.h"

namespace fairway {
namespace {

struct Difference {
  const char* file;
  std::size_t only_bgpdump;  // lines that bgpdump alone prints
  std::size_t only_fairway;  // lines that fairway alone prints
  const char* why;           // a heading of docs/deviations/bgpdump.md
};

constexpr Difference kDifferences[] = {
    {"bird_bgp", 24, 14, "ADD-PATH that is not told"},
    {"bird6_bgp", 32, 14, "ADD-PATH that is not told"},
    {"openbgpd_rib_table", 1, 1, "AGGREGATOR of the other size"},
    {"openbgpd_rib_table-mp", 0, 31, "BGP4MP entries"},
    {"ripe_rrc00_1999.09_updates.19990903.1041.gz", 65311, 65311, "The legacy type 5"},
    {"ripe_rrc00_2000.01_bview.20000111.0032.gz", 0, 452017, "Batches of TABLE_DUMP"},
    {"ripe_rrc00_2000.03_updates.20000325.0345.gz", 2046, 5685, "The legacy type 5"},
};

std::string bgpdump(const std::string& options, const std::string& path) {
  std::string text;
  const std::string command = "bgpdump " + options + " '" + path + "' 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  char block[1 << 16];
  for (std::size_t size; (size = std::fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, size);
  ::pclose(pipe);
  return text;
}

std::string fairway_dump(std::vector<std::string> arguments) {
  std::string out_text, err_text;
  Output out(out_text), err(err_text);
  arguments.insert(arguments.begin(), "dump");
  const ExitCode code = run_program(arguments, out, err);
  EXPECT_TRUE(code == ExitCode::fine || code == ExitCode::damaged) << err_text;
  EXPECT_EQ(code == ExitCode::damaged, err_text.find("could not be read") != std::string::npos) << err_text;
  return out_text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(cut(text, '\n'));
  return lines;
}

// The lines of `a` that are not in `b`, each as often as it is missing.
std::vector<std::string_view> missing(std::vector<std::string_view> a, std::vector<std::string_view> b) {
  std::vector<std::string_view> only;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
  return only;
}

std::string first_of(const std::vector<std::string_view>& lines) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, lines.size()); ++i)
    text.append("  ").append(lines[i]).append("\n");
  return text;
}

class Bgpdump : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("FAIRWAY_TEST_DATA");
    if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
    if (std::system("command -v bgpdump >/dev/null 2>&1") != 0)
      GTEST_SKIP() << "bgpdump is not installed: script/bootstrap test";
    root_ = std::filesystem::path(data) / "mrt";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
      if (entry.is_regular_file()) files_.push_back(entry.path());
    }
    std::sort(files_.begin(), files_.end());
  }
  std::filesystem::path root_;
  std::vector<std::filesystem::path> files_;
};

TEST_F(Bgpdump, EveryFileIsTheSameButForWhatIsExplained) {
  std::map<std::string, Difference> expected;
  for (const Difference& one : kDifferences) expected.emplace(one.file, one);
  for (const auto& path : files_) {
    const std::string name = path.filename();
    SCOPED_TRACE(name);
    const std::string theirs = bgpdump("-m", path), ours = fairway_dump({path.string()});
    const auto difference = expected.find(name);
    if (difference == expected.end() && theirs == ours) continue;
    const auto only_bgpdump = missing(lines_of(theirs), lines_of(ours)),
               only_fairway = missing(lines_of(ours), lines_of(theirs));
    EXPECT_EQ(only_bgpdump.size(), difference == expected.end() ? 0 : difference->second.only_bgpdump)
        << first_of(only_bgpdump);
    EXPECT_EQ(only_fairway.size(), difference == expected.end() ? 0 : difference->second.only_fairway)
        << first_of(only_fairway);
    if (difference == expected.end()) {
      EXPECT_FALSE(only_bgpdump.empty() && only_fairway.empty()) << "the same lines, in another order";
    }
  }
}

TEST_F(Bgpdump, LargeCommunitiesToo) {
  for (const auto& path : files_) {
    const std::string name = path.filename();
    const bool differs = std::any_of(std::begin(kDifferences), std::end(kDifferences),
                                     [&](const Difference& one) { return one.file == name; });
    if (differs || path.string().find("/full/") != std::string::npos) continue;
    EXPECT_TRUE(bgpdump("-m -l", path) == fairway_dump({"--large-communities", path.string()})) << name;
  }
}

TEST_F(Bgpdump, EveryDifferenceBelongsToAFileAndIsExplained) {
  std::ifstream page(std::string(FAIRWAY_SOURCE_DIR) + "/docs/deviations/bgpdump.md");
  const std::string text(std::istreambuf_iterator<char>(page), {});
  for (const Difference& one : kDifferences) {
    EXPECT_TRUE(std::any_of(files_.begin(), files_.end(), [&](const auto& path) {
      return path.filename() == one.file;
    })) << one.file;
    EXPECT_NE(text.find("\n## " + std::string(one.why) + "\n"), std::string::npos) << one.why;
  }
}

}  // namespace
}  // namespace fairway
