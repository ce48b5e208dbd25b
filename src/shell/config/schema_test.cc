#include "shell/config/schema.h"

#include <gtest/gtest.h>

namespace fairway::config {
namespace {

constexpr Key kInner[] = {
    {.name = "asn", .type = ValueType::asn, .sentence = "who", .example = "64500", .required = true},
    {.name = "note", .sentence = "why", .example = "because"},
};
constexpr Key kOuter[] = {
    {.name = "when", .type = ValueType::instant, .sentence = "the day", .example = "2026-01-02", .unset = "today"},
    {.name = "prefixes",
     .type = ValueType::prefix,
     .sentence = "the blocks",
     .example = "[192.0.2.0/24]",
     .list = true},
    {.name = "length", .type = ValueType::number, .sentence = "bits", .example = "24", .highest = 128},
    {.name = "inner", .type = ValueType::map, .sentence = "more of it", .list = true, .keys = kInner},
};

std::vector<std::string> complaints(std::string_view text) {
  const Result<Node> tree = parse_yaml(text);
  if (!tree) return {tree.error().text};
  std::vector<std::string> texts;
  for (const Problem& problem : check(*tree, kOuter)) texts.push_back(to_string(problem));
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Schema, AcceptsWhatItDeclares) {
  EXPECT_EQ(
      complaints("when: 2026-01-02\nprefixes: [192.0.2.0/24, '2001:db8::/32']\nlength: 24\ninner: [{asn: AS1}]\n"),
      Texts());
  EXPECT_EQ(complaints("prefixes: 192.0.2.0/24\ninner: {asn: 1.10}\n"), Texts());  // one value without brackets
  EXPECT_EQ(complaints("prefixes:\nlength: ~\n"), Texts());                        // nothing there yet
  EXPECT_EQ(complaints("{}"), Texts());
}

TEST(Schema, NamesTheUnknownKeyItsPlaceAndWhatWasMeant) {
  EXPECT_EQ(complaints("length: 3\nprefixs: []\n"),
            Texts{"line 2, column 1: unknown key 'prefixs'; did you mean 'prefixes'?"});
  EXPECT_EQ(complaints("inner:\n  - asn: 1\n    zzzzzzzz: 2\n"), Texts{"line 3, column 5: unknown key 'zzzzzzzz'"});
}

TEST(Schema, SaysWhatIsWrongWithAValue) {
  EXPECT_EQ(complaints("prefixes: [192.0.2.1/24]"),
            Texts{"line 1, column 12: prefixes: '192.0.2.1/24' has host bits set; is 192.0.2.0/24 meant?"});
  EXPECT_EQ(complaints("length: 129"), Texts{"line 1, column 9: length: '129' is no whole number from 0 to 128"});
  EXPECT_EQ(complaints("when: soon"),
            Texts{"line 1, column 7: when: 'soon' is no time: write it as 2026-12-31 or 2026-12-31T18:00:00Z"});
  EXPECT_EQ(complaints("when: 99999-01-01").size(), 1u);
  EXPECT_EQ(complaints("length: [1, 2]"), Texts{"line 1, column 9: 'length' wants a number here"});
  EXPECT_EQ(complaints("inner: [{note: x}]"), Texts{"line 1, column 9: 'asn' is missing"});
  EXPECT_EQ(complaints("inner: [5]"), Texts{"line 1, column 9: 'inner' wants keys and values here"});
  EXPECT_EQ(complaints("- 1"), Texts{"line 1, column 1: keys and values are expected here"});
}

TEST(Schema, TellsAllProblemsInTheOrderOfTheText) {
  EXPECT_EQ(complaints("inner: [{}]\nlength: x\nfoo: 1\n").size(), 3u);
}

TEST(Yaml, RefusesWhatCannotBeATree) {
  EXPECT_EQ(complaints("length: 1\nlength: 2\n"),
            Texts{"line 2, column 1: 'length' stands here a second time; first in line 1"});
  EXPECT_EQ(complaints("a: 1\n---\nb: 2\n"),
            Texts{"line 3, column 1: a second document begins here; only one is read"});
  EXPECT_EQ(complaints("[a]: 1\n"), Texts{"line 1, column 1: a key must be a word, not a list or a map"});
  EXPECT_EQ(complaints("a: [1, 2\n").front().substr(0, 8), "line 2, ");
  EXPECT_EQ(complaints("a: &x [*x]\n"), Texts{"line 1, column 8: this alias stands inside what it names"});
}

TEST(Yaml, ALaughingTextIsRefusedBeforeItGrows) {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += (j ? ", " : "") + before;
    text += "]\n";
  }
  ASSERT_EQ(complaints(text).size(), 1u);
  EXPECT_NE(complaints(text).front().find("this is no configuration"), std::string::npos);
}

TEST(Yaml, AliasesStandForWhatTheyName) {
  const auto tree = parse_yaml("prefixes: &mine [192.0.2.0/24]\nother: *mine\n");
  ASSERT_TRUE(tree);
  ASSERT_NE(tree->find("other"), nullptr);
  EXPECT_EQ(tree->find("other")->items.at(0).text, "192.0.2.0/24");
}

TEST(Yaml, QuotedTextReadsBack) {
  for (const std::string text :
       {"plain",      "two words", "null", "true", "~", "a: b", "a:", "- x", "#",       "a #b", "\"", "\\",  "\n\t",
        "2001:db8::", "",          " x",   "x ",   "é", "[a]",  "{",  "'",   "unknown", "a,b",  "%",  "\x01"}) {
    const auto alone = parse_yaml("k: " + quote_yaml(text) + "\n");
    ASSERT_TRUE(alone) << text;
    EXPECT_EQ(alone->items.at(0).text, text);
    const auto listed = parse_yaml("k: [" + quote_yaml(text) + ", b]\n");
    ASSERT_TRUE(listed) << text;
    EXPECT_EQ(listed->items.at(0).items.at(0).text, text);
  }
}

TEST(Schema, PrintsInItsOwnOrderAndLeavesRoomForAPerson) {
  const auto tree = parse_yaml("inner: [{note: 'a: b', asn: 1}, {asn: 2}]\nprefixes: 192.0.2.0/24\n");
  EXPECT_EQ(print(*tree, kOuter),
            "prefixes: [192.0.2.0/24]\n"
            "inner:\n"
            "  - asn: 1\n"
            "    note: \"a: b\"\n"
            "  - asn: 2\n");
  EXPECT_EQ(print(*tree, kOuter, Absent::as_comment),
            "prefixes: [192.0.2.0/24]\n"
            "# length: unknown  # bits\n"
            "inner:\n"
            "  - asn: 1\n"
            "    note: \"a: b\"\n"
            "  - asn: 2\n"
            "    # note: unknown  # why\n");
}

TEST(Schema, ItsExampleIsItsOwnAnswer) {
  EXPECT_EQ(complaints(example(kOuter)), Texts());
  EXPECT_EQ(example(kInner), "# who\nasn: 64500\n# why\nnote: because\n");
}

}  // namespace
}  // namespace fairway::config
