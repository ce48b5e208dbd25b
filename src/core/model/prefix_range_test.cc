#include "core/model/prefix_range.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <set>

#include "core/model/aggregate.h"

namespace fairway {
namespace {

PrefixRange range(const char* text) { return parse_prefix_range(text).value(); }

std::vector<PrefixRange> ranges(std::initializer_list<const char*> texts) {
  std::vector<PrefixRange> all;
  for (const char* text : texts) all.push_back(range(text));
  sort_ranges(all);
  return all;
}

TEST(PrefixRange, ReadsTheOperatorsOfRpsl) {
  EXPECT_EQ(range("10.0.0.0/8"), (PrefixRange{*parse_prefix("10.0.0.0/8"), 8, 8}));
  EXPECT_EQ(range("10.0.0.0/8^-"), (PrefixRange{*parse_prefix("10.0.0.0/8"), 9, 32}));
  EXPECT_EQ(range("10.0.0.0/8^+"), (PrefixRange{*parse_prefix("10.0.0.0/8"), 8, 32}));
  EXPECT_EQ(range("10.0.0.0/8^24"), (PrefixRange{*parse_prefix("10.0.0.0/8"), 24, 24}));
  EXPECT_EQ(range("2001:db8::/32^48-64"), (PrefixRange{*parse_prefix("2001:db8::/32"), 48, 64}));
  EXPECT_EQ(range("10.0.0.1/8^8"), range("10.0.0.0/8"));
  for (const char* wrong :
       {"", "^+", "10.0.0.0/8^", "10.0.0.0/8^7", "10.0.0.0/8^33", "10.0.0.0/8^24-", "10.0.0.0/8^-24",
        "10.0.0.0/8^24-23", "10.0.0.0/8^24-25-26", "10.0.0.0/32^-", "10.0.0.0/8^x", "AS-FOO^+"}) {
    EXPECT_FALSE(parse_prefix_range(wrong)) << wrong;
  }
}

TEST(PrefixRange, EnumeratesUpToALimit) {
  const auto all = enumerate(ranges({"10.0.0.0/23^-", "10.0.0.0/24", "192.0.2.0/25"}), 24, 100);
  EXPECT_EQ(all, ranges({"10.0.0.0/24", "10.0.1.0/24"}));
  EXPECT_EQ(enumerate(ranges({"::/0^128"}), 128, 1'000'000).error().kind, ErrorKind::refused);
  EXPECT_EQ(enumerate(ranges({"10.0.0.0/30^+"}), 32, 7)->size(), 7u);
  EXPECT_FALSE(enumerate(ranges({"10.0.0.0/30^+"}), 32, 6));
}

TEST(PrefixRange, ManyAreSortedAsFewAre) {
  std::vector<PrefixRange> many;
  std::uint32_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    state = state * 1664525u + 1013904223u;
    const unsigned length = state >> 8 & 31, least = length + (state >> 16) % (33 - length);
    many.push_back({{IpAddress::ipv4(state), length}, static_cast<std::uint8_t>(least), 32});
    if (i % 3 == 0) many.push_back(many.back());
  }
  auto sorted = many;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  sort_ranges(many);
  EXPECT_EQ(many, sorted);
}

TEST(PrefixRange, LetsMoreSpecificsIn) {
  const auto exact = ranges({"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.128/25", "192.0.2.0/24"});
  EXPECT_EQ(with_more_specifics(exact, 0, 24), ranges({"10.0.0.0/8^8-24", "10.1.2.128/25", "192.0.2.0/24"}));
  EXPECT_EQ(with_more_specifics(exact, 24, 32), ranges({"10.0.0.0/8^24-32", "192.0.2.0/24^24-32"}));
  EXPECT_EQ(with_more_specifics(exact, 20, 25), ranges({"10.0.0.0/8^20-25", "192.0.2.0/24^24-25"}));
}

TEST(Aggregate, JoinsHalves) {
  EXPECT_EQ(aggregate(ranges({"10.0.0.0/24", "10.0.1.0/24"})), ranges({"10.0.0.0/23^24"}));
  EXPECT_EQ(aggregate(ranges({"10.0.0.0/23", "10.0.0.0/24", "10.0.1.0/24"})), ranges({"10.0.0.0/23^23-24"}));
  EXPECT_EQ(aggregate(ranges({"10.0.1.0/24", "10.0.2.0/24"})), ranges({"10.0.1.0/24", "10.0.2.0/24"}));
  EXPECT_TRUE(aggregate({}).empty());
}

// Small lists, in which much can be joined: prefixes of 28 to 32 bits under one block, which is 1, its halves 2 and 3,
// and so on.
rc::Gen<std::vector<PrefixRange>> small_list() {
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(1, 32)),
                      [](const std::vector<std::uint32_t>& places) {
                        std::vector<PrefixRange> all;
                        for (const std::uint32_t place : places) {
                          const unsigned depth = static_cast<unsigned>(std::bit_width(place)) - 1;
                          const std::uint32_t at = (place - (1u << depth)) << (4 - depth);
                          all.push_back(PrefixRange::only({IpAddress::ipv4(0xC0000200u | at), 28 + depth}));
                        }
                        sort_ranges(all);
                        return all;
                      });
}

std::set<Prefix> accepted(std::span<const PrefixRange> list) {
  std::set<Prefix> all;
  const auto exact = enumerate({list.begin(), list.end()}, 128, 100'000);
  for (const PrefixRange& one : exact.value()) all.insert(one.prefix);
  return all;
}

RC_GTEST_PROP(Aggregate, AcceptsTheSamePrefixes, ()) {
  const auto list = *small_list();
  const auto joined = aggregate(list);
  RC_ASSERT(accepted(joined) == accepted(list));
  RC_ASSERT(std::is_sorted(joined.begin(), joined.end(), [](auto& a, auto& b) { return a.prefix < b.prefix; }));
}

RC_GTEST_PROP(FewestRanges, AcceptTheSamePrefixes, ()) {
  auto list = *small_list();
  const auto wide = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange<unsigned>(0, 1000));
  for (const unsigned w : wide) {
    if (list.empty()) break;
    PrefixRange& one = list[w % list.size()];
    one.least = static_cast<std::uint8_t>(std::min<unsigned>(32, one.least + w / 100 % 4));
    one.most = static_cast<std::uint8_t>(std::max<unsigned>(one.least, std::min<unsigned>(32, one.most + w / 400)));
  }
  const auto fewest = fewest_ranges(list);
  RC_ASSERT(accepted(fewest) == accepted(list));
  RC_ASSERT(fewest.size() <= list.size());
  RC_ASSERT(fewest_ranges(fewest) == fewest);
}

// Whether `size` ranges of those that accept nothing else accept all of `wanted`: the first prefix that is not accepted
// yet must be in one of them.
bool can_cover(const std::set<Prefix>& wanted, const std::vector<PrefixRange>& widest, std::vector<PrefixRange>& taken,
               std::size_t size) {
  for (const Prefix& prefix : wanted) {
    if (std::any_of(taken.begin(), taken.end(), [&](const PrefixRange& one) { return one.accepts(prefix); })) continue;
    if (taken.size() == size) return false;
    for (const PrefixRange& one : widest) {
      if (!one.accepts(prefix)) continue;
      taken.push_back(one);
      if (can_cover(wanted, widest, taken, size)) return true;
      taken.pop_back();
    }
    return false;
  }
  return true;
}

RC_GTEST_PROP(FewestRanges, AreTheFewest, ()) {
  auto list = *small_list();
  std::erase_if(list, [](const PrefixRange& one) { return one.prefix.length() == 32; });  // all ways to cover are tried
  const auto wanted = accepted(list);
  const auto fewest = fewest_ranges(list);
  RC_ASSERT(fewest.size() <= aggregate(list).size());
  std::vector<PrefixRange> fitting;
  const Prefix block = *parse_prefix("192.0.2.0/28");
  for (unsigned length = 28; length <= 31; ++length) {
    for (std::uint32_t at = 0; at < 16; at += 1u << (32 - length)) {
      for (unsigned least = length; least <= 31; ++least) {
        for (unsigned most = least; most <= 31; ++most) {
          const PrefixRange one{{IpAddress::ipv4(block.address().ipv4_bits() | at), length},
                                static_cast<std::uint8_t>(least),
                                static_cast<std::uint8_t>(most)};
          const auto holds = accepted({{one}});
          if (std::includes(wanted.begin(), wanted.end(), holds.begin(), holds.end())) fitting.push_back(one);
        }
      }
    }
  }
  if (fewest.empty()) return;
  std::vector<PrefixRange> taken;
  RC_ASSERT(!can_cover(wanted, fitting, taken, fewest.size() - 1));
}

}  // namespace
}  // namespace fairway
