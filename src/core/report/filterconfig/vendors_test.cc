// Every target's configuration of one document, against tests/golden/filterconfig. FAIRWAY_WRITE_GOLDEN=1 writes
// instead.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "core/report/filterconfig/document_for_tests.h"
#include "core/report/filterconfig/targets.h"
#include "core/report/filterconfig/vendor.h"

namespace fairway::filterconfig {
namespace {

constexpr std::string_view kVendors[] = {"junos-21.4", "iosxr-7.5",  "gobgp-3.10",
                                         "eos-4.28",   "sros-22.10", "routeros-7.14"};

const Target& target_of(std::string_view name) {
  const Target* target = find_target(name);
  EXPECT_NE(target, nullptr) << name;
  return *target;
}

TEST(Vendors, EveryConfigurationIsItsGolden) {
  for (const std::string_view name : kVendors) {
    const std::string text = write(target_of(name), every_clause()).text;
    const std::string path =
        std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/filterconfig/" + std::string(name) + ".conf";
    if (std::getenv("FAIRWAY_WRITE_GOLDEN") != nullptr) {
      std::ofstream(path, std::ios::binary) << text;
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(file), {})) << path;
  }
}

// What each clause is to each target is said, and what is missing stands in the text.
TEST(Vendors, NoClauseIsDroppedInSilence) {
  const filtering::Document document = every_clause();
  std::vector<bool> seen(filtering::all_kinds().size());
  for (const std::string_view name : kVendors) {
    const Configuration made = write(target_of(name), document);
    for (const NeighbourPolicy& policy : document.neighbours) {
      for (const bool is_export : {false, true}) {
        for (const Clause& clause : is_export ? policy.export_ : policy.import) {
          seen[static_cast<std::size_t>(clause.kind)] = true;
          EXPECT_EQ(std::ranges::count(made.coverage, word_of(clause.kind, is_export), &Coverage::what), 1)
              << name << " " << word_of(clause.kind, is_export);
        }
      }
    }
    for (const std::string what : {"gtsm", "md5", "tcp-ao", "max-prefix", "adj-rib-in", "role"}) {
      EXPECT_EQ(std::ranges::count(made.coverage, what, &Coverage::what), 1) << name << " " << what;
    }
    for (const Coverage& row : made.coverage) {
      if (row.support == Support::emitted) continue;
      EXPECT_FALSE(row.note.empty()) << name << " " << row.what;
      EXPECT_NE(made.text.find("GAP: " + row.what + " is "), std::string::npos) << name << " " << row.what;
    }
  }
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_TRUE(seen[i]) << filtering::all_kinds()[i].name;
}

// The title and the secrets of the document try to end a string, a comment and a line.
TEST(Vendors, NobodysWordsBreakOut) {
  for (const std::string_view name : kVendors) {
    const std::string text = write(target_of(name), every_clause()).text;
    EXPECT_EQ(text.find("\nreject"), std::string::npos) << name;
    EXPECT_EQ(text.find("\"One\""), std::string::npos) << name;
    EXPECT_NE(text.find("Customer One"), std::string::npos) << name;
  }
}

TEST(Vendors, ThoseThatWereNotLoadedSaySo) {
  for (const std::string_view name : kVendors) {
    const Target& target = target_of(name);
    EXPECT_EQ(write(target, every_clause()).text.find("it was not loaded on a device") == std::string::npos,
              target.loaded);
  }
}

TEST(Vendors, TextsForPeopleAndSecrets) {
  EXPECT_EQ(plain("Nord-Netz (AS64510), \"GmbH\";{}\n<!>'`$\\"), "Nord-Netz (AS64510), GmbH");
  EXPECT_EQ(plain("M\xC3\xBCller"), "Mller");
  EXPECT_TRUE(is_writable("s3cret;", "\""));
  for (const char* wrong : {"", "two words", "quo\"te", "line\n", "\xC3\xBC"})
    EXPECT_FALSE(is_writable(wrong, "\"")) << wrong;
}

// The expressions are of alternatives, digits and [a-b] alone.
bool matches(std::string_view expression, std::string_view text) {
  while (!expression.empty()) {
    std::string_view one = expression.substr(0, expression.find('|'));
    expression.remove_prefix(std::min(expression.size(), one.size() + 1));
    std::size_t at = 0;
    for (; !one.empty() && at < text.size(); ++at) {
      const bool range = one[0] == '[';
      if (range ? text[at] < one[1] || text[at] > one[3] : text[at] != one[0]) break;
      one.remove_prefix(range ? 5 : 1);
    }
    if (one.empty() && at == text.size()) return true;
  }
  return false;
}

TEST(Vendors, NumbersAsRegularExpressions) {
  EXPECT_EQ(decimals(64512, 65534),
            "6451[2-9]|645[2-9][0-9]|64[6-9][0-9][0-9]|65[0-4][0-9][0-9]|655[0-2][0-9]|6553[0-4]");
  EXPECT_EQ(decimals(7, 7), "7");
  EXPECT_EQ(decimals(4200000000, 4294967295).substr(0, 20), "42[0-8][0-9][0-9][0-");
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    const unsigned highest = round % 2 == 0 ? 120 : 12'000;
    std::uint32_t first = random() % highest, last = random() % highest;
    if (first > last) std::swap(first, last);
    const std::string expression = decimals(first, last);
    for (std::uint32_t number = first < 150 ? 0 : first - 150; number < last + 150; number += 1 + number % 3) {
      ASSERT_EQ(matches(expression, std::to_string(number)), number >= first && number <= last)
          << number << " of " << expression;
    }
  }
}

// A reader that looks at the longest block alone accepts the same prefixes of the list made for it.
TEST(Vendors, ListsForTheLongestMatchSayTheSame) {
  std::mt19937 random(7);
  const auto pick = [&](unsigned from, unsigned to) { return from + random() % (to - from + 1); };
  for (int round = 0; round < 300; ++round) {
    std::vector<PrefixRange> ranges;
    for (unsigned i = 0; i < pick(0, 12); ++i) {
      const unsigned length = pick(0, 6);
      const Prefix block = Prefix(Family::ipv4, std::uint64_t{random()} << 32, 0, 6).parent(length);
      const auto least = static_cast<std::uint8_t>(pick(length, 8));
      ranges.push_back({block, least, static_cast<std::uint8_t>(pick(least, 9))});
    }
    sort_ranges(ranges);
    const std::vector<PrefixRange> made = for_longest_match(ranges);
    for (unsigned length = 0; length <= 9; ++length) {
      for (std::uint64_t bits = 0; bits < std::uint64_t{1} << length; ++bits) {
        const Prefix prefix(Family::ipv4, length == 0 ? 0 : bits << (64 - length), 0, length);
        unsigned longest = 0;
        bool any = false;
        for (const PrefixRange& range : made) {
          if (range.prefix.covers(prefix)) any = true, longest = std::max<unsigned>(longest, range.prefix.length());
        }
        const bool by_longest = any && std::ranges::any_of(made, [&](const PrefixRange& range) {
                                  return range.prefix.length() == longest && range.accepts(prefix);
                                });
        const bool accepted =
            std::ranges::any_of(ranges, [&](const PrefixRange& range) { return range.accepts(prefix); });
        ASSERT_EQ(by_longest, accepted) << to_string(prefix);
      }
    }
  }
}

}  // namespace
}  // namespace fairway::filterconfig
