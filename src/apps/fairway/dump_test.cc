// fairway dump on small MRT files, written by hand as hexadecimal text in tests/golden/dump/NAME.hex: what it prints in
// every form is in NAME.FORMAT, what it tells on standard error in NAME.told. FAIRWAY_WRITE_GOLDEN=1 writes these files
// instead of comparing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "apps/fairway/answer_for_tests.h"
#include "base/text.h"
#include "core/report/dump.h"

namespace fairway {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = fs::path(FAIRWAY_SOURCE_DIR) / "tests/golden/dump";

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string from_hexadecimal(std::string_view text) {
  std::string octets;
  std::string digits;
  while (!text.empty()) {
    const std::string_view line = cut(text, '\n');
    if (line.starts_with('#')) continue;
    for (const char c : line) {
      if (!is_blank(c)) digits += c;
    }
  }
  EXPECT_EQ(digits.size() % 2, 0u);
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    const auto octet = parse_number<unsigned>(std::string_view(digits).substr(i, 2), 16);
    EXPECT_TRUE(octet) << digits.substr(i, 2);
    octets += static_cast<char>(octet.value_or(0));
  }
  return octets;
}

Answer dump(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "dump");
  return run(arguments);
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at; (at = text.find(part)) != std::string::npos;) text.erase(at, part.size());
  return text;
}

void hold_against(const fs::path& golden, const std::string& text) {
  if (std::getenv("FAIRWAY_WRITE_GOLDEN") != nullptr) {
    if (text.empty()) {
      fs::remove(golden);
    } else {
      std::ofstream(golden, std::ios::binary) << text;
    }
    return;
  }
  EXPECT_EQ(text, content_of(golden)) << "differs from " << golden;
}

class DumpGolden : public ::testing::Test {
 protected:
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name, const std::string& content) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }
  std::vector<fs::path> cases() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(kGolden)) {
      if (entry.path().extension() == ".hex") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  const fs::path folder_ = fs::path(::testing::TempDir()) / ("fairway_dump_test_" + std::to_string(::getpid()));
};

TEST_F(DumpGolden, EveryFormOfEveryCase) {
  ASSERT_GE(cases().size(), 5u);
  for (const fs::path& path : cases()) {
    const std::string name = path.stem();
    const fs::path mrt = file(name + ".mrt", from_hexadecimal(content_of(path)));
    for (const DumpFormatRow& form : dump_formats()) {
      SCOPED_TRACE(name + " as " + std::string(form.name));
      const Answer one = dump({"--format", std::string(form.name), "--threads", "1", mrt}),
                   many = dump({"--format", std::string(form.name), "--threads", "4", mrt});
      EXPECT_EQ(one.out, many.out);
      EXPECT_EQ(one.err, many.err);
      EXPECT_EQ(one.code == ExitCode::damaged, one.err.find("could not be read") != std::string::npos);
      hold_against(kGolden / (name + "." + std::string(form.name)), one.out);
      hold_against(kGolden / (name + ".told"), without(one.err, folder_.string() + "/"));
    }
  }
}

TEST_F(DumpGolden, BgpdumpAgreesWhereItReadsRightly) {
  if (std::system("command -v bgpdump >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "bgpdump is not installed: script/bootstrap test";
  for (const std::string name : {"bgp4mp", "table_dump", "table_dump_v2"}) {
    const fs::path mrt = file(name + ".mrt", from_hexadecimal(content_of(kGolden / (name + ".hex")))),
                   text = folder_ / (name + ".text");
    ASSERT_EQ(std::system(("bgpdump -m " + mrt.string() + " >" + text.string() + " 2>/dev/null").c_str()), 0);
    EXPECT_EQ(dump({mrt}).out, content_of(text));
  }
}

TEST_F(DumpGolden, ManyFilesAreOneOutputWithOneHeader) {
  const fs::path mrt = file("a.mrt", from_hexadecimal(content_of(kGolden / "bgp4mp.hex")));
  const std::string once = dump({"--format", "psv", mrt}).out;
  const std::string twice = dump({"--format", "psv", mrt, mrt}).out;
  EXPECT_EQ(twice, once + once.substr(once.find('\n') + 1));
}

TEST_F(DumpGolden, FiltersChooseLines) {
  const fs::path mrt = file("a.mrt", from_hexadecimal(content_of(kGolden / "bgp4mp.hex")));
  const auto count = [&](std::vector<std::string> filters) {
    filters.push_back(mrt);
    const Answer answer = dump(filters);
    EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
    return std::count(answer.out.begin(), answer.out.end(), '\n');
  };
  EXPECT_EQ(count({"--type", "state"}), 3);
  EXPECT_EQ(count({"--prefix", "203.0.113.0/24", "--match", "more", "--type", "announce"}), 7);
  EXPECT_EQ(count({"--prefix", "203.0.113.128/25"}), 1);
  EXPECT_EQ(count({"--prefix", "203.0.113.129", "--match", "less", "--type", "A", "--community", "no-export"}), 1);
  EXPECT_EQ(count({"--as-path", "_4200000001_64502$"}), 3);
  EXPECT_EQ(count({"--peer", "2001:db8::1"}), 5);
  EXPECT_EQ(count({"--origin", "64503", "--origin", "64510"}), 3);
  EXPECT_EQ(count({"--since", "2018-11-12T21:12:20Z"}), 2);
  EXPECT_EQ(count({"--until", "2018-11-12T21:12:16Z"}), 0);
}

TEST_F(DumpGolden, WhatCannotBeOpenedIsAFailureAndTheRestIsRead) {
  const fs::path mrt = file("a.mrt", from_hexadecimal(content_of(kGolden / "bgp4mp.hex")));
  const Answer answer = dump({(folder_ / "missing").string(), mrt});
  EXPECT_EQ(answer.code, ExitCode::failure);
  EXPECT_NE(answer.err.find("missing: cannot be opened: No such file or directory"), std::string::npos) << answer.err;
  EXPECT_FALSE(answer.out.empty());
}

TEST_F(DumpGolden, TheProgramEndsWellWhenItsReaderLeaves) {
  const std::string one = from_hexadecimal(content_of(kGolden / "bgp4mp.hex"));
  std::string many;
  while (many.size() < 8'000'000) many += one;
  const std::string command = std::string("bash -c '") + FAIRWAY_PROGRAM + " dump " + file("many.mrt", many).string() +
                              " | head -1 >/dev/null; exit ${PIPESTATUS[0]}'";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace fairway
