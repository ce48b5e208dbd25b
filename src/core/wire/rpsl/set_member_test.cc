#include "core/wire/rpsl/set_member.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(SetMember, ReadsWhatStandsInSets) {
  const auto as = parse_set_member("as64500");
  ASSERT_TRUE(as && as->kind == SetMember::Kind::asn);
  EXPECT_EQ(as->asn, Asn{64500});
  const auto set = parse_set_member("AS64500:as-foo^24-32");
  ASSERT_TRUE(set && set->kind == SetMember::Kind::set);
  EXPECT_EQ(set->name, "AS64500:AS-FOO");
  EXPECT_EQ(set->range, (RangeOperator{.least = 24, .most = 32}));
  const auto pinned = parse_set_member("ripe::AS-FOO:AS64500");
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->source, "RIPE");
  EXPECT_EQ(pinned->name, "AS-FOO:AS64500");
  const auto prefix = parse_set_member("2001:db8::/32^+");
  ASSERT_TRUE(prefix && prefix->kind == SetMember::Kind::prefix);
  EXPECT_EQ(prefix->prefix, *parse_prefix("2001:db8::/32"));
}

TEST(SetMember, IsNothingElse) {
  for (const char* text : {"", "AS", "64500", "ASfoo", "AS-FOO:", ":AS-FOO", "AS1:AS2", "AS1::", "::AS-FOO", "AS-F$O",
                           "192.0.2.1/24", "192.0.2.1", "AS1^", "AS-FOO^x", "AS4294967296", "A:::AS-B", "FOO:AS-BAR"}) {
    EXPECT_FALSE(parse_set_member(text)) << text;
  }
}

TEST(SetMember, ListsAreCutAtCommasAndBlanks) {
  EXPECT_EQ(split_list("AS1,AS2 , AS3\tAS4,,"), (std::vector<std::string_view>{"AS1", "AS2", "AS3", "AS4"}));
  EXPECT_TRUE(split_list(" , ").empty());
}

}  // namespace
}  // namespace fairway
