// fairway filter as its caller sees it, with the example that newcomers are given.
#include <gtest/gtest.h>

#include <filesystem>

#include "apps/fairway/answer_for_tests.h"
#include "core/report/filterconfig/targets.h"
#include "shell/config/folder_for_tests.h"

namespace fairway {
namespace {

constexpr std::string_view kExample = FAIRWAY_SOURCE_DIR "/etc/example/";

class Filter : public ::testing::Test {
 protected:
  Filter() {
    network = read("network.yaml");
    registry = read("registry.db");
    std::filesystem::create_directory(folder / "data");
  }
  static std::string read(const std::string& name) {
    std::ifstream file(std::string(kExample) + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // Runs a verb on `network` and `registry` as they are now.
  Answer filter(std::vector<std::string> words) const {
    folder.write("network.yaml", network);
    folder.write("registry.db", registry);
    words.insert(words.begin(), "filter");
    for (const std::string& word : {std::string("--network"), folder / "network.yaml", std::string("--irr"),
                                    folder / "registry.db", std::string("--data"), folder / "data"}) {
      words.push_back(word);
    }
    return run(words);
  }
  Answer build(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"build", "--target", "bird", "--out", folder / "bird.conf"};
    words.insert(words.end(), more.begin(), more.end());
    return filter(words);
  }
  void replace(std::string& text, std::string_view what, std::string_view with) const {
    const std::size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    text.replace(at, what.size(), with);
  }
  bool is_there(const std::string& name) const { return std::filesystem::exists(folder / name); }

  Folder folder;
  std::string network, registry;
};

TEST_F(Filter, BuildsForEveryTargetAndSaysWhatIsMissing) {
  for (const filterconfig::Target& target : filterconfig::targets()) {
    const Answer answer = filter({"build", "--target", std::string(target.name)});
    ASSERT_EQ(answer.code, ExitCode::fine) << target.name << ": " << answer.err;
    EXPECT_NE(answer.out.find("AS3333"), std::string::npos) << target.name;
    EXPECT_NE(answer.out.find(target.product), std::string::npos);
    EXPECT_EQ(answer.out.find("was not loaded on a device") == std::string::npos, target.loaded) << target.name;
    EXPECT_NE(answer.err.find("gap: aspa"), std::string::npos) << "none of them verifies ASPA: " << target.name;
  }
}

TEST_F(Filter, WhatWasBuiltIsProven) {
  for (const std::string target : {"bird", "openbgpd", "frr", "junos", "iosxr"}) {
    const std::string path = folder / (target + ".conf");
    ASSERT_EQ(filter({"build", "--target", target, "--out", path}).code, ExitCode::fine);
    const Answer proof = filter({"prove", "--config", path});
    EXPECT_EQ(proof.code, ExitCode::fine) << proof.out << proof.err;
    EXPECT_NE(proof.out.find("proven: 4 sessions"), std::string::npos) << proof.out;
    EXPECT_NE(proof.out.find(" 0 differ"), std::string::npos) << proof.out;
  }
}

// Each of these was once a filter somewhere: a line too many, one too few, one bit too wide, a policy not applied.
TEST_F(Filter, AMistakeIsFound) {
  ASSERT_EQ(build().code, ExitCode::fine);
  const std::string text = folder.read("bird.conf");
  const std::pair<std::string_view, std::string_view> mistakes[] = {
      {"  193.0.10.0/23,\n", ""},
      {"  193.0.10.0/23,\n", "  193.0.10.0/23,\n  193.0.16.0/23,\n"},
      {"  193.0.10.0/23,\n", "  193.0.10.0/23{23,24},\n"},
      {"  if bgp_path ~ FW_TRANSIT_FREE then reject;\n", ""},
      {"  if net ~ FW_BOGONS_V4 then reject;\n", "  if net ~ FW_BOGONS_V4 then accept;\n"},
      {"bgp_path.len > 64", "bgp_path.len > 65"},
      {"if roa_check(fw_roa4, net, bgp_path.last) = ROA_INVALID",
       "if roa_check(fw_roa4, net, bgp_path.last) = ROA_VALID"},
      {"bgp_large_community.add((64500, 3, 2))", "bgp_large_community.add((64500, 3, 4))"},
      {"import filter AS3333_IMPORT_V4;", "import all;"},
      {"export filter AS3320_EXPORT_V4;", "export all;"},
      {"neighbor 10.0.2.2 as 12654;", "neighbor 10.0.2.3 as 12654;"},
  };
  for (const auto& [what, with] : mistakes) {
    std::string wrong = text;
    replace(wrong, what, with);
    folder.write("wrong.conf", wrong);
    const bool of_rov = what.find("roa_check") != std::string_view::npos;
    // Without VRPs nothing is invalid: that line cannot matter.
    std::vector<std::string> words{"prove", "--config", folder / "wrong.conf"};
    if (of_rov) {
      folder.write("vrps.json",
                   R"({"roas": [{"asn": 3333, "prefix": "193.0.0.0/21", "maxLength": 21, "ta": "ripe"}]})");
      words.insert(words.end(), {"--rpki", folder / "vrps.json"});
    }
    const Answer proof = filter(words);
    EXPECT_EQ(proof.code, ExitCode::negative) << what << " -> " << with << '\n' << proof.out << proof.err;
  }
}

TEST_F(Filter, AMistakeIsFoundWhereNoDeviceIsAtHand) {
  const std::tuple<std::string, std::string_view, std::string_view> mistakes[] = {
      {"junos", "        as-list a1 members 25152;\n", ""},
      {"junos", "as-path-origins as-list-group AS12654_ORIGINS", "as-path-neighbors as-list-group AS12654_ORIGINS"},
      {"junos", "as-path-calc-length 65 orhigher", "as-path-calc-length 66 orhigher"},
      {"junos", "193.0.10.0/23 exact", "193.0.10.0/23 orlonger"},
      {"iosxr", "193.0.10.0/23", "193.0.10.0/23 le 24"},
  };
  for (const auto& [target, what, with] : mistakes) {
    const std::string path = folder / "wrong.conf";
    Answer built = filter({"build", "--target", target});
    replace(built.out, what, with);
    folder.write("wrong.conf", built.out);
    const Answer proof = filter({"prove", "--config", path});
    EXPECT_EQ(proof.code, ExitCode::negative) << what << " -> " << with << '\n' << proof.out << proof.err;
    EXPECT_EQ(proof.out.find("found unknown"), std::string::npos) << proof.out;
  }
}

TEST_F(Filter, DiffTellsWhatWouldChange) {
  ASSERT_EQ(build().code, ExitCode::fine);
  const Answer same = filter({"diff", "--running", folder / "bird.conf"});
  EXPECT_EQ(same.code, ExitCode::fine) << same.out;
  EXPECT_NE(same.out.find("nothing would change"), std::string::npos);
  replace(registry, "193.0.10.0/23", "193.0.8.0/23");
  const Answer other = filter({"diff", "--running", folder / "bird.conf"});
  EXPECT_EQ(other.code, ExitCode::negative);
  EXPECT_NE(other.out.find("193.0.8.0/23"), std::string::npos) << other.out;
  EXPECT_NE(other.out.find("193.0.10.0/23"), std::string::npos) << other.out;
}

TEST_F(Filter, AShrunkenListStaysAsItWasUntilSomebodyAccepts) {
  ASSERT_EQ(build().code, ExitCode::fine);
  const std::string whole = folder.read("bird.conf");
  ASSERT_EQ(build().code, ExitCode::fine);
  // Behind the head, which names the dates of the files.
  const auto body = [](const std::string& text) { return text.substr(text.find("define")); };
  EXPECT_EQ(body(folder.read("bird.conf")), body(whole)) << "the same again is the same";

  const std::string all = registry;
  replace(registry, "AS3333, AS25152", "AS25152");  // eight of nine prefixes go
  const Answer refused = build();
  EXPECT_EQ(refused.code, ExitCode::refused);
  EXPECT_NE(refused.err.find("AS3333_PREFIXES would lose 6 of 8 IPv4 prefixes"), std::string::npos) << refused.err;
  EXPECT_EQ(body(folder.read("bird.conf")), body(whole));
  EXPECT_TRUE(is_there("bird.conf.refused"));
  EXPECT_EQ(build().code, ExitCode::refused) << "and again, as long as nobody looked";

  replace(network, "    beacons: [193.0.0.0/21]\n", "");  // it is no beacon any more
  EXPECT_EQ(build({"--accept"}).code, ExitCode::fine);
  EXPECT_FALSE(is_there("bird.conf.refused"));
  EXPECT_EQ(folder.read("bird.conf").find("  193.0.10.0/23"), std::string::npos);
  registry = all;
  EXPECT_EQ(build().code, ExitCode::refused) << "to grow as much is a change, too";
}

TEST_F(Filter, ABeaconThatWouldBeRefusedStopsEverything) {
  ASSERT_EQ(build().code, ExitCode::fine);
  const std::string whole = folder.read("bird.conf");
  replace(network, "beacons: [193.0.0.0/21]", "beacons: [193.0.6.0/24]");
  const Answer refused = build({"--accept"});
  EXPECT_EQ(refused.code, ExitCode::refused);
  EXPECT_NE(refused.err.find("the beacon 193.0.6.0/24 would be refused from AS3333 by prefix"), std::string::npos)
      << refused.err;
  EXPECT_EQ(folder.read("bird.conf"), whole);
}

TEST_F(Filter, AMissingSetStopsItsNeighbourAlone) {
  ASSERT_EQ(build().code, ExitCode::fine);
  replace(network, "RIPE::AS-EXAMPLE-CUSTOMER", "RIPE::AS-GONE");
  const Answer refused = build();
  EXPECT_EQ(refused.code, ExitCode::refused);
  EXPECT_NE(refused.err.find("no registry at hand has RIPE::AS-GONE"), std::string::npos) << refused.err;
  EXPECT_NE(folder.read("bird.conf").find("193.0.10.0/23"), std::string::npos) << "its last list";
  std::filesystem::remove(folder / "bird.conf.lists");
  EXPECT_EQ(build().code, ExitCode::refused);
  replace(network, "    beacons: [193.0.0.0/21]\n", "");
  EXPECT_EQ(build({"--allow-empty"}).code, ExitCode::refused) << "written, and told that something was refused";
  EXPECT_EQ(folder.read("bird.conf").find("193.0.10.0/23"), std::string::npos);
}

TEST_F(Filter, SecretsAreOfTheirOwnersAlone) {
  replace(network, "gtsm: true}", "gtsm: true, secret_file: secret}");
  EXPECT_EQ(build().code, ExitCode::failure) << "there is no such file";
  folder.write("secret", "not \"for\" everybody\n");
  ASSERT_EQ(build().code, ExitCode::fine);
  EXPECT_EQ(std::filesystem::status(folder / "bird.conf").permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_NE(folder.read("bird.conf").find("password"), std::string::npos);
  EXPECT_EQ(filter({"build", "--target", "bird", "--format", "json"}).out.find("everybody"), std::string::npos);
}

TEST_F(Filter, ARouteServerFromItsMemberExport) {
  network = "version: 1\nasns: [64500]\n";
  folder.write("members.json", R"({"version": "1.0",
    "ixp_list": [{"ixp_id": 1, "shortname": "EX", "vlan": [{"id": 1, "ipv4": {"prefix": "80.249.208.0", "mask_length": 21}}]}],
    "member_list": [
      {"asnum": 3333, "name": "One", "connection_list": [{"ixp_id": 1, "state": "active", "vlan_list": [
        {"vlan_id": 1, "ipv4": {"address": "80.249.208.2", "routeserver": true, "as_macro": "AS-EXAMPLE-CUSTOMER"}}]}]},
      {"asnum": 12654, "name": "Two", "connection_list": [{"ixp_id": 1, "vlan_list": [
        {"vlan_id": 1, "ipv4": {"address": "80.249.208.3", "routeserver": true}}]}]},
      {"asnum": 25152, "name": "Not with the route server", "connection_list": [{"ixp_id": 1, "vlan_list": [
        {"vlan_id": 1, "ipv4": {"address": "80.249.208.4", "routeserver": false}}]}]}]})");
  const std::vector<std::string> members{"--members", folder / "members.json"};
  ASSERT_EQ(build(members).code, ExitCode::fine);
  const std::string text = folder.read("bird.conf");
  EXPECT_NE(text.find("rs client;"), std::string::npos);
  EXPECT_NE(text.find("neighbor 80.249.208.3 as 12654;"), std::string::npos);
  EXPECT_EQ(text.find("80.249.208.4"), std::string::npos);
  EXPECT_NE(text.find("bgp_large_community.add((64500, 1101, 9));"), std::string::npos) << "why a route is refused";
  EXPECT_NE(text.find("80.249.208.0/21"), std::string::npos) << "the exchange's own LAN";
  std::vector<std::string> proof{"prove", "--config", folder / "bird.conf"};
  proof.insert(proof.end(), members.begin(), members.end());
  EXPECT_EQ(filter(proof).code, ExitCode::fine);
}

TEST_F(Filter, VetSaysWhatSpeaksAgainstACustomer) {
  folder.write("vrps.json", R"({"roas": [{"asn": 25152, "prefix": "193.0.14.0/23", "maxLength": 24, "ta": "ripe"},
                                         {"asn": 2121, "prefix": "193.0.10.0/23", "maxLength": 23, "ta": "ripe"}]})");
  folder.write("drop.txt", "; a list\n193.0.20.0/22 ; SBL1\n");
  const auto vet = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"filter",
                                   "vet",
                                   "AS3333",
                                   "--as-set",
                                   "AS-EXAMPLE-CUSTOMER",
                                   "--irr",
                                   folder.write("registry.db", registry),
                                   "--data",
                                   folder / "data"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  const Answer clean = vet({});
  EXPECT_EQ(clean.code, ExitCode::fine) << clean.out << clean.err;
  EXPECT_NE(clean.out.find("nothing speaks against it"), std::string::npos) << clean.out;
  const Answer against = vet({"--rpki", folder / "vrps.json", "--drop", folder / "drop.txt"});
  EXPECT_EQ(against.code, ExitCode::negative);
  EXPECT_NE(against.out.find("193.0.10.0/23 AS3333: its ROAs name another AS"), std::string::npos) << against.out;
  EXPECT_NE(against.out.find("193.0.20.0/23 AS3333: it touches 193.0.20.0/22"), std::string::npos) << against.out;
  EXPECT_NE(against.out.find("193.0.22.0/23 AS3333: it touches 193.0.20.0/22"), std::string::npos);
}

TEST_F(Filter, RefusesWhatMakesNoSense) {
  EXPECT_EQ(filter({"build", "--target", "abacus"}).code, ExitCode::failure);
  EXPECT_EQ(filter({"build", "AS1", "--target", "bird"}).code, ExitCode::refused);
  EXPECT_EQ(filter({"build", "frog", "--target", "bird"}).code, ExitCode::failure);
  EXPECT_EQ(filter({"prove"}).code, ExitCode::failure);
  EXPECT_EQ(filter({"diff"}).code, ExitCode::failure);
  EXPECT_EQ(filter({"frog"}).code, ExitCode::failure);
  EXPECT_EQ(run({"filter", "--help"}).code, ExitCode::fine);
  for (const std::string verb : {"build", "diff", "prove", "audit", "vet"}) {
    const Answer help = run({"filter", verb, "--help"});
    EXPECT_EQ(help.code, ExitCode::fine);
    EXPECT_NE(help.out.find("fairway filter " + verb), std::string::npos);
  }
}

}  // namespace
}  // namespace fairway
