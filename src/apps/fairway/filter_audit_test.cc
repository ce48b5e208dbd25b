// fairway filter audit, from its arguments to its report.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "apps/fairway/answer_for_tests.h"

namespace fairway {
namespace {

class FilterAudit : public testing::Test {
 protected:
  FilterAudit() { std::filesystem::create_directories(folder_); }
  ~FilterAudit() override { std::filesystem::remove_all(folder_); }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }

 private:
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "fairway-filter-audit";
};

TEST_F(FilterAudit, TellsWhatIsOpenAndWhatToAdd) {
  file("sets.conf", "define BOGONS = [ 10.0.0.0/8+ ];\n");
  const std::string path = file("bird.conf",
                                "router id 192.0.2.1;\ninclude \"sets.conf\";\n"
                                "protocol bgp up { local as 2914; neighbor 192.0.2.3 as 3333; local role customer;\n"
                                "  ipv4 { import where net !~ BOGONS; export none; }; }\n");
  const Answer answer = run({"filter", "audit", path});
  EXPECT_EQ(answer.code, ExitCode::negative) << answer.err;
  EXPECT_NE(answer.out.find("session up AS3333 192.0.2.3 (provider), line 3"), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("open      bogon-prefix        required  IPv4 line 4: 0.0.0.0/8"), std::string::npos);
  EXPECT_EQ(answer.out.find("10.0.0.0/8,"), std::string::npos) << "the included set refuses it";
  EXPECT_NE(answer.out.find("add: ttl security on;"), std::string::npos);
  EXPECT_EQ(answer.out.find("export-foreign"), std::string::npos) << "filtered, and not asked for";
  const Answer all = run({"filter", "audit", "--all", "--format", "json", path});
  EXPECT_NE(all.out.find("\"check\": \"export-foreign\""), std::string::npos) << all.out;
}

TEST_F(FilterAudit, TheNetworkSaysWhoIsWho) {
  const std::string path = file("frr.conf",
                                "router bgp 2914\n neighbor 192.0.2.3 remote-as 3333\n address-family ipv4 unicast\n"
                                "  neighbor 192.0.2.3 route-map ALL in\n exit-address-family\nexit\n"
                                "route-map ALL permit 10\nexit\n");
  const std::string network =
      file("network.yaml", "version: 1\nasns: [2914]\nneighbours:\n  - asn: 3333\n    role: customer\n");
  const Answer answer = run({"filter", "audit", "--network", network, path});
  EXPECT_EQ(answer.code, ExitCode::negative) << answer.err;
  EXPECT_NE(answer.out.find("AS3333 (customer)"), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("registered-only     required  IPv4 line 7"), std::string::npos) << answer.out;
}

TEST_F(FilterAudit, RefusesWhatItCannotRead) {
  EXPECT_EQ(run({"filter", "audit", file("a", "hello\n")}).code, ExitCode::failure);
  EXPECT_EQ(run({"filter", "audit", file("b", "filter x { accept;\n")}).code, ExitCode::failure);
  EXPECT_EQ(run({"filter", "audit", file("c", "router id 1.1.1.1;\n")}).code, ExitCode::empty);
  EXPECT_EQ(run({"filter", "audit", "/nonexistent"}).code, ExitCode::failure);
}

}  // namespace
}  // namespace fairway
