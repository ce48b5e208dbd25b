// fairway serve whois as its clients see it, while its files change.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "apps/fairway/answer_for_tests.h"
#include "apps/fairway/whois_registry.h"
#include "shell/config/folder_for_tests.h"

namespace fairway {
namespace {

std::string dump(int routes) {
  std::string text;
  for (int i = 0; i < routes; ++i) {
    text += "route: 192.0." + std::to_string(i) + ".0/24\norigin: AS64500\nsource: RADB\n\n";
  }
  return text;
}

class ServeWhois : public testing::Test {
 protected:
  ServeWhois() {
    folder_.write("radb.db", dump(20));
    EXPECT_EQ(::pipe(pipe_), 0);
    thread_ = std::thread([this] {
      std::string out;
      Output output(out), errors(pipe_[1]);
      const std::vector<std::string> words{"serve",  "whois",        "--listen",       "127.0.0.1:0",
                                           "--data", folder_.path(), "--reload-every", "1"};
      code_ = run_program(words, output, errors);
    });
    const std::string begun = line();
    const std::string_view before = "listening on ";
    const std::size_t at = begun.find(before) + before.size();
    address_ = begun.substr(at, begun.find(',') - at);
  }
  ~ServeWhois() override {
    ::kill(::getpid(), SIGTERM);
    thread_.join();
    EXPECT_EQ(code_, ExitCode::fine);
    for (const int end : pipe_) ::close(end);
  }

  // The next line that the server tells, but for what loading remarks.
  std::string line() const {
    for (;;) {
      std::string text;
      for (char c = 0; ::read(pipe_[0], &c, 1) == 1 && c != '\n';) text += c;
      if (text.find("warning") == std::string::npos) return text;
    }
  }
  std::string routes() const {
    const Answer answer = run({"expand", "-h", address_, "-4", "-p", "-F", "%n ", "AS64500"});
    EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
    return answer.out;
  }

  Folder folder_;
  int pipe_[2] = {-1, -1};
  ExitCode code_ = ExitCode::failure;
  std::thread thread_;
  std::string address_;
};

TEST_F(ServeWhois, FilesThatChangeAreLoadedAnew) {
  EXPECT_EQ(routes().find("192.0.20.0"), std::string::npos);
  folder_.write("radb.db", dump(21));
  EXPECT_EQ(line(), "fairway serve whois: loaded anew, sources RADB");
  EXPECT_NE(routes().find("192.0.20.0"), std::string::npos);

  folder_.write("radb.db", dump(10));
  ::kill(::getpid(), SIGHUP);
  EXPECT_EQ(
      line(),
      "fairway serve whois: the files changed, and are not used: of irr RADB route only 10 of 21 entries are left");
  EXPECT_NE(routes().find("192.0.20.0"), std::string::npos);

  std::filesystem::remove(folder_ / "radb.db");
  ::kill(::getpid(), SIGHUP);
  EXPECT_NE(line().find("no registry is loaded"), std::string::npos);
  EXPECT_EQ(line(), "fairway serve whois: the files changed, and are not used: they cannot be loaded");
  EXPECT_NE(routes().find("192.0.20.0"), std::string::npos);
}

TEST(WhoisRegistry, WhatMustNotGetLost) {
  const auto of = [](std::vector<TableSource> sources) {
    whois::Registry registry;
    registry.world.sources = std::move(sources);
    return registry;
  };
  const auto source = [](std::string kind, std::string name, std::size_t entries) {
    return TableSource{
        .kind = std::move(kind), .source = std::move(name), .file = {}, .format = {}, .date = {}, .entries = entries};
  };
  const auto old =
      of({source("irr", "RADB", 60), source("irr", "RADB", 40), source("sets", "RIPE", 6), source("slurm", "", 3)});
  EXPECT_EQ(lost(old, old), std::nullopt);
  EXPECT_EQ(lost(old, of({source("irr", "RADB", 80), source("sets", "RIPE", 1)})), std::nullopt);
  EXPECT_EQ(lost(old, of({source("irr", "RADB", 79), source("sets", "RIPE", 6)})),
            "of irr RADB only 79 of 100 entries are left");
  EXPECT_EQ(lost(old, of({source("irr", "RADB", 100)})), "sets RIPE is gone");
}

}  // namespace
}  // namespace fairway
