#include "base/text.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/json_writer.h"

namespace fairway {
namespace {

TEST(Text, CutsFieldsAndWords) {
  std::string_view text = "a|b||c";
  EXPECT_EQ(cut(text, '|'), "a");
  EXPECT_EQ(cut(text, '|'), "b");
  EXPECT_EQ(cut(text, '|'), "");
  EXPECT_EQ(cut(text, '|'), "c");
  EXPECT_TRUE(text.empty());
  std::string_view words = "  route:\t 192.0.2.0/24 \n";
  EXPECT_EQ(next_word(words), "route:");
  EXPECT_EQ(next_word(words), "192.0.2.0/24");
  EXPECT_EQ(next_word(words), "");
  EXPECT_EQ(split("a,b,", ',').size(), 3u);
  EXPECT_EQ(trim(" x \r\n"), "x");
}

TEST(Text, NumbersAreReadStrictly) {
  EXPECT_EQ(parse_number<std::uint32_t>("4294967295"), 4294967295u);
  for (const char* bad : {"", " 1", "1 ", "+1", "-1", "4294967296", "1x", "0x10"})
    EXPECT_FALSE(parse_number<std::uint32_t>(bad)) << bad;
}

TEST(Text, EditDistanceCountsOneForASwapOfNeighbours) {
  EXPECT_EQ(edit_distance("64500", "64500"), 0u);
  EXPECT_EQ(edit_distance("64500", "65400"), 1u);
  EXPECT_EQ(edit_distance("64500", "6450"), 1u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("15169", "37282"), 5u);
}

TEST(JsonWriter, PutsCommasAndEscapes) {
  std::string out;
  JsonWriter json(out);
  json.object()
      .field("version", 1)
      .key("list")
      .array()
      .value("a\"\\\n\x01")
      .value(true)
      .null()
      .value(2.5)
      .end()
      .key("empty")
      .object()
      .end()
      .end();
  EXPECT_EQ(out, R"({"version": 1, "list": ["a\"\\\n\u0001", true, null, 2.5], "empty": {}})");
}

TEST(JsonWriter, OctetsThatAreNotUtf8BecomeReplacementCharacters) {
  std::string out;
  append_json_string(out, "K\xC3\xB6ln \xFF \xC0\xAF \xED\xA0\x80");
  EXPECT_EQ(out, "\"K\xC3\xB6ln \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(Hash, DependsOnEveryOctetAndOnTheLength) {
  std::string text(40, 'x');
  const std::uint64_t hash = hash_bytes(as_bytes(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = 'y';
    EXPECT_NE(hash_bytes(as_bytes(other)), hash) << i;
    EXPECT_NE(hash_bytes(as_bytes(std::string_view(text).substr(0, i))), hash) << i;
  }
}

}  // namespace
}  // namespace fairway
