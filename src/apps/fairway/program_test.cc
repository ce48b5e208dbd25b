// The program as its caller sees it: the table of commands, help, exit codes.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "apps/fairway/answer_for_tests.h"
#include "apps/fairway/version.h"

namespace fairway {
namespace {

TEST(Program, EveryCommandHasHelpWithAnExample) {
  for (const Command& command : all_commands()) {
    SCOPED_TRACE(command.name);
    const Answer answer = run({std::string(command.name), "--help"});
    EXPECT_EQ(answer.code, ExitCode::fine);
    EXPECT_EQ(answer.err, "");
    EXPECT_NE(answer.out.find("fairway " + std::string(command.name)), std::string::npos) << answer.out;
    const std::size_t example = answer.out.find("Example:\n  fairway " + std::string(command.name));
    EXPECT_NE(example, std::string::npos) << answer.out;
  }
}

TEST(Program, EveryCommandRefusesAnUnknownOption) {
  for (const Command& command : all_commands()) {
    SCOPED_TRACE(command.name);
    const Answer answer = run({std::string(command.name), "--no-such-option-anywhere"});
    EXPECT_EQ(answer.code, ExitCode::failure);
    EXPECT_EQ(answer.out, "");
    EXPECT_NE(answer.err.find(std::string(command.name)), std::string::npos) << answer.err;
  }
}

TEST(Program, HelpListsEveryCommand) {
  const Answer answer = run({"--help"});
  EXPECT_EQ(answer.code, ExitCode::fine);
  for (const Command& command : all_commands()) EXPECT_NE(answer.out.find(command.summary), std::string::npos);
}

TEST(Program, NoCommandIsAFailureWithHelp) {
  const Answer answer = run({});
  EXPECT_EQ(answer.code, ExitCode::failure);
  EXPECT_NE(answer.err.find("Usage:"), std::string::npos);
}

TEST(Program, UnknownCommandSuggestsANearOne) {
  const Answer answer = run({"dmup"});
  EXPECT_EQ(answer.code, ExitCode::failure);
  EXPECT_NE(answer.err.find("did you mean 'dump'?"), std::string::npos) << answer.err;
  EXPECT_EQ(run({"zzzzzzzz"}).err.find("did you mean"), std::string::npos);
}

TEST(Program, VersionIsTheProjects) {
  EXPECT_EQ(run({"--version"}).out, std::string("fairway ") + kVersion + "\n");
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/CMakeLists.txt");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_NE(text.find(std::string("VERSION ") + kVersion), std::string::npos);
}

TEST(ExitCodes, TheOneThatMattersMostWins) {
  const ExitCode falling[] = {ExitCode::failure,  ExitCode::refused, ExitCode::stale, ExitCode::damaged,
                              ExitCode::negative, ExitCode::empty,   ExitCode::fine};
  for (std::size_t i = 0; i < std::size(falling); ++i) {
    for (std::size_t j = i; j < std::size(falling); ++j) {
      EXPECT_EQ(combine(falling[i], falling[j]), falling[i]);
      EXPECT_EQ(combine(falling[j], falling[i]), falling[i]);
    }
  }
}

}  // namespace
}  // namespace fairway
