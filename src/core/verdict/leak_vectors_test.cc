// tests/vectors/leak.tsv: the published cases, hot and explained.
#include <gtest/gtest.h>

#include <map>

#include "core/verdict/leak.h"
#include "core/verdict/vectors_for_tests.h"

namespace fairway {
namespace {

std::vector<Asn> asns(std::string_view text) {
  std::vector<Asn> result;
  while (!text.empty()) result.push_back(*parse_asn(cut(text, ',')));
  return result;
}

RelationshipTable relationships(std::string_view text, const std::vector<Asn>& clique) {
  std::vector<RelationshipLink> links;
  for (std::string_view link = next_word(text); !link.empty(); link = next_word(text)) {
    const std::size_t at = link.find_first_of(">=");
    links.push_back({*parse_asn(link.substr(0, at)), *parse_asn(link.substr(at + 1)), link[at] == '>'});
  }
  return RelationshipTable::build(std::move(links), clique);
}

TEST(LeakVectors, AllOfThem) {
  std::size_t count = 0;
  for (const VectorRow& row : read_vectors("leak.tsv")) {
    ASSERT_EQ(row.fields.size(), 11u) << row.line;
    ++count;
    const auto field = [&](std::size_t i) { return row.fields[i] == "-" ? std::string_view{} : row.fields[i]; };
    std::map<std::string_view, std::vector<Asn>> others;
    std::string_view rest = field(5);
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
      const std::string_view name = cut(word, '=');
      others[name] = asns(word);
    }
    std::vector<OrganisationTable::Holder> holders;
    for (const Asn asn : others["org"]) holders.push_back({asn, "ORG"});
    const OrganisationTable organisations = OrganisationTable::build({}, holders);
    const ExchangeTable exchanges = ExchangeTable::build({}, others["rs"]);
    const RelationshipTable known = relationships(field(4), others["clique"]);
    const LeakTables tables{field(4).empty() ? nullptr : &known, &organisations, &exchanges, nullptr};
    const std::optional<Asn> otc = field(2).empty() ? std::nullopt : parse_asn(field(2));
    const std::optional<Role> from = field(3).empty() ? std::nullopt : parse_role(field(3));
    const AsPath path = *parse_as_path(field(1));

    const LeakVerdict verdict = judge_leak(tables, path, otc, from);
    std::string by;
    for (const LeakEvidence evidence : kLeakEvidence) {
      if ((verdict.by & evidence) != 0) by += (by.empty() ? "" : " ") + std::string(to_string(evidence));
    }
    EXPECT_EQ(to_string(verdict.state), field(6)) << row.line;
    EXPECT_EQ(verdict.type == 0 ? "" : std::to_string(verdict.type), field(7)) << row.line;
    EXPECT_EQ(verdict.state == LeakState::leak ? to_string(AsPath(verdict.hop)) : "", field(8)) << row.line;
    EXPECT_EQ(by, field(9)) << row.line;
    EXPECT_FALSE(field(10).empty()) << "a case has a source: " << row.line;

    const LeakExplanation why = explain_leak(tables, path, otc, from);
    EXPECT_EQ(why.verdict, verdict) << row.line;
    EXPECT_EQ(why.leaks.empty(), verdict.state != LeakState::leak) << row.line;
    for (const LeakExplanation::Leak& leak : why.leaks) {
      std::uint8_t said = 0;
      for (const auto& [evidence, fact] : leak.facts) said |= evidence;
      EXPECT_EQ(said, leak.by) << "each piece of evidence has its sentence: " << row.line;
    }
    if (verdict.reason == LeakReason::unknown_link) {
      EXPECT_FALSE(why.undecided.empty()) << row.line;
    }
  }
  EXPECT_GE(count, 60u);
}

}  // namespace
}  // namespace fairway
