#include "core/verdict/origin.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "core/verdict/definitions_for_tests.h"
#include "core/verdict/vectors_for_tests.h"

namespace fairway {
namespace {

// "192.0.2.0/24-26=64496"
Vrp parse_vrp(std::string_view text) {
  const std::string_view prefix = cut(text, '-'), max_length = cut(text, '=');
  return {parse_prefix(prefix).value(), parse_number<std::uint8_t>(max_length).value(), parse_asn(text).value(), 0};
}

TEST(Origin, AgreesWithTheVectors) {
  std::size_t cases = 0;
  for (const VectorRow& row : read_vectors("origin.tsv")) {
    ASSERT_EQ(row.fields.size(), 7u) << row.line;
    ++cases;
    std::vector<Vrp> vrps;
    std::string_view rest = row.fields[0];
    const bool loaded = rest != "-";
    if (!loaded || rest == "none") rest = {};
    while (!rest.empty()) vrps.push_back(parse_vrp(cut(rest, ' ')));
    const VrpTable table = VrpTable::build(vrps);
    const AsPath path = parse_as_path(row.fields[2] == "-" ? "" : row.fields[2]).value();
    const Prefix prefix = parse_prefix(row.fields[1]).value();

    const OriginExplanation why = explain_origin(loaded ? &table : nullptr, prefix, path.origin());
    EXPECT_EQ(to_string(why.verdict.state), row.fields[3]) << row.line;
    EXPECT_EQ(to_string(why.verdict.reason), row.fields[4] == "-" ? "" : row.fields[4]) << row.line;
    EXPECT_EQ(why.verdict.same_as, row.fields[5] == "same-as") << row.line;
    EXPECT_EQ(why.verdict.as_zero, row.fields[5] == "as-zero") << row.line;
    EXPECT_FALSE(why.description.empty());
    if (loaded) {
      EXPECT_EQ(judge_origin(table, prefix, path.origin()), why.verdict) << row.line;
      EXPECT_EQ(definition::origin_state(vrps, prefix, path.origin()), why.verdict.state) << row.line;
    }
  }
  EXPECT_GE(cases, 38u);
}

TEST(Origin, NamesTheVrpThatDecided) {
  const VrpTable table =
      VrpTable::build({parse_vrp("10.0.0.0/8-24=1"), parse_vrp("10.0.0.0/16-16=2"), parse_vrp("10.0.0.0/16-24=3"),
                       parse_vrp("10.0.0.0/24-24=1"), parse_vrp("10.0.0.0/24-24=4")});
  const auto decided_by = [&](std::string_view prefix, std::uint32_t asn) {
    return judge_origin(table, parse_prefix(prefix).value(), {PathOrigin::Kind::as, Asn{asn}}).vrp;
  };
  EXPECT_EQ(decided_by("10.0.0.0/24", 1), 3u) << "matched: the longest";
  EXPECT_EQ(decided_by("10.0.0.0/24", 2), 1u) << "invalid: of the route's AS";
  EXPECT_EQ(decided_by("10.0.0.0/24", 5), 3u) << "invalid: the longest, the first";
  EXPECT_EQ(decided_by("10.0.0.0/16", 1), 0u);
  EXPECT_EQ(decided_by("11.0.0.0/16", 1), OriginVerdict::kNone);
}

// What Routinator answers for such a route: a length that is not allowed goes before the AS.
TEST(Origin, SortsTheVrpsAsRoutinatorDoes) {
  const VrpTable table =
      VrpTable::build({parse_vrp("10.0.0.0/8-16=1"), parse_vrp("10.0.0.0/8-16=2"), parse_vrp("10.0.0.0/16-24=3")});
  const auto why = explain_origin(&table, parse_prefix("10.0.0.0/24").value(), {PathOrigin::Kind::as, Asn{1}});
  EXPECT_EQ(to_string(why.verdict.reason), "as");
  EXPECT_TRUE(why.verdict.same_as);
  EXPECT_EQ(why.matched, std::vector<Vrp>());
  EXPECT_EQ(why.unmatched_as, (std::vector{parse_vrp("10.0.0.0/16-24=3")}));
  EXPECT_EQ(why.unmatched_length, (std::vector{parse_vrp("10.0.0.0/8-16=1"), parse_vrp("10.0.0.0/8-16=2")}));
}

TEST(Origin, TakesTheSpeakersAsIfItIsTold) {
  const VrpTable table = VrpTable::build({parse_vrp("192.0.2.0/24-24=64496")});
  const Prefix prefix = parse_prefix("192.0.2.0/24").value();
  EXPECT_EQ(judge_origin(table, prefix, with_local_as({}, Asn{64496})).state, OriginState::valid);
  EXPECT_EQ(judge_origin(table, prefix, with_local_as({}, Asn{64497})).state, OriginState::invalid);
  const PathOrigin set{PathOrigin::Kind::none, {}};
  EXPECT_EQ(with_local_as(set, Asn{64496}), set);
}

// Few bits and few ASNs, so that much covers and matches.
struct Dice {
  std::mt19937_64 random;

  std::uint64_t below(std::uint64_t end) { return random() % end; }
  Prefix prefix() {
    const Family family = below(2) == 0 ? Family::ipv4 : Family::ipv6;
    const std::uint64_t bits = below(4) << 60 | below(4) << 44 | below(2) << 32;
    return {family, bits, below(2) << 20,
            static_cast<unsigned>(below(2) == 0 ? below(33) : below(address_bits(family) + 1))};
  }
  PathOrigin origin() {
    if (below(8) == 0) return {PathOrigin::Kind::none, {}};
    if (below(8) == 0) return {PathOrigin::Kind::local, {}};
    return {PathOrigin::Kind::as, Asn{static_cast<std::uint32_t>(below(4)) * 0x55555555}};
  }
  std::vector<Vrp> vrps(std::size_t count) {
    std::vector<Vrp> result;
    while (result.size() < count) {
      const Prefix at = prefix();
      result.push_back({at, static_cast<std::uint8_t>(below(10) == 0 ? below(130) : at.length() + below(12)),
                        Asn{static_cast<std::uint32_t>(below(4)) * 0x55555555}, 0});
    }
    return result;
  }
};

RC_GTEST_PROP(Origin, HotExplainedBatchedAndDefinitionAgree, ()) {
  Dice dice{std::mt19937_64(*rc::gen::arbitrary<std::uint64_t>())};
  const std::vector<Vrp> vrps = dice.vrps(dice.below(60));
  const VrpTable table = VrpTable::build(vrps);
  std::vector<PrefixOrigin> routes(dice.below(100));
  for (PrefixOrigin& route : routes) route = {dice.prefix(), dice.origin()};
  std::vector<OriginVerdict> verdicts(routes.size());
  judge_origins(table, routes, verdicts);
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const auto& [prefix, origin] = routes[i];
    const OriginVerdict hot = judge_origin(table, prefix, origin);
    const OriginExplanation why = explain_origin(&table, prefix, origin);
    RC_ASSERT(hot == verdicts[i]);
    RC_ASSERT(hot == why.verdict);
    RC_ASSERT(hot.state == definition::origin_state(vrps, prefix, origin));

    // The lists say the same: state, reason, flags and the deciding VRP follow from them.
    const auto all = {&why.matched, &why.unmatched_as, &why.unmatched_length};
    bool covered = false, same_as = false, as_zero = true, decided = false;
    for (const auto* list : all) {
      for (const Vrp& vrp : *list) {
        RC_ASSERT(vrp.prefix.covers(prefix));
        covered = true;
        same_as |= origin.kind == PathOrigin::Kind::as && vrp.asn == origin.asn && vrp.asn != Asn{0};
        as_zero &= vrp.asn == Asn{0};
        decided |= vrp == table.vrp(hot.vrp);
      }
    }
    RC_ASSERT((hot.vrp != OriginVerdict::kNone) == covered);
    RC_ASSERT(covered == decided);
    RC_ASSERT((hot.state == OriginState::valid) == !why.matched.empty());
    if (hot.state == OriginState::valid)
      RC_ASSERT(std::find(why.matched.begin(), why.matched.end(), table.vrp(hot.vrp)) != why.matched.end());
    if (hot.state == OriginState::invalid) {
      RC_ASSERT(hot.reason == (why.unmatched_as.empty() ? OriginReason::length : OriginReason::as));
      RC_ASSERT(hot.same_as == same_as);
      RC_ASSERT(hot.as_zero == as_zero);
    }
  }
}

}  // namespace
}  // namespace fairway
