// fairway demo: the stories are told with their evidence, the incidents are JSON, and what is written plays the same.
#include <gtest/gtest.h>

#include <filesystem>

#include "apps/fairway/answer_for_tests.h"
#include "shell/config/folder_for_tests.h"
#include "shell/scenario/library.h"

namespace fairway {
namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Demo, TellsTheTwoOf2018) {
  const Answer answer = run({"demo"});
  EXPECT_EQ(answer.code, ExitCode::fine);
  EXPECT_EQ(answer.err, "");
  for (const char* part : {
           "MainOne of Nigeria leaks Google's routes",
           "leak: AS37282 (MainOne) passes on routes of AS15169 (Google)",
           "RFC 7908 type 4",
           "+4 leak_by_peerlock",
           "no  origin validation (ROV): blind",
           "yes filter per neighbour: MANRS Action 1 (filtering)",
           "hijack: AS38146",
           "hijack: AS38182",
           "64.57.150.0/24",
           "if  origin validation (ROV): MANRS Action 1 (filtering) together with Action 4 (publishing)",
       }) {
    EXPECT_TRUE(holds(answer.out, part)) << part;
  }
  std::size_t quiet = 0;
  for (std::size_t at = 0; (at = answer.out.find("updates: 0 incidents.", at)) != std::string::npos; ++at) ++quiet;
  EXPECT_EQ(quiet, 2u) << "without what happened that day there is nothing";
  EXPECT_FALSE(holds(answer.out, "\033[")) << "no colours where there is no terminal";
}

TEST(Demo, ListsAndKnowsItsNames) {
  const Answer list = run({"demo", "--list"});
  EXPECT_EQ(list.code, ExitCode::fine);
  for (const auto& file : scenario::embedded_scenarios()) EXPECT_TRUE(holds(list.out, std::string(file.name) + ' '));
  const Answer unknown = run({"demo", "nowhere-1999"});
  EXPECT_EQ(unknown.code, ExitCode::empty);
  EXPECT_TRUE(holds(unknown.err, "nowhere-1999"));
}

TEST(Demo, WhatItWritesPlaysTheSame) {
  const Answer json = run({"demo", "--format", "json", "celer-2022"});
  ASSERT_EQ(json.code, ExitCode::fine);
  EXPECT_TRUE(holds(json.out, R"("type": "type-1")"));

  const Folder folder;
  EXPECT_EQ(run({"demo", "--write", folder.path(), "celer-2022"}).code, ExitCode::fine);
  const std::filesystem::path root = folder / "celer-2022";
  std::vector<std::string> replay = {
      "replay", "--format", "json", "--data", (root / "tables").string(), "--now", "2022-08-17T23:30:00Z"};
  for (const auto& entry : std::filesystem::directory_iterator(root / "route-views")) {
    replay.push_back(entry.path().string());
  }
  const Answer played = run(replay);
  EXPECT_EQ(played.code, ExitCode::fine) << played.err;
  const auto id = [](const std::string& text) { return text.substr(text.find("\"id\": "), 30); };
  ASSERT_FALSE(played.out.empty());
  EXPECT_EQ(id(played.out), id(json.out));

  const Answer nowhere = run({"demo", "--write", "/dev/null/x", "celer-2022"});
  EXPECT_EQ(nowhere.code, ExitCode::failure);
  EXPECT_TRUE(holds(nowhere.err, "cannot write"));
}

}  // namespace
}  // namespace fairway
