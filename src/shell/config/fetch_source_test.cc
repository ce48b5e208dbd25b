#include "shell/config/fetch_source.h"

#include <gtest/gtest.h>

#include "shell/config/fetched_state.h"
#include "shell/config/folder_for_tests.h"
#include "shell/feed/http_server_for_tests.h"

namespace fairway::config {
namespace {

std::string names(unsigned count) {
  std::string text;
  for (unsigned i = 1; i <= count; ++i) text += "AS" + std::to_string(i) + " - name " + std::to_string(i) + "\n";
  return text;
}

class FetchSource : public testing::Test {
 protected:
  Result<FetchOutcome> run() { return fetch_source(source_, options_); }

  HttpServer::Answer answer_ =
      HttpServer::ok(names(100), "ETag: \"1\"\r\nLast-Modified: Mon, 12 Nov 2018 21:12:16 GMT\r\n");
  Folder folder_;
  HttpServer server_{[this](const HttpServer::Request& request) {
    if (request.has("If-None-Match: \"1\"\r\n") && answer_.wire.find("\"1\"") != std::string::npos)
      return HttpServer::status("304 Not Modified");
    return answer_;
  }};
  Source source_{"as-names", Kind::names, server_.url("/asn"), "names.txt", 1 << 20, "never"};
  FetchOptions options_{.directory = folder_.path(),
                        .mirror = {},
                        .force = false,
                        .now = *parse_instant("2018-11-20"),
                        .connect_seconds = 5,
                        .stall_seconds = 1,
                        .total_seconds = 20,
                        .progress = {}};
};

TEST_F(FetchSource, PutsAFileIntoPlaceWithThePublishersTime) {
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_FALSE(outcome->unchanged);
  EXPECT_EQ(outcome->parts, (std::vector<TablePart>{{Kind::names, "as-names", 100}}));
  EXPECT_EQ(folder_.read("names.txt"), names(100));
  const auto file = read_table_file(folder_ / "names.txt", {});
  EXPECT_EQ(file->date, parse_instant("2018-11-12T21:12:16Z"));
  EXPECT_EQ(folder_.size(), 2u) << "the table and what is remembered of its transfer";
}

TEST_F(FetchSource, WhatHasNotChangedIsNotTransferred) {
  ASSERT_TRUE(run());
  const auto again = run();
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_TRUE(again->unchanged);
  EXPECT_EQ(again->octets, 0u);
  EXPECT_EQ(folder_.read("names.txt"), names(100));
  folder_.write("names.txt", "AS1 - touched\n");
  EXPECT_FALSE(run()->unchanged) << "what we have is not what was fetched: it is asked for whole";
  EXPECT_EQ(folder_.read("names.txt"), names(100));
  options_.force = true;
  EXPECT_FALSE(run()->unchanged);
}

TEST_F(FetchSource, WhatShrankIsRefusedUnlessForced) {
  ASSERT_TRUE(run());
  answer_ = HttpServer::ok(names(79), "ETag: \"2\"\r\n");
  const auto outcome = run();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error(),
            (Error{ErrorKind::refused, "names as-names shrank from 100 to 79 entries: --force takes it nevertheless"}));
  EXPECT_EQ(folder_.read("names.txt"), names(100)) << "the old one stays";
  answer_ = HttpServer::ok(names(80), "ETag: \"3\"\r\n");
  EXPECT_TRUE(run()) << "four fifths are enough";
  answer_ = HttpServer::ok(names(10), "ETag: \"4\"\r\n");
  options_.force = true;
  EXPECT_TRUE(run());
  EXPECT_EQ(folder_.read("names.txt"), names(10));
}

TEST_F(FetchSource, WhatIsNotOfItsKindIsRefused) {
  ASSERT_TRUE(run());
  const auto refused = [&](std::string_view body) {
    answer_ = HttpServer::ok(body, "Content-Type: text/plain\r\n");
    const auto outcome = run();
    EXPECT_EQ(folder_.read("names.txt"), names(100));
    EXPECT_EQ(folder_.size(), 2u) << "nothing half is left behind";
    return outcome ? Error{} : outcome.error();
  };
  EXPECT_EQ(refused("<html><body>We are moving</body></html>").kind, ErrorKind::malformed);
  EXPECT_EQ(refused("1|2|-1\n3|4|0\n").text, "what came is no names but serial-1");
  EXPECT_EQ(refused("").kind, ErrorKind::refused);
  EXPECT_EQ(refused("{\"roas\": []}").kind, ErrorKind::refused);
}

TEST_F(FetchSource, WhateverGoesWrongTheOldFileStays) {
  ASSERT_TRUE(run());
  const std::pair<HttpServer::Answer, ErrorKind> bad[] = {
      {{"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\nConnection: close\r\n\r\nAS1 - half"}, ErrorKind::truncated},
      {{"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nAS1 - half", true}, ErrorKind::system},
      {HttpServer::status("404 Not Found"), ErrorKind::not_found},
      {HttpServer::status("500 Broken"), ErrorKind::system},
      {{"nonsense"}, ErrorKind::system},
      {HttpServer::ok(std::string(2 << 20, 'x')), ErrorKind::refused},
  };
  for (const auto& [answer, kind] : bad) {
    answer_ = answer;
    const auto outcome = run();
    ASSERT_FALSE(outcome) << answer.wire.substr(0, 40);
    EXPECT_EQ(outcome.error().kind, kind) << outcome.error().text;
    EXPECT_EQ(folder_.read("names.txt"), names(100));
    EXPECT_EQ(folder_.size(), 2u);
  }
  source_.url = "http://127.0.0.1:1/asn";
  EXPECT_EQ(run().error().kind, ErrorKind::system);
}

TEST_F(FetchSource, AMirrorStandsForAllAddresses) {
  const Folder mirror;
  mirror.write("names.txt", names(7));
  options_.mirror = "file://" + mirror.path();
  source_.url = "http://127.0.0.1:1/asn";
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(folder_.read("names.txt"), names(7));
  EXPECT_TRUE(run()->unchanged);
  options_.mirror = server_.url("/mirror");
  ASSERT_TRUE(run());
  EXPECT_EQ(server_.requests().back().path, "/mirror/names.txt");
  EXPECT_FALSE(server_.requests().back().has("If-None-Match")) << "another address's tag says nothing here";
}

TEST_F(FetchSource, TheNewestMonthThatIsThereIsTaken) {
  const Folder mirror;
  mirror.write("201809-names.txt", names(9));
  options_.mirror = "file://" + mirror.path();
  source_.url = server_.url("/{YYYYMM}-names.txt");
  source_.file = "{YYYYMM}-names.txt";
  auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->file, "201809-names.txt");
  mirror.write("201811-names.txt", names(5));
  EXPECT_EQ(run().error().kind, ErrorKind::refused) << "it is held against the month before";
  mirror.write("201811-names.txt", names(10));
  EXPECT_EQ(run()->file, "201811-names.txt");
  options_.now = *parse_instant("2020-01-01");
  EXPECT_EQ(run().error().kind, ErrorKind::not_found) << "a list of two years ago is not looked for";
}

TEST_F(FetchSource, ATableOfRoutesIsReadToItsEnd) {
  std::string rib;
  for (int i = 0; i < 10; ++i) rib += std::string("\x5B\xE9\xEF\xB0\0\x0D\0\x01\0\0\0\x08", 12) + std::string(8, '\0');
  source_.kind = Kind::rib;
  source_.file = "rib";
  answer_ = HttpServer::ok(rib, "ETag: \"5\"\r\n");
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->parts[0].entries, 10u);
  answer_ = HttpServer::ok(rib.substr(0, 100), "ETag: \"6\"\r\n");
  EXPECT_EQ(run().error().kind, ErrorKind::refused);
  answer_ = HttpServer::ok(rib.substr(0, 195), "ETag: \"7\"\r\n");
  EXPECT_EQ(run().error().kind, ErrorKind::malformed) << "torn";
  EXPECT_EQ(folder_.read("rib"), rib);
}

TEST(Sources, TheDefaultListIsRead) {
  const auto sources = read_sources(default_sources());
  ASSERT_TRUE(sources) << sources.error().text;
  std::map<Kind, int> kinds;
  for (const Source& source : *sources) ++kinds[source.kind];
  for (const Kind kind : {Kind::vrps, Kind::irr, Kind::relationships, Kind::organisations, Kind::delegations,
                          Kind::exchanges, Kind::names, Kind::rib}) {
    EXPECT_GT(kinds[kind], 0) << to_string(kind);
  }
  EXPECT_EQ(kinds[Kind::delegations], 5) << "the five registries";
}

TEST(Sources, MistakesAreTold) {
  const auto error = [](std::string_view text) { return read_sources(text).error().text; };
  constexpr std::string_view kHead = "version: 1\nsources:\n";
  const auto of = [&](std::string_view row) { return error(std::string(kHead) + "  - {" + std::string(row) + "}\n"); };
  EXPECT_NE(of("name: a, kind: vrp, url: \"https://x/\", file: a").find("kind"), std::string::npos);
  EXPECT_NE(of("name: a, kind: vrps, uri: \"https://x/\", file: a").find("uri"), std::string::npos);
  EXPECT_NE(of("name: a, kind: vrps, url: /etc/passwd, file: a").find("has no address"), std::string::npos);
  EXPECT_NE(of("name: a, kind: vrps, url: \"https://x/\", file: ../a").find("no plain name"), std::string::npos);
  EXPECT_NE(of("name: a, kind: vrps, url: \"https://x/\", file: .a").find("no plain name"), std::string::npos);
  EXPECT_NE(of("name: a, kind: vrps, url: \"https://x/{YYYYMM}\", file: a").find("not in both"), std::string::npos);
  EXPECT_NE(error(std::string(kHead) + "  - {name: a, kind: vrps, url: \"https://x/\", file: a}\n  - {name: b, kind: "
                                       "vrps, url: \"https://x/\", file: a}\n")
                .find("same file as 'a'"),
            std::string::npos);
  EXPECT_FALSE(read_sources(""));
}

TEST(Sources, MonthsAreCountedBack) {
  const Instant january = *parse_instant("2023-01-31");
  EXPECT_EQ(with_month("{YYYYMM}01.txt", january, 0), "20230101.txt");
  EXPECT_EQ(with_month("{YYYYMM}01.txt", january, 1), "20221201.txt");
  EXPECT_EQ(with_month("{YYYYMM}/{YYYYMM}", january, 13), "202112/202112");
  EXPECT_EQ(with_month("plain", january, 3), "plain");
}

TEST(FetchedState, IsReadBackAsItWasWritten) {
  const Folder folder;
  EXPECT_TRUE(load_fetched(folder.path()).empty());
  const FetchedState state = {
      {"a", {"https://x/?a=1", "W/\"t, \\\"ag\"", parse_instant("2018-11-12T21:12:16Z"), 5'000'000'000}},
      {"b", {"file:///b", "", std::nullopt, 0}}};
  ASSERT_TRUE(save_fetched(folder.path(), state));
  EXPECT_EQ(load_fetched(folder.path()), state);
  folder.write(".fetched.yaml", "version: 9\n");
  EXPECT_TRUE(load_fetched(folder.path()).empty());
  EXPECT_FALSE(save_fetched(folder / "absent", state));
}

}  // namespace
}  // namespace fairway::config
