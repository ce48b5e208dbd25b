// Batches answered at once, by the fast reader of lines and the batched judge, against one line after another by the
// plain ones.
#include "core/report/batch_check.h"

#include <gtest/gtest.h>

#include <random>

#include "core/report/small_world_for_tests.h"

namespace fairway {
namespace {

// Lines of every kind in random order: usual ones, ones for the plain reader, comments, and some that are wrong.
std::string random_lines(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  const auto one_of = [&](std::initializer_list<const char*> words) {
    return std::data(words)[random() % words.size()];
  };
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += one_of({"1.2.3.0/24", "1.2.0.0/16", "1.0.0.0/8", "9.0.0.0/8", "10.1.0.0/16", "2600:1::/32", "2600:1:2::/48",
                    "", "1.2.3.4", "1.2.3.4/24", "8.8.8.0/24", "#", "::ffff:1.2.3.0/120"});
    text += '\t';
    text += one_of({"1", "2", "3", "AS2", "0.3", "64512", "0", "4294967295", "4294967296", "01", "", ""});
    if (random() % 4 != 0) {
      text += '\t';
      for (unsigned length = random() % 6; length != 0; --length) {
        text += one_of({"1", "2", "3", "10", "20", "30", "500", "4", "64512", "AS1", "{1,2}", "(65001)", "1.1"});
        text += one_of({" ", " ", " ", "", "  ", ","});
      }
      if (random() % 3 == 0) text += '\t';
      text += one_of({"", "customer", "peer", "provider", "rs", "rs-client", "sibling", "collector", "friend"});
    }
    if (random() % 16 == 0) text += '\r';
    if (random() % 64 == 0) text += '\t';
    text += '\n';
  }
  return text;
}

TEST(BatchCheck, AnswersManyLinesAsOneByOne) {
  const World world = small_world();
  std::size_t usual = 0, plain = 0, unreadable = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::string text = random_lines(seed, 3000);
    std::string expected;
    RouteQuestion fast;
    for (std::string_view rest = text; !rest.empty();) {
      const std::string_view line = cut(rest, '\n');
      const auto question = parse_batch_line(line);
      if (!question) {
        ++unreadable;
        expected += "error\terror\terror\terror\terror\terror\n";
        EXPECT_FALSE(parse_usual_line(line, fast)) << line;
        continue;
      }
      if (!*question) continue;
      if (parse_usual_line(line, fast)) {
        ++usual;
        EXPECT_TRUE(fast.prefix == (*question)->prefix && fast.origin == (*question)->origin &&
                    fast.path == (*question)->path && fast.vantage == (*question)->vantage)
            << line;
      } else {
        ++plain;
      }
      append_verdict_tsv(expected, judge_question(world, **question));
    }
    std::string out;
    std::vector<BatchCheck::Wrong> wrong;
    EXPECT_EQ(BatchCheck(world, BatchFormat::tsv).answer(text, out, wrong), 3000u);
    EXPECT_TRUE(out == expected) << "seed " << seed;
  }
  EXPECT_GT(usual, 5000u);
  EXPECT_GT(plain, 5000u);
  EXPECT_GT(unreadable, 5000u);
}

TEST(BatchCheck, NumbersTheLinesThatCannotBeRead) {
  const World world;
  std::string out;
  std::vector<BatchCheck::Wrong> wrong;
  BatchCheck check(world, BatchFormat::json);
  EXPECT_EQ(check.answer("# one\n1.2.3.0/24\t1\n\nnonsense\n1.0.0.0/8 1\nx y z", out, wrong), 6u);
  ASSERT_EQ(wrong.size(), 2u);
  EXPECT_EQ(wrong[0].line, 4u);
  EXPECT_EQ(wrong[1].line, 6u);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 4);
}

}  // namespace
}  // namespace fairway
