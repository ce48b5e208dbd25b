// fairway expand as its caller sees it: what bgpq4 does not have, and what becomes of nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "apps/fairway/answer_for_tests.h"
#include "shell/feed/whois_server_for_tests.h"

namespace fairway {
namespace {

class Expand : public ::testing::Test {
 protected:
  Expand() : server_(registry()) {}

  static WhoisRegistry registry() {
    WhoisRegistry registry;
    registry.sets = {{"AS-FOO", {"AS64", "AS-BAR"}},
                     {"AS-BAR", {"AS65", "AS-GONE"}},
                     {"AS-EMPTY", {}},
                     {"RS-FOO", {"192.0.2.0/24^+"}}};
    registry.routes = {
        {"AS64", {"10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/23", "10.0.2.0/24", "10.0.3.0/24", "2001:db8::/32"}},
        {"AS65", {"10.0.0.0/23", "10.0.0.0/22"}}};
    return registry;
  }

  Answer expand(std::vector<std::string> words) const {
    words.insert(words.begin(), {"expand", "-h", server_.name()});
    return run(words);
  }

  const WhoisServer server_;
};

TEST_F(Expand, TellsWhereAPrefixComesFrom) {
  const Answer text = expand({"--why", "AS-FOO", "198.51.100.0/24"});
  EXPECT_EQ(text.code, ExitCode::fine);
  EXPECT_EQ(
      text.out,
      "10.0.0.0/22  AS65  AS-FOO > AS-BAR\n10.0.0.0/23  AS65  AS-FOO > AS-BAR\n10.0.0.0/24  AS64  AS-FOO\n"
      "10.0.1.0/24  AS64  AS-FOO\n10.0.2.0/23  AS64  AS-FOO\n10.0.2.0/24  AS64  AS-FOO\n10.0.3.0/24  AS64  AS-FOO\n"
      "198.51.100.0/24  -  named itself\n");
  EXPECT_EQ(
      expand({"--why", "-j", "RS-FOO"}).out,
      "{\"version\": 1, \"prefix\": \"192.0.2.0/24\", \"least\": 24, \"most\": 32, \"origin\": null, \"registry\": "
      "null, \"sets\": [\"RS-FOO\"]}\n");
}

TEST(ExpandLocally, FromRegistriesAndRoas) {
  std::string pattern = (std::filesystem::temp_directory_path() / "fairway-expand-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  const std::filesystem::path folder = pattern;
  std::ofstream(folder / "irr.db") << "as-set: AS-FOO\nmembers: AS64, AS-BAR\nsource: RIPE\n\n"
                                      "as-set: AS-BAR\nmembers: AS65\nsource: RADB\n\n"
                                      "route: 10.0.0.0/24\norigin: AS64\nsource: RIPE\n\n"
                                      "route: 10.0.1.0/24\norigin: AS65\nsource: RADB\n\n"
                                      "route: 10.0.2.0/24\norigin: AS65\nsource: RADB\n\n"
                                      "route-set: RS-FOO\nmembers: 10.9.0.0/16^24\nsource: RIPE\n";
  // The route object of 10.0.2.0/24 is invalid; that of 10.0.3.0/24 is a ROA alone.
  std::ofstream(folder / "vrps.csv") << "ASN,IP Prefix,Max Length,Trust Anchor\n"
                                        "AS70,10.0.2.0/24,24,ripe\nAS65,10.0.3.0/24,32,ripe\n";
  const auto expand = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"expand", "--data", folder.string()});
    return run(words);
  };
  const Answer why = expand({"--why", "AS-FOO", "RS-FOO"});
  EXPECT_EQ(why.code, ExitCode::fine) << why.err;
  EXPECT_EQ(why.out,
            "10.0.0.0/24  AS64  RIPE  RIPE::AS-FOO\n10.0.1.0/24  AS65  RADB  RIPE::AS-FOO > RADB::AS-BAR\n"
            "10.0.3.0/24  AS65  RPKI  RIPE::AS-FOO > RADB::AS-BAR\n10.9.0.0/16^24  -  RIPE::RS-FOO\n");
  EXPECT_EQ(expand({"-b", "AS-FOO"}).out, "NN = [\n    10.0.0.0/24,\n    10.0.1.0/24,\n    10.0.3.0/24\n];\n");
  EXPECT_EQ(expand({"-b", "--keep-invalid", "AS-FOO"}).out,
            "NN = [\n    10.0.0.0/24,\n    10.0.1.0/24,\n    10.0.2.0/24,\n    10.0.3.0/24\n];\n");
  EXPECT_EQ(expand({"-b", "--trust", "route=RIPE,RPKI", "AS-FOO"}).out,
            "NN = [\n    10.0.0.0/24,\n    10.0.3.0/24\n];\n")
      << "sets from everywhere, routes from those who ask the holder";
  EXPECT_EQ(expand({"-b", "--trust", "route=RIPE", "--trust", "as-set=RIPE", "AS-FOO"}).out,
            "NN = [\n    10.0.0.0/24\n];\n");
  EXPECT_EQ(expand({"-b", "--trust", "aut-num=RIPE", "AS-FOO"}).code, ExitCode::failure);
  EXPECT_EQ(expand({"-b", "-h", "localhost:1", "--trust", "route=RIPE", "AS-FOO"}).code, ExitCode::failure);
  EXPECT_EQ(expand({"-bt", "AS-FOO"}).out, "NN = [\n    64, 65\n];\n");
  EXPECT_EQ(expand({"-b", "-S", "RIPE", "AS-FOO"}).code, ExitCode::fine);
  EXPECT_EQ(expand({"-b", "AS-NOWHERE"}).code, ExitCode::empty);
  std::filesystem::remove_all(folder);
}

TEST_F(Expand, BothFamiliesInOneRun) {
  EXPECT_EQ(expand({"--both", "-A", "AS64"}).out,
            "no ip prefix-list NN_v4\nip prefix-list NN_v4 permit 10.0.0.0/23 ge 24 le 24\n"
            "ip prefix-list NN_v4 permit 10.0.2.0/23 le 24\n"
            "no ipv6 prefix-list NN_v6\nipv6 prefix-list NN_v6 permit 2001:db8::/32\n");
  const Answer one = expand({"--both", "AS65"});
  EXPECT_EQ(one.code, ExitCode::fine);
  EXPECT_EQ(one.out.find("ipv6"), std::string::npos);
  EXPECT_NE(one.err.find("NN_v6"), std::string::npos);
}

TEST_F(Expand, OptimalIsFewerLinesThanAggregation) {
  EXPECT_EQ(expand({"-A", "--format", "bird", "AS-FOO"}).out, "NN = [\n    10.0.0.0/22{22,24}\n];\n");
  EXPECT_EQ(expand({"--optimal", "--format", "bird", "AS-FOO"}).out, "NN = [\n    10.0.0.0/22{22,24}\n];\n");
  EXPECT_EQ(expand({"--optimal", "-b", "RS-FOO"}).out, "NN = [\n    192.0.2.0/24{24,32}\n];\n");
  EXPECT_EQ(expand({"--optimal", "-bm28", "RS-FOO"}).out, "NN = [\n    192.0.2.0/24{24,28}\n];\n");
  // What is joined is looked at again.
  EXPECT_EQ(expand({"--optimal", "-b", "10.0.0.0/22^22-23", "10.0.0.0/23^24", "10.0.2.0/24", "10.0.3.0/24"}).out,
            "NN = [\n    10.0.0.0/22{22,24}\n];\n");
}

TEST_F(Expand, NothingIsNoList) {
  for (const char* object : {"AS-EMPTY", "AS-NOWHERE", "AS77"}) {
    SCOPED_TRACE(object);
    const Answer answer = expand({"-J", object});
    EXPECT_EQ(answer.code, ExitCode::empty);
    EXPECT_EQ(answer.out, "");
    EXPECT_NE(answer.err, "");
    const Answer allowed = expand({"-J", "--allow-empty", object});
    EXPECT_EQ(allowed.code, ExitCode::fine);
    EXPECT_EQ(allowed.out, "policy-options {\nreplace:\n prefix-list NN {\n }\n}\n");
  }
  const Answer half = expand({"AS-FOO", "AS-NOWHERE"});
  EXPECT_EQ(half.code, ExitCode::empty);
  EXPECT_EQ(half.out, "");
  EXPECT_NE(half.err.find("AS-NOWHERE"), std::string::npos);
  EXPECT_EQ(half.err.find("AS-FOO"), std::string::npos);
}

TEST_F(Expand, RefusesWhatDoesNotFitTogether) {
  const std::vector<std::vector<std::string>> wrong = {{},
                                                       {"-J", "-b", "AS-FOO"},
                                                       {"-JA", "AS-FOO"},
                                                       {"-NEA", "AS-FOO"},
                                                       {"-46", "AS-FOO"},
                                                       {"-7", "AS-FOO"},
                                                       {"-n7", "AS-FOO"},
                                                       {"-Ef", "64", "AS-FOO"},
                                                       {"-b", "-G", "64", "AS-FOO"},
                                                       {"-t", "AS-FOO"},
                                                       {"-r", "25", "-R", "24", "AS-FOO"},
                                                       {"-m", "33", "AS-FOO"},
                                                       {"-s", "-J", "AS-FOO"},
                                                       {"-w", "AS-FOO"},
                                                       {"-f", "0", "AS-FOO"},
                                                       {"-M", "x", "AS-FOO"},
                                                       {"-F", "%q", "AS-FOO"},
                                                       {"-h"},
                                                       {"AS-FOO", "2001:db8::/32"},
                                                       {"foo"},
                                                       {"AS1x"},
                                                       {"RIPE::AS64"},
                                                       {"--format", "cisco", "AS-FOO"},
                                                       {"-S", "NOWHERE", "AS-FOO"},
                                                       {"::/0^+", "-6", "-h"}};
  for (const auto& words : wrong) {
    SCOPED_TRACE(::testing::PrintToString(words));
    const Answer answer = expand(words);
    EXPECT_EQ(answer.code, ExitCode::failure);
    EXPECT_EQ(answer.out, "");
    EXPECT_TRUE(answer.err.starts_with("fairway expand: ")) << answer.err;
  }
  EXPECT_EQ(expand({"-6", "::/0^+"}).code, ExitCode::refused);
  EXPECT_EQ(run({"expand", "-h", "127.0.0.1:1", "AS-FOO"}).code, ExitCode::failure);
}

TEST_F(Expand, LeavesOutAsnsWithoutRoutesWhenAsked) {
  EXPECT_EQ(expand({"-jf", "64", "-w", "AS-FOO", "AS77"}).out, "{\"NN\": [\n  64,65\n]}\n");
  EXPECT_EQ(expand({"-jf", "64", "AS-FOO", "AS77"}).out, "{\"NN\": [\n  64,65,77\n]}\n");
}

}  // namespace
}  // namespace fairway
