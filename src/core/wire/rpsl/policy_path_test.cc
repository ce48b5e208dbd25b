// AS-path regular expressions: the examples of RFC 2622 section 5.4, and random ones beside std::regex over letters.
#include <gtest/gtest.h>

#include <random>
#include <regex>

#include "core/wire/rpsl/policy.h"
#include "core/wire/rpsl/policy_reader.h"

namespace fairway {
namespace {

constexpr Asn kPeer{2};

struct Compiled {
  PathRegex regex;
  std::vector<std::string> names;
};

Result<Compiled> compile(const std::string& text) {
  PolicyParts parts;
  const std::string closed = text + ">";
  rpsl::PolicyReader reader(closed, parts);
  rpsl::read_path(reader);
  if (reader.failed()) return std::unexpected(*reader.error());
  return Compiled{parts.paths.front(), parts.names};
}

std::vector<Asn> path_of(std::string_view text) {
  std::vector<Asn> path;
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) path.push_back(*parse_asn(word));
  return path;
}

// AS-EVEN holds the even numbers; nobody knows AS-DARK, but AS 1 is in it.
std::optional<bool> match(const Compiled& compiled, std::span<const Asn> path) {
  PathMatcher matcher;
  return matcher.matches(compiled.regex, path, kPeer, [&](std::uint32_t name, Asn asn) -> std::optional<bool> {
    if (compiled.names[name] == "AS-EVEN") return asn.value % 2 == 0;
    if (asn == Asn{1}) return true;
    return std::nullopt;
  });
}

std::optional<bool> match(const std::string& regex, std::string_view path) {
  const auto compiled = compile(regex);
  EXPECT_TRUE(compiled) << compiled.error().text;
  return compiled ? match(*compiled, path_of(path)) : std::nullopt;
}

struct Case {
  const char* regex;
  std::vector<const char*> matches, others;
};

TEST(PolicyPath, MatchesAsTheStandardSays) {
  const Case cases[] = {
      {"AS3", {"3", "1 3 2"}, {"", "1 2", "33"}},
      {"^AS1", {"1", "1 2"}, {"2 1", ""}},
      {"AS2$", {"2", "1 2"}, {"2 1"}},
      {"^AS1 AS2 AS3$", {"1 2 3"}, {"1 2", "1 2 3 4", "0 1 2 3"}},
      {"^AS1 .* AS2$", {"1 2", "1 7 2", "1 7 8 9 2"}, {"1", "1 2 3", "2 1"}},
      {"^[AS1 AS2]{2}$", {"1 1", "1 2", "2 1", "2 2"}, {"1", "1 2 1", "1 3"}},
      {"^[AS1 AS2]~{2}$", {"1 1", "2 2"}, {"1 2", "2 1", "1", "1 1 1"}},
      {"^[AS1 AS2]~*$", {"", "1", "1 1 1", "2 2"}, {"1 2", "3"}},
      {"^[AS1 AS2]~+ AS3$", {"1 3", "1 1 3"}, {"3", "1 2 3"}},
      {"^AS9 .~{2,} AS3$", {"9 4 4 3", "9 4 4 4 3"}, {"9 4 3", "9 4 5 3"}},
      {"^.~{0,2}$", {"", "5", "5 5"}, {"5 6", "5 5 5"}},
      {"^.~{0} AS1$", {"1"}, {"5 1"}},
      {"^AS1-AS3+$", {"1 2 3", "2"}, {"4", ""}},
      {"^[AS1 - AS3]$", {"1", "2", "3"}, {"4"}},
      {"^[^AS1-AS3 AS7]$", {"4", "0"}, {"1", "3", "7", "4 4"}},
      {"^[^]$", {"1"}, {""}},
      {"^[AS1 .]$", {"5"}, {""}},
      {"^PeerAS+$", {"2", "2 2"}, {"1"}},
      {"^as-even+$", {"4 6"}, {"4 5"}},
      {"^[^AS-EVEN AS1]$", {"3"}, {"1", "4"}},
      {"^AS-ANY$", {"1"}, {"1 2"}},
      {"^(AS1|AS2 AS3)+$", {"1", "2 3", "1 2 3 1"}, {"2", "3 2", ""}},
      {"^AS1?AS2{1,3}$", {"2", "1 2 2", "2 2 2"}, {"1", "2 2 2 2"}},
      {"", {"", "1"}, {}},
      {"^$", {""}, {"1"}},
      {"AS1^AS2", {}, {"1 2"}},
      {"AS1{0}AS2", {"2"}, {"1"}},
      {"^(AS1*)*$", {"", "1 1"}, {"2"}},
  };
  for (const Case& one : cases) {
    for (const char* path : one.matches) EXPECT_EQ(match(one.regex, path), true) << one.regex << " on " << path;
    for (const char* path : one.others) EXPECT_EQ(match(one.regex, path), false) << one.regex << " on " << path;
  }
}

TEST(PolicyPath, WhatIsInAnUnknownSetIsSaidOnlyWhereItDoesNotMatter) {
  EXPECT_EQ(match("^AS-DARK$", "1"), true);
  EXPECT_EQ(match("^AS-DARK$", "3"), std::nullopt);
  EXPECT_EQ(match("^[^AS-DARK]$", "1"), false);
  EXPECT_EQ(match("^[^AS-DARK]$", "3"), std::nullopt);
  EXPECT_EQ(match("^[AS-DARK AS3]$", "3"), true);
  EXPECT_EQ(match("^AS4 AS-DARK", "5 3"), false);
  EXPECT_EQ(match("AS-DARK | AS5", "5 3"), true);
}

TEST(PolicyPath, RefusesWhatItDoesNotUnderstand) {
  for (const char* text : {"AS1)",     "(AS1",    "*",   "AS1{", "AS1{2",  "AS1{3,2}",  "AS1{,2}",
                           "AS1{999}", "[AS1",    "FOO", "RS-X", "AS1~",   "AS1~?",     "(AS1 AS2)~*",
                           "AS1-",     "AS5-AS1", "1",   "~*",   "[AS1-]", "AS1 ; AS2", "(.{255}){255}"}) {
    EXPECT_FALSE(compile(text)) << text;
  }
  EXPECT_FALSE(compile(std::string(100'000, '(')));
  EXPECT_TRUE(compile(std::string(30, '(') + "AS1" + std::string(30, ')')));
  EXPECT_EQ(compile("^AS1 FOO$").error().text, "the AS path '^AS1 FOO$' cannot be read: no AS at 'FOO$'");
}

// A random expression as RPSL, and over letters: AS1 is 'a'.
struct Both {
  std::string rpsl, letters;
};

Both random_expression(std::mt19937& random, int depth) {
  const auto roll = [&](unsigned sides) { return static_cast<unsigned>(random() % sides); };
  const auto letter = [&]() -> Both {
    const unsigned asn = 1 + roll(3);
    return {" AS" + std::to_string(asn) + " ", std::string(1, static_cast<char>('`' + asn))};
  };
  if (depth == 0) {
    switch (roll(8)) {
      case 0: return {".", "."};
      case 1: return {"^", "^"};
      case 2: return {"$", "$"};
      case 3: {
        const Both a = letter(), b = letter();
        return {"[" + a.rpsl + b.rpsl + "]", "[" + a.letters + b.letters + "]"};
      }
      case 4: {
        const Both a = letter();
        return {"[^" + a.rpsl + "]", "[^" + a.letters + "]"};
      }
      default: return letter();
    }
  }
  const Both a = random_expression(random, depth - 1), b = random_expression(random, depth - 1);
  switch (roll(5)) {
    case 0: return {"(" + a.rpsl + "|" + b.rpsl + ")", "(?:" + a.letters + "|" + b.letters + ")"};
    case 1: {
      static constexpr const char* kTimes[] = {"*", "+", "?", "{2}", "{1,}", "{0,2}"};
      const char* times = kTimes[roll(6)];
      return {"(" + a.rpsl + ")" + times, "(?:" + a.letters + ")" + times};
    }
    default: return {a.rpsl + b.rpsl, a.letters + b.letters};
  }
}

TEST(PolicyPath, RandomOnesAgreeWithAnotherImplementation) {
  std::mt19937 random(20260601);
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; words[i].size() < 4; ++i) {
    for (const char letter : {'a', 'b', 'c'}) words.push_back(words[i] + letter);
  }
  std::size_t compared = 0, matched = 0;
  for (int i = 0; i < 400; ++i) {
    const Both both = random_expression(random, 3);
    const auto compiled = compile(both.rpsl);
    ASSERT_TRUE(compiled) << both.rpsl << ": " << compiled.error().text;
    const std::regex letters(both.letters);
    for (const std::string& word : words) {
      std::vector<Asn> path;
      for (const char letter : word) path.push_back(Asn{static_cast<std::uint32_t>(letter - '`')});
      const bool expected = std::regex_search(word, letters);
      ASSERT_EQ(match(*compiled, path), expected) << both.rpsl << " on " << word;
      ++compared;
      matched += expected;
    }
  }
  EXPECT_GT(matched, compared / 10);
  EXPECT_LT(matched, compared - compared / 10);
}

}  // namespace
}  // namespace fairway
