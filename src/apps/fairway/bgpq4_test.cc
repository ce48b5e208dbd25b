// fairway expand against bgpq4 itself: every vendor, kind of list and modifier, the same octets. Where they differ on
// purpose is written here and in docs/deviations/bgpq4.md, and is not compared.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "apps/fairway/answer_for_tests.h"
#include "core/model/prefix.h"
#include "shell/feed/whois_server_for_tests.h"

namespace fairway {
namespace {

using Words = std::vector<std::string>;

const std::vector<Words> kVendors = {{},     {"-X"}, {"-e"}, {"-J"}, {"-U"},  {"-u"}, {"-N"},
                                     {"-n"}, {"-b"}, {"-B"}, {"-K"}, {"-K7"}, {"-j"}, {"-F", "%n/%l;%a-%A,%N %m%i\\n"}};
const std::vector<Words> kGenerations = {{},           {"-E"},       {"-z"},         {"-f", "64"}, {"-f", "1000"},
                                         {"-G", "64"}, {"-H", "64"}, {"-G", "1000"}, {"-t"}};
const std::vector<Words> kModifiers = {{},
                                       {"-A"},
                                       {"-AR", "24"},
                                       {"-R22"},
                                       {"-r", "24"},
                                       {"-A", "-r23", "-R", "26"},
                                       {"-A", "-R", "24", "-r", "24"},
                                       {"-m", "24"},
                                       {"-Am30"},
                                       {"-s"},
                                       {"-l", "NAME"},
                                       {"-l", "STATEMENT/TERM"},
                                       {"-W", "3"},
                                       {"-W0"},
                                       {"-p"},
                                       {"-3T"},
                                       {"-L", "2"},
                                       {"-6"},
                                       {"-6A"},
                                       {"-6A", "-R", "48"},
                                       {"-6r", "48"},
                                       {"-6", "-m", "48"},
                                       {"-a", "64"},
                                       {"-S", "RIPE,RADB"},
                                       {"-M", "protocol bgp"}};
const std::vector<Words> kObjects = {{"AS-ALL"},
                                     {"AS-ONE", "AS64", "10.99.0.0/16"},
                                     {"AS-ALL", "EXCEPT", "AS1000", "as-loop"},
                                     {"RIPE::AS-ALL", "AS-ONE"},
                                     {"RS-SOME", "AS64"}};

WhoisRegistry registry() {
  WhoisRegistry registry;
  registry.sets = {{"AS-ALL", {"AS64", "AS1000", "AS-LOOP", "AS2000", "AS-GONE"}},
                   {"AS-LOOP", {"AS-ALL", "AS64512", "AS4200000001", "AS23456", "AS-DEEP", "AS112"}},
                   {"AS-DEEP", {"AS3", "AS5", "AS7", "AS200000", "AS11", "AS13"}},
                   {"AS-ONE", {"AS64"}},
                   {"RS-SOME", {"192.0.2.0/24^25-26", "198.51.100.0/26^+", "RS-MORE", "2001:db8:5::/48^49-50"}},
                   {"RS-MORE", {"203.0.113.0/24", "2001:db8:6::/48", "203.0.113.0/28^-"}}};
  registry.routes = {{"AS64",
                      {"0.0.0.0/0", "10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/23", "10.0.2.0/24", "10.0.3.0/24",
                       "2001:db8::/32", "2001:db8::/33", "2001:db8:8000::/33", "::/0"}},
                     {"AS112", {"192.175.48.0/24", "2620:4f:8000::/48"}},
                     {"AS3", {"192.0.2.1/32", "192.0.2.0/31", "192.0.2.0/32"}},
                     {"AS64512", {"10.200.0.0/16"}}};
  // Many neighbours and specifics, so that there is much to aggregate.
  std::uint64_t state = 7;
  const auto draw = [&state](std::uint32_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>((state >> 33) % below);
  };
  for (const char* asn : {"AS1000", "AS2000", "AS5", "AS200000"}) {
    for (int i = 0; i < 150; ++i) {
      const unsigned length = 20 + draw(13), bits = std::min(length, 27u);
      const std::uint32_t at = 172u << 24 | 16u << 16 | draw(1u << (bits - 16 > 7 ? 7 : bits - 16)) << (32 - bits);
      const Prefix four{IpAddress::ipv4(at), length};
      registry.routes[asn].push_back(to_string(four));
      const unsigned six = 40 + draw(10);
      registry.routes[asn].push_back(
          to_string(Prefix{IpAddress::ipv6(0x2001'0db8'0000'0000 | std::uint64_t{draw(64)} << (64 - six), 0), six}));
    }
  }
  return registry;
}

// bgpq4's output, or nothing if it refused or complained of what it was asked.
std::optional<std::string> bgpq4(const std::string& host, const Words& words) {
  std::string command = "exec timeout 20 bgpq4 -h " + host;
  for (const std::string& word : words) command += " '" + word + "'";
  std::string text;
  std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  char block[1 << 16];
  for (std::size_t size; (size = std::fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, size);
  if (::pclose(pipe) != 0) return std::nullopt;
  return text;
}

bool has(const Words& words, const char* word) { return std::find(words.begin(), words.end(), word) != words.end(); }

// What bgpq4 1.9 does and expand does not.
bool differs_on_purpose(const Words& words) {
  const bool six = has(words, "-6") || has(words, "-6A") || has(words, "-6r");
  return has(words, "-e") && has(words, "-E") && six;  // an access list with the masks of another family
}

class Bgpq4 : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v bgpq4 >/dev/null 2>&1") != 0)
      GTEST_SKIP() << "bgpq4 is not installed: script/bootstrap test";
  }
  std::size_t compared_ = 0;

  void compare(const std::string& host, Words words) {
    SCOPED_TRACE(::testing::PrintToString(words));
    const auto theirs = bgpq4(host, words);
    Words ours{"expand", "-h", host, "--allow-empty"};
    ours.insert(ours.end(), words.begin(), words.end());
    const Answer answer = run(ours);
    if (!theirs || differs_on_purpose(words)) return;  // they refuse; we may or may not
    ASSERT_EQ(answer.code, ExitCode::fine) << answer.err;
    ASSERT_EQ(answer.out, *theirs);
    ++compared_;
  }
};

TEST_F(Bgpq4, PrintsTheSameForEverythingThatCanBeAsked) {
  WhoisRegistry plain = registry();
  plain.expands = false;
  const WhoisServer server(registry()), without_a(plain);
  for (const Words& vendor : kVendors) {
    for (const Words& generation : kGenerations) {
      for (const Words& modifier : kModifiers) {
        // Other objects make no other texts: they are asked of two vendors.
        const bool all = vendor.empty() || has(vendor, "-j");
        for (std::size_t i = 0; i < (all ? kObjects.size() : 1); ++i) {
          Words words = vendor;
          for (const Words* more : {&generation, &modifier, &kObjects[i]})
            words.insert(words.end(), more->begin(), more->end());
          compare(i == 0 && all ? without_a.name() : server.name(), words);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
  EXPECT_GT(compared_, 1300u);
}

TEST_F(Bgpq4, PrintsTheSameForNothing) {
  WhoisRegistry nothing;
  nothing.sets["AS-EMPTY"] = {};
  const WhoisServer server(nothing);
  for (const Words& vendor : kVendors) {
    for (const Words& generation : kGenerations) {
      for (const Words& modifier :
           std::vector<Words>{{}, {"-s"}, {"-l", "NAME"}, {"-6"}, {"-a", "64"}, {"-M", "protocol bgp"}}) {
        Words words = vendor;
        for (const Words* more : {&generation, &modifier}) words.insert(words.end(), more->begin(), more->end());
        words.push_back("AS-EMPTY");
        compare(server.name(), words);
        if (HasFatalFailure()) return;
      }
    }
  }
  EXPECT_GT(compared_, 200u);
}

}  // namespace
}  // namespace fairway
