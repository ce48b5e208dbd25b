#include "core/tables/expectation.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

using Fit = Expectation::Fit;

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

Expectation example() {
  Network network;
  network.asns = {Asn{64501}, Asn{64500}, Asn{64500}};
  network.prefixes = {
      {.prefix = prefix("198.51.100.0/24"), .origins = {Asn{64500}}},
      {.prefix = prefix("192.0.2.0/24"), .origins = {Asn{64501}}, .max_length = 26},
      {.prefix = prefix("192.0.2.0/24"), .origins = {Asn{64500}}},
      {.prefix = prefix("192.0.2.128/25"), .origins = {Asn{64500}}, .ignore = true},
      {.prefix = prefix("2001:db8::/32"), .origins = {Asn{64500}}, .max_length = 128},
  };
  network.neighbours = {{.asn = Asn{65000}, .role = Role::provider, .local_asn = Asn{64501}},
                        {.asn = Asn{64999}, .role = Role::customer},
                        {.asn = Asn{65000}, .role = Role::peer, .local_asn = Asn{64500}}};
  network.exceptions = {{.kind = "hijack",
                         .prefix = prefix("192.0.2.0/24"),
                         .asn = Asn{64999},
                         .expires = from_seconds(1000),
                         .reason = "migration"}};
  return Expectation::build(std::move(network));
}

TEST(Expectation, KnowsItsOwnAsns) {
  const Expectation own = example();
  EXPECT_TRUE(own.owns(Asn{64500}));
  EXPECT_TRUE(own.owns(Asn{64501}));
  EXPECT_FALSE(own.owns(Asn{64502}));
}

TEST(Expectation, SaysHowAnAnnouncementFits) {
  const Expectation own = example();
  const struct {
    const char* prefix;
    std::uint32_t origin;
    Fit fit;
  } cases[] = {
      {"198.51.100.0/24", 64500, Fit::intended},
      {"198.51.100.0/24", 64501, Fit::wrong_origin},
      {"198.51.100.0/25", 64500, Fit::too_specific},  // no max_length: no more-specific
      {"198.51.100.0/25", 64666, Fit::wrong_origin},
      {"192.0.2.0/24", 64500, Fit::intended},  // two lines about one prefix add up
      {"192.0.2.0/24", 64501, Fit::intended},
      {"192.0.2.64/26", 64501, Fit::intended},
      {"192.0.2.64/27", 64501, Fit::too_specific},
      {"192.0.2.128/25", 64666, Fit::elsewhere},  // ignored, and hides the /24 above it
      {"192.0.2.192/26", 64666, Fit::elsewhere},
      {"192.0.0.0/16", 64666, Fit::elsewhere},  // a super-prefix is not mine: see under()
      {"203.0.113.0/24", 64500, Fit::elsewhere},
      {"2001:db8::1/128", 64500, Fit::intended},
      {"2001:db8::/48", 64501, Fit::wrong_origin},
      {"0.0.0.0/0", 64500, Fit::elsewhere},
  };
  for (const auto& c : cases) EXPECT_EQ(own.fit(prefix(c.prefix), Asn{c.origin}), c.fit) << c.prefix << " " << c.origin;
}

TEST(Expectation, FindsWhatASuperPrefixTouches) {
  const Expectation own = example();
  const auto touched = own.under(prefix("192.0.0.0/16"));
  ASSERT_EQ(touched.size(), 2u);
  EXPECT_EQ(touched[0].prefix, prefix("192.0.2.0/24"));
  EXPECT_EQ(touched[1].prefix, prefix("192.0.2.128/25"));
  EXPECT_EQ(own.under(prefix("0.0.0.0/0")).size(), 3u);
  EXPECT_EQ(own.under(prefix("192.0.2.0/24")).size(), 2u);
  EXPECT_TRUE(own.under(prefix("203.0.113.0/24")).empty());
}

TEST(Expectation, FindsNeighboursByAsn) {
  const Expectation own = example();
  EXPECT_EQ(own.neighbours(Asn{65000}).size(), 2u);
  ASSERT_EQ(own.neighbours(Asn{64999}).size(), 1u);
  EXPECT_EQ(own.neighbours(Asn{64999})[0].role, Role::customer);
  EXPECT_TRUE(own.neighbours(Asn{1}).empty());
}

TEST(Expectation, AnExceptionHoldsUntilItExpiresAndForWhatItNames) {
  const Expectation own = example();
  const Prefix inside = prefix("192.0.2.64/26");
  ASSERT_NE(own.excuse("hijack", inside, Asn{64999}, from_seconds(999)), nullptr);
  EXPECT_EQ(own.excuse("hijack", inside, Asn{64999}, from_seconds(999))->reason, "migration");
  EXPECT_EQ(own.excuse("hijack", inside, Asn{64999}, from_seconds(1000)), nullptr);
  EXPECT_EQ(own.excuse("leak", inside, Asn{64999}, from_seconds(999)), nullptr);
  EXPECT_EQ(own.excuse("hijack", prefix("192.0.0.0/16"), Asn{64999}, from_seconds(999)), nullptr);
  EXPECT_EQ(own.excuse("hijack", inside, Asn{64998}, from_seconds(999)), nullptr);
}

TEST(Expectation, EveryRoleReadsAsItIsWritten) {
  for (const Role role : {Role::customer, Role::provider, Role::peer, Role::rs, Role::rs_client, Role::sibling}) {
    EXPECT_EQ(parse_role(to_string(role)), role);
  }
  EXPECT_EQ(parse_role("upstream"), std::nullopt);
}

}  // namespace
}  // namespace fairway
