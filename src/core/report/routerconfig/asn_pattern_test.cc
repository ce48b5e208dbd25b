#include "core/report/routerconfig/asn_pattern.h"

#include <gtest/gtest.h>

namespace fairway::routerconfig {
namespace {

// Whether a pattern of digits and [a-b] matches the whole text.
bool matches(const std::string& pattern, const std::string& text) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i, ++at) {
    if (at == text.size()) return false;
    if (pattern[i] != '[') {
      if (pattern[i] != text[at]) return false;
      continue;
    }
    if (text[at] < pattern[i + 1] || text[at] > pattern[i + 3]) return false;
    i += 4;
  }
  return at == text.size();
}

bool any(const std::vector<std::string>& patterns, std::uint64_t number) {
  for (const std::string& pattern : patterns) {
    if (matches(pattern, std::to_string(number))) return true;
  }
  return false;
}

TEST(AsnPattern, MatchesExactlyTheRange) {
  const std::uint32_t bounds[] = {0,   1,   7,   9,   10,   11,    98,    99,    100,
                                  101, 109, 110, 999, 1000, 64495, 64512, 65534, 65551};
  for (const std::uint32_t first : bounds) {
    for (const std::uint32_t last : bounds) {
      if (last < first) continue;
      const auto patterns = patterns_of(Asn{first}, Asn{last});
      for (std::uint64_t number = 0; number < 70000; number += number < 1200 ? 1 : 7) {
        ASSERT_EQ(any(patterns, number), number >= first && number <= last) << first << '-' << last << ' ' << number;
      }
    }
  }
}

TEST(AsnPattern, EndsOfTheNumberSpace) {
  const auto patterns = patterns_of(Asn{4200000000}, Asn{4294967295});
  for (const std::uint64_t inside : {4200000000u, 4200000001u, 4234567890u, 4294967295u})
    EXPECT_TRUE(any(patterns, inside));
  for (const std::uint64_t outside : {420000000u, 4199999999u}) EXPECT_FALSE(any(patterns, outside));
  EXPECT_FALSE(any(patterns, 4294967296));
  EXPECT_LT(patterns.size(), 40u);
}

}  // namespace
}  // namespace fairway::routerconfig
