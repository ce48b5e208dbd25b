// tests/vectors/bogon.tsv: each registry, row by row.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/verdict/bogon.h"
#include "core/verdict/vectors_for_tests.h"

namespace fairway {
namespace {

TEST(BogonVectors, AllOfThem) {
  std::size_t count = 0;
  for (const VectorRow& row : read_vectors("bogon.tsv")) {
    ASSERT_EQ(row.fields.size(), 3u) << row.line;
    ++count;
    const std::string_view what = row.fields[0], name = row.fields[1], source = row.fields[2];
    EXPECT_FALSE(source.empty()) << "a case has a source: " << row.line;
    std::string said = "-";
    BogonState state = BogonState::none;
    if (const auto asn = parse_asn(what)) {
      if (const BogonAsn* found = bogon_asn(*asn)) said = found->name;
      state = judge_bogon(nullptr, *parse_prefix("8.8.8.0/24"), {PathOrigin::Kind::as, *asn}).state;
      EXPECT_EQ(state, name == "-" ? BogonState::none : BogonState::asn) << row.line;
    } else {
      const auto prefix = parse_prefix(what);
      ASSERT_TRUE(prefix) << row.line;
      if (const BogonPrefix* found = bogon_prefix(*prefix)) said = found->name;
      state = judge_bogon(nullptr, *prefix, {PathOrigin::Kind::as, Asn{1}}).state;
      EXPECT_EQ(state, name == "-" ? BogonState::none : BogonState::prefix) << row.line;
    }
    EXPECT_EQ(said, name) << row.line;
  }
  EXPECT_GT(count, 80u);
}

// Every row is a case, so that none is there by mistake.
TEST(BogonVectors, NameEveryRowThatSpeaksAgainstSomething) {
  std::vector<std::string> named;
  for (const VectorRow& row : read_vectors("bogon.tsv")) named.emplace_back(row.fields[1]);
  for (const BogonPrefix& row : bogon_prefixes()) {
    if (row.announced == BogonPrefix::Announced::freely) continue;
    EXPECT_NE(std::ranges::find(named, row.name), named.end()) << to_string(row.prefix);
  }
}

TEST(BogonTable, IsSorted) {
  const auto prefixes = bogon_prefixes();
  for (std::size_t i = 1; i < prefixes.size(); ++i) EXPECT_LT(prefixes[i - 1].prefix, prefixes[i].prefix);
  const auto asns = bogon_asns();
  for (std::size_t i = 1; i < asns.size(); ++i) EXPECT_LT(asns[i - 1].last, asns[i].first);
}

}  // namespace
}  // namespace fairway
