#include <gtest/gtest.h>

#include <array>
#include <random>

#include "core/model/ip_address.h"
#include "core/model/prefix.h"
#include "core/model/prefix_set.h"

namespace fairway {
namespace {

Prefix prefix(std::string_view text) {
  const auto parsed = parse_prefix(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Prefix{});
}

struct Rfc5952Case {
  const char* text;
  const char* canonical;
};

// RFC 4291 section 2.2 and RFC 5952 sections 4 and 5.
TEST(IpAddress, PrintsTheCanonicalForm) {
  for (const auto& [text, canonical] : std::initializer_list<Rfc5952Case>{
           {"192.0.2.1", "192.0.2.1"},
           {"0.0.0.0", "0.0.0.0"},
           {"2001:0db8:0000:0000:0000:0000:0002:0001", "2001:db8::2:1"},
           {"2001:DB8::1", "2001:db8::1"},
           {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
           {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
           {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
           {"::", "::"},
           {"::1", "::1"},
           {"1::", "1::"},
           {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
           {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
           {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
       }) {
    const auto address = parse_ip(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_string(*address), canonical);
    EXPECT_EQ(parse_ip(canonical), address);
  }
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
  for (const char* bad : {"",
                          "1",
                          "1.2.3",
                          "1.2.3.4.5",
                          "256.1.1.1",
                          "01.2.3.4",
                          "1.2.3.4 ",
                          ":",
                          ":::",
                          "1:::2",
                          "1::2::3",
                          "1:2:3:4:5:6:7",
                          "1:2:3:4:5:6:7:8:9",
                          "12345::",
                          "::1.2.3",
                          "1.2.3.4::",
                          "1:",
                          "g::",
                          "1:2:3:4:5:6:7:1.2.3.4",
                          "1:2:3:4:5:6:7:8::"}) {
    EXPECT_FALSE(parse_ip(bad)) << bad;
  }
}

TEST(IpAddress, OctetsRoundTrip) {
  for (const char* text : {"198.51.100.7", "2001:db8:1:2:3:4:5:6"}) {
    std::uint8_t octets[16];
    const IpAddress address = *parse_ip(text);
    const std::size_t size = address.to_octets(octets);
    EXPECT_EQ(IpAddress::from_octets({octets, size}), address);
  }
}

TEST(Prefix, ClearsAndRefusesHostBits) {
  EXPECT_FALSE(parse_ip({}));
  EXPECT_FALSE(parse_prefix({}));
  EXPECT_FALSE(parse_prefix("192.0.2.1/24"));
  EXPECT_EQ(parse_prefix("192.0.2.1/24", true), prefix("192.0.2.0/24"));
  EXPECT_EQ(to_string(prefix("2001:db8::/32")), "2001:db8::/32");
  EXPECT_EQ(prefix("192.0.2.1").length(), 32u);
  for (const char* bad : {"192.0.2.0/33", "2001:db8::/129", "192.0.2.0/", "/24", "192.0.2.0/-1", "192.0.2.0/24/1"})
    EXPECT_FALSE(parse_prefix(bad)) << bad;
}

TEST(Prefix, CoversItselfAndWhatIsUnderIt) {
  EXPECT_TRUE(prefix("10.0.0.0/8").covers(prefix("10.1.0.0/16")));
  EXPECT_TRUE(prefix("10.0.0.0/8").covers(prefix("10.0.0.0/8")));
  EXPECT_FALSE(prefix("10.1.0.0/16").covers(prefix("10.0.0.0/8")));
  EXPECT_FALSE(prefix("10.0.0.0/8").covers(prefix("11.0.0.0/16")));
  EXPECT_TRUE(prefix("::/0").covers(prefix("2001:db8::/32")));
  EXPECT_FALSE(prefix("::/0").covers(prefix("10.0.0.0/8"))) << "families are apart";
  EXPECT_TRUE(prefix("2001:db8:0:0:8000::/65").covers(prefix("2001:db8::8000:0:0:1/128")));
  EXPECT_FALSE(prefix("2001:db8:0:0:8000::/65").covers(prefix("2001:db8::1/128")));
}

TEST(Prefix, HalvesAndLastAddress) {
  EXPECT_EQ(prefix("10.0.0.0/8").half(1), prefix("10.128.0.0/9"));
  EXPECT_EQ(prefix("::/0").half(1), prefix("8000::/1"));
  EXPECT_EQ(prefix("2001:db8::/64").half(1), prefix("2001:db8::8000:0:0:0/65"));
  EXPECT_EQ(to_string(prefix("10.0.0.0/8").last_address()), "10.255.255.255");
  EXPECT_EQ(to_string(prefix("2001:db8::/32").last_address()), "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
}

TEST(Prefix, SortsASubtreeIntoOneRun) {
  EXPECT_LT(prefix("10.0.0.0/8"), prefix("10.0.0.0/16"));
  EXPECT_LT(prefix("10.255.0.0/16"), prefix("11.0.0.0/8"));
  EXPECT_LT(prefix("255.0.0.0/8"), prefix("::/0"));
}

TEST(PrefixSet, IsTheFewestPrefixesThatCoverTheSame) {
  const PrefixSet set({prefix("10.0.1.0/24"), prefix("10.0.0.0/24"), prefix("10.0.0.128/25"), prefix("10.0.2.0/23"),
                       prefix("192.0.2.0/24")});
  EXPECT_EQ(std::vector(set.prefixes().begin(), set.prefixes().end()),
            (std::vector{prefix("10.0.0.0/22"), prefix("192.0.2.0/24")}));
  EXPECT_TRUE(set.covers(prefix("10.0.3.0/24")));
  EXPECT_FALSE(set.covers(prefix("10.0.0.0/21")));
  EXPECT_TRUE(set.intersects(prefix("10.0.0.0/21")));
  EXPECT_FALSE(set.intersects(prefix("10.0.4.0/22")));
}

// Property: over a small universe the set answers as a list of addresses would.
TEST(PrefixSet, AgreesWithAListOfAddresses) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::vector<Prefix> prefixes;
    std::array<bool, 64> inside{};
    for (unsigned i = random() % 12; i-- > 0;) {
      const Prefix p(IpAddress::ipv4(random() % 64 << 26), random() % 7);
      prefixes.push_back(p);
      for (unsigned a = 0; a < 64; ++a) inside[a] = inside[a] || p.covers(IpAddress::ipv4(a << 26));
    }
    const PrefixSet set(prefixes);
    for (std::size_t i = 1; i < set.prefixes().size(); ++i) EXPECT_LT(set.prefixes()[i - 1], set.prefixes()[i]);
    for (unsigned length = 0; length <= 6; ++length) {
      for (unsigned a = 0; a < 64; a += 1u << (6 - length)) {
        const Prefix asked(IpAddress::ipv4(a << 26), length);
        bool all = true, any = false;
        for (unsigned b = a; b < a + (1u << (6 - length)); ++b) {
          all = all && inside[b];
          any = any || inside[b];
        }
        EXPECT_EQ(set.covers(asked), all);
        EXPECT_EQ(set.intersects(asked), any);
      }
    }
  }
}

}  // namespace
}  // namespace fairway
