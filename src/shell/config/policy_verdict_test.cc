// The policy verdict, from the registry's text to the answer: tests/vectors/policy.db, and random policies and routes
// held against the plain definition.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "core/read/policy_case_for_tests.h"
#include "core/verdict/policy.h"
#include "core/verdict/policy_agreement_for_tests.h"
#include "core/verdict/policy_definition_for_tests.h"
#include "shell/feed/source.h"

namespace fairway {
namespace {

std::string text_of(std::span<const PolicyHop> hops) {
  std::string text;
  append_to(text, hops);
  return text;
}

// Everything that must hold of one answer.
void expect_agreement(const World& world, PolicyJudge& judge, const Prefix& prefix, const AsPath& path) {
  const auto hops = judge.judge(prefix, path);
  const std::vector<PolicyHop> judged(hops.begin(), hops.end());
  const auto defined = definition::policy_hops(world, prefix, path);
  ASSERT_EQ(judged.size(), defined.size()) << to_string(path);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    ASSERT_TRUE(definition::agree(world, judged[i], defined[i]))
        << to_string(prefix) << " " << to_string(path) << "\n  " << text_of(judged) << "\n  " << text_of(defined)
        << "\nrules " << judged[i].exported.rule << "/" << judged[i].imported.rule << " and "
        << defined[i].exported.rule << "/" << defined[i].imported.rule;
  }
  const PolicyExplanation why = judge.explain(prefix, path);
  ASSERT_EQ(why.hops.size(), judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) {
    for (const bool exported : {true, false}) {
      const PolicyCheck& check = exported ? judged[i].exported : judged[i].imported;
      const PolicyExplanation::Check& told = exported ? why.hops[i].exported : why.hops[i].imported;
      ASSERT_EQ(told.check, check);
      if (check.rule == PolicyTable::kNone) {
        ASSERT_TRUE(told.rules.empty());
        continue;
      }
      // The rule that decided is among those told, with the state that it gave; no other is better.
      const std::string& text = world.policies->rule(check.rule).text;
      PolicyState best = PolicyState::unknown;
      bool found = false;
      for (const PolicyExplanation::Rule& rule : told.rules) {
        best = std::max(best, rule.state);
        if (!rule.decides) continue;
        EXPECT_FALSE(found) << "one rule decides";
        found = rule.text == text && (rule.state == check.state || rule.state == PolicyState::bad);
      }
      ASSERT_TRUE(found) << text;
      ASSERT_TRUE(best == check.state || best == PolicyState::bad);
    }
  }
}

TEST(PolicyVectors, AllOfThem) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/tests/vectors/policy.db");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::map<std::string, int> reasons;
  std::size_t asked = 0;
  for (const PolicyCase& one : policy_cases(text)) {
    SCOPED_TRACE(one.name);
    EXPECT_FALSE(one.by.empty()) << "a case has a source";
    ASSERT_TRUE(one.world.policies);
    ASSERT_FALSE(one.questions.empty());
    PolicyJudge judge(one.world);
    for (const PolicyCase::Question& question : one.questions) {
      ++asked;
      const auto hops = judge.judge(question.prefix, question.path);
      EXPECT_EQ(text_of(hops), question.answer) << to_string(question.prefix) << " " << to_string(question.path);
      for (const PolicyHop& hop : hops) {
        ++reasons[std::string(to_string(hop.exported.reason))];
        ++reasons[std::string(to_string(hop.imported.reason))];
      }
      expect_agreement(one.world, judge, question.prefix, question.path);
    }
  }
  EXPECT_GE(asked, 90u);
  for (std::size_t i = 0; i < kPolicyReasons; ++i) {
    const std::string word(to_string(static_cast<PolicyReason>(i)));
    EXPECT_TRUE(reasons.contains(word)) << "no case of " << word;
  }
}

TEST(PolicyVerdict, IsUnknownWithoutPolicies) {
  const World world;
  PolicyJudge judge(world);
  const AsPath path = *parse_as_path("2 1");
  EXPECT_EQ(text_of(judge.judge(*parse_prefix("10.0.0.0/8"), path)), "1>2:unknown/unknown");
  EXPECT_EQ(judge.explain(*parse_prefix("10.0.0.0/8"), path).hops.size(), 1u);
}

// Equal keys are equal paths; a path may carry routes of both families.
TEST(PolicyVerdict, RemembersPathsByFamily) {
  const World world = policy_world("aut-num: AS1\nimport: from AS2 accept ANY\n\n");
  PolicyJudge judge(world);
  const AsPath path = *parse_as_path("1 2"), other = *parse_as_path("1 3");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(text_of(judge.judge(*parse_prefix("10.0.0.0/8"), path, 7)), "2>1:unrecorded(no-aut-num)/ok");
    EXPECT_EQ(text_of(judge.judge(*parse_prefix("2001:db8::/32"), path, 7)),
              "2>1:unrecorded(no-aut-num)/unrecorded(no-rules)");
    EXPECT_EQ(text_of(judge.judge(*parse_prefix("10.0.0.0/8"), other, 8)),
              "3>1:unrecorded(no-aut-num)/bad(no-peering)");
    EXPECT_EQ(text_of(judge.judge(*parse_prefix("10.0.0.0/8"), path)), "2>1:unrecorded(no-aut-num)/ok");
  }
}

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  unsigned below(unsigned sides) { return static_cast<unsigned>(random_() % sides); }
  template <std::size_t kSize>
  std::string one_of(const char* const (&words)[kSize]) {
    return words[below(kSize)];
  }
  std::string as() { return "AS" + std::to_string(1 + below(5)); }

  std::string prefix() {
    return one_of({"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.3.0/24", "192.0.2.0/24", "2001:db8::/32",
                   "2001:db8:1::/48"});
  }
  std::string range() { return below(3) == 0 ? one_of({"^+", "^-", "^24", "^16-24", "^+^24"}) : ""; }

  std::string path() {
    std::string text;
    for (unsigned i = 1 + below(3); i-- > 0;) {
      text += one_of({"AS1", "AS2", "AS3", ".", "[AS1 AS2]", "[^AS3]", "AS-A", "AS-GONE", "PeerAS", "[^AS-B]",
                      "(AS1|AS-A)"}) +
              one_of({"", "", "*", "+", "?", "{2}"}) + " ";
    }
    return "<" + one_of({"", "^"}) + text + one_of({"", "$"}) + ">";
  }

  std::string filter(unsigned depth) {
    if (depth == 0 || below(3) == 0) {
      switch (below(10)) {
        case 0: return "ANY";
        case 1: return "{" + prefix() + range() + ", " + prefix() + "}" + range();
        case 2: return path();
        case 3: return "PeerAS" + range();
        case 4: return one_of({"AS-A", "AS-B", "AS-GONE", "AS-LOOP", "AS-HALF"}) + range();
        case 5: return one_of({"RS-A", "RS-B", "RS-GONE", "RS-ANY", "AS1:RS-X:PeerAS"}) + range();
        case 6: return one_of({"FLTR-A", "FLTR-B", "FLTR-GONE", "FLTR-BAD"});
        case 7: return "community(64500:1)";
        default: return as() + range();
      }
    }
    switch (below(4)) {
      case 0: return "NOT (" + filter(depth - 1) + ")";
      case 1: return "(" + filter(depth - 1) + " AND " + filter(depth - 1) + ")";
      case 2: return "(" + filter(depth - 1) + " " + filter(depth - 1) + ")";
      default: return filter(depth - 1);
    }
  }

  std::string peering() {
    switch (below(8)) {
      case 0: return "AS-ANY";
      case 1: return one_of({"AS-A", "AS-B", "AS-GONE", "AS-HALF"});
      case 2: return one_of({"PRNG-A", "PRNG-GONE"});
      case 3: return "(" + as() + " OR " + as() + ") EXCEPT " + as();
      case 4: return as() + " at 192.0.2.1";
      default: return as();
    }
  }

  std::string factor(bool imports) {
    std::string text;
    for (unsigned i = 1 + below(2); i-- > 0;) text += (imports ? "from " : "to ") + peering() + " ";
    return text + (imports ? "accept " : "announce ") + filter(2);
  }
  std::string term(bool imports) {
    if (below(2) == 0) return factor(imports) + ";";
    return "{ " + factor(imports) + "; " + factor(imports) + "; }";
  }
  std::string rule() {
    const bool imports = below(2) == 0;
    const std::string direction = imports ? "import" : "export";
    if (below(12) == 0) return direction + "-via: " + peering() + " " + factor(imports) + "\n";
    std::string text = (below(2) == 0 ? "mp-" : "") + direction + ": ";
    if (below(12) == 0) return text + (imports ? "from " : "to ") + peering() + " oops\n";
    if (below(3) != 0) return text + factor(imports) + "\n";
    text += term(imports);
    for (unsigned i = below(3); i-- > 0;) {
      text += one_of({" EXCEPT ", " REFINE ", " EXCEPT afi ipv6 ", " REFINE afi ipv4 "}) + term(imports);
    }
    return text + "\n";
  }

  std::string registry() {
    std::string text =
        "as-set: AS-A\nmembers: AS1, AS-B\n\nas-set: AS-B\nmembers: AS2\n\nas-set: AS-LOOP\nmembers: AS3, AS-LOOP\n\n"
        "as-set: AS-HALF\nmembers: AS4, AS-GONE\n\nroute-set: RS-A\nmp-members: 10.1.0.0/16^+, AS-A^+, RS-B, "
        "2001:db8::/32\n\nroute-set: RS-B\nmembers: AS5, 192.0.2.0/24\n\nroute-set: AS1:RS-X:AS2\nmembers: AS1\n\n"
        "peering-set: PRNG-A\npeering: AS2\nmp-peering: AS-B\n\nfilter-set: FLTR-BAD\nfilter: oops\n\n";
    for (const char* name : {"FLTR-A", "FLTR-B"}) {
      text += std::string("filter-set: ") + name + "\nfilter: " + filter(1) + "\n" +
              (below(2) == 0 ? "mp-filter: " + filter(1) + "\n\n" : "\n");
    }
    for (unsigned i = below(8); i-- > 0;) {
      const std::string block = prefix();
      text += (block.find(':') == std::string::npos ? "route: " : "route6: ") + block + "\norigin: " + as() + "\n\n";
    }
    for (unsigned asn = 1; asn <= 5; ++asn) {
      if (below(5) == 0) continue;
      text += "aut-num: AS" + std::to_string(asn) + "\n";
      for (unsigned i = below(5); i-- > 0;) text += rule();
      text += "\n";
    }
    return text;
  }

  std::string links() {
    std::string text;
    for (unsigned a = 1; a <= 5; ++a) {
      for (unsigned b = 1; b < a; ++b) {
        static constexpr const char* kSigns[] = {"", ">", "="};
        const char* sign = kSigns[below(3)];
        if (*sign != '\0') text += std::to_string(a) + sign + std::to_string(b) + " ";
      }
    }
    return text;
  }

  std::string as_path() {
    std::string text;
    for (unsigned i = 1 + below(5); i-- > 0;) {
      text += below(15) == 0 ? "{1,2} " : std::to_string(1 + below(5)) + " ";
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

TEST(PolicyVerdict, IsAsDefinedForRandomPolicies) {
  std::map<std::string, int> reasons;
  for (unsigned seed = 0; seed < 600; ++seed) {
    Chance chance(seed);
    const std::string text = chance.registry(), links = chance.links();
    SCOPED_TRACE("seed " + std::to_string(seed) + ", links " + links + "\n" + text);
    std::optional<RelationshipTable> relationships;
    if (chance.below(4) != 0) relationships = policy_links(links, chance.below(2) == 0 ? "1 2 3" : "");
    const World world = policy_world(text, std::move(relationships));
    if (!world.policies) continue;
    PolicyJudge judge(world);
    for (int i = 0; i < 25; ++i) {
      const Prefix prefix = *parse_prefix(chance.prefix());
      const AsPath path = *parse_as_path(trim(chance.as_path()));
      expect_agreement(world, judge, prefix, path);
      if (::testing::Test::HasFatalFailure()) return;
      for (const PolicyHop& hop : judge.judge(prefix, path)) {
        ++reasons[std::string(to_string(hop.exported.reason))];
        ++reasons[std::string(to_string(hop.imported.reason))];
      }
    }
  }
  for (std::size_t i = 0; i < kPolicyReasons; ++i) {
    const std::string word(to_string(static_cast<PolicyReason>(i)));
    EXPECT_GE(reasons[word], 3) << "the dice never give " << word;
  }
}

const char* data() { return std::getenv("FAIRWAY_TEST_DATA"); }

Result<RegistryDump> policies_of(const std::string& name) {
  const auto content = read_all(std::string(data()) + "/world/" + name);
  if (!content) return std::unexpected(content.error());
  return read_registry_dump(content->bytes(), nullptr, true);
}

std::size_t objects_of(const RegistryDump& dump, std::string_view name) {
  std::size_t objects = 0;
  for (const RegistryDump::Count& count : dump.counts) objects += count.name == name ? count.objects : 0;
  return objects;
}

// Every aut-num and filter-set of the dumps is there; what is not understood of them is counted, and is little.
TEST(PolicyOnRealData, IsUnderstood) {
  if (data() == nullptr) GTEST_SKIP() << "skipped: no shared data: set FAIRWAY_TEST_DATA";
  const auto aut_nums = policies_of("ripe-nonauth.db.aut-num.gz"), filters = policies_of("ripe.db.filter-set.gz");
  ASSERT_TRUE(aut_nums && filters);
  EXPECT_EQ(aut_nums->policies.size(), objects_of(*aut_nums, "aut-num"));
  EXPECT_EQ(aut_nums->policies.size(), 2109u);
  EXPECT_EQ(filters->policy_sets.size(), objects_of(*filters, "filter-set"));
  EXPECT_EQ(filters->policy_sets.size(), 170u);
  std::size_t rules = 0, unread = 0;
  for (const AutNumPolicy& policy : aut_nums->policies) {
    rules += policy.rules.size();
    for (const PolicyRule& rule : policy.rules) unread += rule.unread;
  }
  for (const PolicySet& set : filters->policy_sets) unread += set.unread;
  EXPECT_EQ(unread, aut_nums->rules.count + filters->rules.count);
  RecordProperty("rules", static_cast<int>(rules));
  RecordProperty("unread", static_cast<int>(unread));
  EXPECT_EQ(rules, 40701u) << "as grep counts the attributes";
  EXPECT_EQ(unread, 0u);
}

}  // namespace
}  // namespace fairway
