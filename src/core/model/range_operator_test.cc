#include "core/model/range_operator.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fairway {
namespace {

std::string written(RangeOperator range) {
  std::string text;
  append_to(text, range);
  return text;
}

RangeOperator range(std::string_view text) { return parse_range_operator(text).value(); }

TEST(RangeOperator, IsReadAndWritten) {
  for (const char* text : {"", "^-", "^+", "^24", "^24-32", "^0", "^48-128"}) EXPECT_EQ(written(range(text)), text);
  for (const char* text : {"^", "24", "^32-24", "^-24", "^24-", "^129", "^24-129", "^+-", "^24^+", "^ 24", "^256"}) {
    EXPECT_FALSE(parse_range_operator(text)) << text;
  }
}

// The examples of RFC 2622 section 2, all of 128.9.0.0/16.
TEST(RangeOperator, DistributesAsTheStandardShows) {
  struct Row {
    const char *inner, *outer, *same;
  };
  for (const Row& row : std::initializer_list<Row>{{"^+", "^-", "^-"},
                                                   {"^-", "^+", "^-"},
                                                   {"^17", "^24", "^24"},
                                                   {"^20-24", "^26-28", "^26-28"},
                                                   {"^20-24", "^22-28", "^22-28"},
                                                   {"^20-24", "^18-28", "^20-28"},
                                                   {"^20-24", "^18-22", "^20-22"}}) {
    EXPECT_EQ(range(row.inner).then(range(row.outer)).value().apply({16, 16}, 32), range(row.same).apply({16, 16}, 32))
        << row.inner << row.outer;
  }
  EXPECT_FALSE(range("^20-24").then(range("^18-19"))->apply({16, 16}, 32));
  EXPECT_FALSE(range("^17").then(range("^+"))->apply({24, 24}, 32));
  EXPECT_FALSE(range("^-").apply({32, 32}, 32));
  EXPECT_EQ(range("^+").apply({16, 16}, 32), (PrefixLengths{16, 32}));
}

RC_GTEST_PROP(RangeOperator, PutTogetherIsOneAfterTheOther, ()) {
  const auto any = [] {
    const auto most = *rc::gen::inRange<unsigned>(0, 129);
    const auto least = *rc::gen::inRange<unsigned>(0, most + 1);
    const std::string_view fixed[] = {"", "^-", "^+"};
    const unsigned choice = *rc::gen::inRange(0u, 5u);
    if (choice < 3) return range(fixed[choice]);
    return range("^" + std::to_string(least) + (choice == 3 ? "" : "-" + std::to_string(most)));
  };
  const unsigned bits = *rc::gen::element(32u, 128u);
  const auto length = static_cast<std::uint8_t>(*rc::gen::inRange<unsigned>(0, bits + 1));
  std::optional<RangeOperator> all = RangeOperator{};
  std::optional<PrefixLengths> step = PrefixLengths{length, length};
  for (int i = 0; i < 4; ++i) {
    const RangeOperator next = any();
    if (all) all = all->then(next);
    if (step) step = next.apply(*step, bits);
    RC_ASSERT((all ? all->apply({length, length}, bits) : std::nullopt) == step);
  }
}

}  // namespace
}  // namespace fairway
