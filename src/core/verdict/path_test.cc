#include "core/verdict/path.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "core/verdict/definitions_for_tests.h"
#include "core/verdict/vectors_for_tests.h"

namespace fairway {
namespace {

using Auth = AspaTable::Auth;

std::vector<Asn> parse_asns(std::string_view text) {
  std::vector<Asn> asns;
  for (auto word = next_word(text); !word.empty(); word = next_word(text)) asns.push_back(parse_asn(word).value());
  return asns;
}

TEST(Path, AgreesWithTheVectors) {
  std::map<std::string, std::vector<Aspa>, std::less<>> aspas;
  aspas["none"];
  std::map<std::string, std::size_t> cases;
  for (const VectorRow& row : read_vectors("aspa.tsv")) {
    const auto& f = row.fields;
    if (f[0] == "aspa") {
      ASSERT_EQ(f.size(), 4u) << row.line;
      aspas[std::string(f[1])].push_back({parse_asn(f[2]).value(), parse_asns(f[3])});
      continue;
    }
    ASSERT_EQ(f[0], "path") << row.line;
    ASSERT_EQ(f.size(), 7u) << row.line;
    ++cases[std::string(f[6].substr(0, f[6].find_first_of(" ,")))];
    const bool loaded = f[1] != "-";
    ASSERT_TRUE(!loaded || aspas.contains(f[1])) << row.line;
    const AspaTable table = AspaTable::build(loaded ? aspas.find(f[1])->second : std::vector<Aspa>());
    const AsPath path = parse_as_path(f[4] == "-" ? "" : f[4]).value();
    const Procedure procedure = f[2] == "upstream" ? Procedure::upstream : Procedure::downstream;
    const std::optional<Asn> neighbour = parse_asn(f[3]);
    const PathExplanation why = explain_path(loaded ? &table : nullptr, path, procedure, neighbour);
    EXPECT_EQ(to_string(why.verdict.state), f[5]) << row.line;
    EXPECT_FALSE(why.description.empty());
    if (loaded) {
      EXPECT_EQ(judge_path(table, path, procedure, neighbour), why.verdict) << row.line;
      EXPECT_EQ(definition::path_state(aspas.find(f[1])->second, path, procedure, neighbour), why.verdict.state)
          << row.line;
    }
  }
  EXPECT_EQ(cases["NIST"], 25u);
  EXPECT_EQ(cases["OpenBGPD"], 84u);
}

TEST(Path, ShowsWhereItFails) {
  // 1 and 5 attest their only providers 2 and 4; 3 stands between them and is neither's; 2 and 4 have no provider at
  // all.
  const AspaTable table = AspaTable::build({{Asn{1}, {Asn{2}}}, {Asn{2}, {}}, {Asn{4}, {}}, {Asn{5}, {Asn{4}}}});
  const AsPath leak = parse_as_path("5 4 4 3 2 2 1").value();
  const PathExplanation why = explain_path(&table, leak, Procedure::downstream, Asn{5});
  EXPECT_EQ(why.verdict.state, PathState::invalid);
  EXPECT_EQ(why.verdict.reason, PathReason::not_provider);
  EXPECT_EQ(leak.asns()[why.verdict.hop], Asn{2});
  EXPECT_EQ(why.verdict.hop, 4) << "the first of the run";
  EXPECT_EQ(table.aspas()[why.verdict.aspa].customer, Asn{2});
  EXPECT_EQ(why.path, parse_asns("1 2 3 4 5"));
  EXPECT_EQ(why.max_up, 2u);
  EXPECT_EQ(why.max_down, 2u);
  EXPECT_EQ(why.failing_hop, std::pair(Asn{2}, Asn{3}));
  EXPECT_EQ(why.failing_down_hop, std::pair(Asn{4}, Asn{3}));
  ASSERT_EQ(why.hops.size(), 4u);
  EXPECT_EQ(why.hops[0].up, Auth::provider);
  EXPECT_EQ(why.hops[0].down, Auth::not_provider);
  EXPECT_EQ(why.hops[1].up, Auth::not_provider);
  EXPECT_EQ(why.hops[1].down, Auth::no_attestation);
  EXPECT_EQ(why.hops[3].down, Auth::provider);

  // Upstream: 1 attests 2 alone, so it cannot hand to 3; nobody knows about 3 and 6.
  const auto upstream = [&](std::string_view path, std::uint32_t neighbour) {
    return explain_path(&table, parse_as_path(path).value(), Procedure::upstream, Asn{neighbour});
  };
  EXPECT_EQ(upstream("5 6 3 1", 5).failing_hop, std::pair(Asn{1}, Asn{3}));
  EXPECT_EQ(upstream("5 6 3 1", 5).verdict.state, PathState::invalid);
  EXPECT_EQ(upstream("6 3", 6).failing_hop, std::pair(Asn{3}, Asn{6}));
  EXPECT_EQ(upstream("6 3", 6).verdict.state, PathState::unknown);
  EXPECT_EQ(upstream("6 3", 6).verdict.aspa, AspaTable::kNone);
  EXPECT_EQ(upstream("2 1", 2).failing_hop, std::nullopt);
}

class Comparison {
 public:
  explicit Comparison(std::vector<Aspa> aspas) : aspas_(std::move(aspas)), table_(AspaTable::build(aspas_)) {}

  void of(const AsPath& path) {
    for (const Procedure procedure : {Procedure::upstream, Procedure::downstream}) {
      const PathVerdict hot = judge_path(table_, path, procedure, std::nullopt);
      const PathExplanation why = explain_path(&table_, path, procedure, std::nullopt);
      ASSERT_EQ(hot.state, definition::path_state(aspas_, path, procedure, std::nullopt)) << told(path, procedure);
      ASSERT_EQ(hot, why.verdict) << told(path, procedure);
      if (hot.hop != PathVerdict::kNoHop) {
        ASSERT_EQ(path.asns()[hot.hop], why.failing_hop.value().first) << told(path, procedure);
        ASSERT_EQ(hot.aspa, table_.find(why.failing_hop->first)) << told(path, procedure);
      }
      if (hot.reason == PathReason::not_provider) {
        ASSERT_EQ(table_.authorised(why.failing_hop->first, why.failing_hop->second), Auth::not_provider)
            << told(path, procedure);
      }
      ++seen[static_cast<std::size_t>(hot.state)];
    }
  }

  std::size_t seen[3] = {};

 private:
  std::string told(const AsPath& path, Procedure procedure) const {
    std::string text(to_string(procedure));
    text += ' ' + to_string(path);
    for (const Aspa& aspa : aspas_) {
      text += "; " + to_string(aspa.customer) + ':';
      for (const Asn provider : aspa.providers) text += ' ' + to_string(provider);
    }
    return text;
  }
  std::vector<Aspa> aspas_;
  AspaTable table_;
};

// All there is to say about a path of up to 8 different ASes: each AS has no ASPA, or one that names any choice of the
// two beside it.
TEST(Path, AgreesWithTheOtherDefinitionOnEveryPathOfUpTo8DifferentAses) {
  std::size_t patterns = 0;
  for (std::uint32_t n = 1; n <= 8; ++n) {
    std::vector<Asn> asns;
    for (std::uint32_t i = 1; i <= n; ++i) asns.push_back(Asn{i});
    const AsPath path(asns);
    std::vector<unsigned> choice(n, 0);  // of each AS: 0 no ASPA; 1 + a set of {left, right}
    for (bool more = true; more;) {
      std::vector<Aspa> aspas;
      for (std::uint32_t i = 0; i < n; ++i) {
        if (choice[i] == 0) continue;
        Aspa aspa{asns[i], {}};
        unsigned set = choice[i] - 1;
        if (i > 0) {
          if (set & 1) aspa.providers.push_back(asns[i - 1]);
          set >>= 1;
        }
        if (i + 1 < n && set & 1) aspa.providers.push_back(asns[i + 1]);
        aspas.push_back(aspa);
      }
      ++patterns;
      Comparison(aspas).of(path);
      if (HasFatalFailure()) return;
      more = false;
      for (std::uint32_t i = 0; i < n; ++i) {
        const unsigned beside = (i > 0) + (i + 1 < n);
        if (++choice[i] <= 1u << beside) {
          more = true;
          break;
        }
        choice[i] = 0;
      }
    }
  }
  // 2, then 3 * 3 * 5^(n-2) for n from 2 to 8.
  EXPECT_EQ(patterns, 2u + 9 * (78125 - 1) / 4);
}

// Repetitions, and ASes that come again: every path of up to 8 places over three ASes, under every table that three
// ASes can have.
TEST(Path, AgreesWithTheOtherDefinitionOnEveryPathOverThreeAses) {
  std::vector<AsPath> paths;
  for (std::uint32_t length = 1, count = 3; length <= 8; ++length, count *= 3) {
    for (std::uint32_t number = 0; number < count; ++number) {
      std::vector<Asn> asns;
      for (std::uint32_t i = 0, rest = number; i < length; ++i, rest /= 3) asns.push_back(Asn{rest % 3});
      paths.emplace_back(asns);
    }
  }
  ASSERT_EQ(paths.size(), 9840u);
  std::size_t seen[3] = {};
  for (std::uint32_t number = 0; number < 125; ++number) {
    std::vector<Aspa> aspas;
    for (std::uint32_t i = 0, rest = number; i < 3; ++i, rest /= 5) {
      if (rest % 5 == 0) continue;
      Aspa aspa{Asn{i}, {}};
      const unsigned set = rest % 5 - 1;
      if (set & 1) aspa.providers.push_back(Asn{(i + 1) % 3});
      if (set & 2) aspa.providers.push_back(Asn{(i + 2) % 3});
      aspas.push_back(aspa);
    }
    Comparison comparison(aspas);
    for (const AsPath& path : paths) {
      comparison.of(path);
      if (HasFatalFailure()) return;
    }
    for (std::size_t i = 0; i < 3; ++i) seen[i] += comparison.seen[i];
  }
  for (const std::size_t count : seen) EXPECT_GT(count, 1000u) << "of unknown, valid, invalid";
}

}  // namespace
}  // namespace fairway
