// Rules and sets of policies, read: the examples of RFC 2622 and RFC 4012, what registries hold, and what is wrong.
#include "core/wire/rpsl/policy.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

using Kind = PolicyNode::Kind;

// An expression with all its brackets: "(AS1 and (not {192.0.2.0/24}))".
std::string shown(const PolicyParts& parts, std::uint32_t expression) {
  const PolicyNode& node = parts.nodes[expression];
  switch (node.kind) {
    case Kind::negation: return "(not " + shown(parts, parts.operands[node.first]) + ")";
    case Kind::conjunction:
    case Kind::disjunction: {
      std::string text = "(";
      for (std::uint32_t i = node.first; i < node.end; ++i) {
        if (i != node.first) text += node.kind == Kind::conjunction ? " and " : " or ";
        text += shown(parts, parts.operands[i]);
      }
      return text + ")";
    }
    case Kind::prefixes: {
      std::string text = "{";
      for (std::uint32_t i = node.first; i < node.end; ++i) {
        const PrefixRange& range = parts.ranges[i];
        text += (i == node.first ? "" : " ") + to_string(range.prefix);
        if (!range.exact()) text += "^" + std::to_string(range.least) + "-" + std::to_string(range.most);
      }
      return text + "}";
    }
    default: return leaf_text(parts, parts.names, node);
  }
}

std::string shown(const AutNumPolicy& policy, std::uint32_t place) {
  const PolicyStep& step = policy.steps[place];
  if (step.kind != PolicyStep::Kind::factors) {
    return "[" + shown(policy, step.first) + (step.kind == PolicyStep::Kind::except ? " except " : " refine ") +
           (step.afi == kEveryAfi ? "" : "afi" + std::to_string(step.afi) + " ") + shown(policy, step.end) + "]";
  }
  std::string text;
  for (std::uint32_t i = step.first; i < step.end; ++i) {
    const PolicyFactor& factor = policy.factors[i];
    text +=
        (i == step.first ? "" : "; ") + shown(policy.parts, factor.peering) + ": " + shown(policy.parts, factor.filter);
    if (factor.via != PolicyFactor::kNone) text += " via " + shown(policy.parts, factor.via);
  }
  return text;
}

// "PEERING: FILTER", or the error.
std::string read(std::string_view name, std::string_view value) {
  AutNumPolicy policy;
  const auto error = read_policy_rule(name, value, policy);
  EXPECT_EQ(policy.rules.size(), 1u);
  EXPECT_EQ(policy.rules[0].unread, error.has_value());
  return (error ? "! " + error->text + " | " : "") + shown(policy, policy.rules[0].step);
}

PolicyRule rule(std::string_view name, std::string_view value) {
  AutNumPolicy policy;
  EXPECT_FALSE(read_policy_rule(name, value, policy)) << value;
  return policy.rules[0];
}

struct Case {
  const char *name, *value, *shown;
};

TEST(PolicyRule, IsReadAsTheStandardsSay) {
  const Case cases[] = {
      // RFC 2622 section 5.4
      {"import", "from AS2 accept AS2", "AS2: AS2"},
      {"import", "from AS-FOO accept PeerAS", "AS-FOO: PeerAS"},
      {"export", "to AS2 announce AS1 AND NOT community(NO_EXPORT)", "AS2: (AS1 and (not community(NO_EXPORT)))"},
      {"import", "from AS2 accept NOT {128.9.0.0/16, 128.8.0.0/16}", "AS2: (not {128.9.0.0/16 128.8.0.0/16})"},
      {"import", "from AS2 accept AS226 AS227 OR AS228", "AS2: (AS226 or AS227 or AS228)"},
      {"import", "from AS2 accept AS226 AND {0.0.0.0/0^0-18}", "AS2: (AS226 and {0.0.0.0/0^0-18})"},
      {"import", "from AS2 accept { 5.0.0.0/8, 6.0.0.0/8 }^+", "AS2: {5.0.0.0/8^8-32 6.0.0.0/8^8-32}"},
      {"import", "from AS2 accept {5.0.0.0/8^+, 128.9.0.0/16^-, 30.0.0.0/8^16, 30.0.0.0/8^24-32}",
       "AS2: {5.0.0.0/8^8-32 128.9.0.0/16^17-32 30.0.0.0/8^16-16 30.0.0.0/8^24-32}"},
      {"import", "from AS2 accept (AS1 or fltr-foo) and <AS2>", "AS2: ((AS1 or FLTR-FOO) and <AS2>)"},
      // section 5.6
      {"import", "from AS2 7.7.7.2 at 7.7.7.1 accept { 128.9.0.0/16 }", "AS2: {128.9.0.0/16}"},
      {"import", "from AS-FOO and not AS2 at not 7.7.7.1 accept { 128.9.0.0/16 }",
       "(AS-FOO and (not AS2)): {128.9.0.0/16}"},
      {"import", "from (AS1 OR AS2) EXCEPT AS2 accept ANY", "((AS1 or AS2) and (not AS2)): ANY"},
      {"import", "from prng-foo accept { 128.9.0.0/16 }", "PRNG-FOO: {128.9.0.0/16}"},
      // section 6
      {"import", "from AS2 action pref = 10; med = 0; community.append(10250, 3561:10); accept { 128.9.0.0/16 }",
       "AS2: {128.9.0.0/16}"},
      {"import", "from AS2 action pref = 1; from AS3 action pref = 2; accept AS4", "(AS2 or AS3): AS4"},
      {"export", "to AS2 action med = 5; community .= { 70 }; announce AS4", "AS2: AS4"},
      {"export", "to AS-FOO announce ANY", "AS-FOO: ANY"},
      {"default", "to AS2 7.7.7.2 at 7.7.7.1", "AS2: ANY"},
      {"default", "to AS2 action pref = 1;", "AS2: ANY"},
      {"default", "to AS2 networks { 128.9.0.0/16 }", "AS2: {128.9.0.0/16}"},
      // section 6.6
      {"import",
       "from AS1 action pref = 1; accept as-foo; except { from AS2 action pref = 2; accept AS226; except { from AS3 "
       "action pref = 3; accept {128.9.0.0/16}; } }",
       "[AS1: AS-FOO except [AS2: AS226 except AS3: {128.9.0.0/16}]]"},
      {"import",
       "{ from AS-ANY action pref = 1; accept community(3560:10); from AS-ANY action pref = 2; accept "
       "community(3560:20); } refine { from AS1 accept AS1; from AS2 accept AS2; }",
       "[ANY: community(3560:10); ANY: community(3560:20) refine AS1: AS1; AS2: AS2]"},
      // RFC 4012 section 2.5
      {"mp-import",
       "afi any.unicast from AS65001 accept as-foo; except afi any.unicast { from AS65002 accept AS65226; } except "
       "afi ipv6.unicast { from AS65003 accept {2001:0DB8::/32}; }",
       "[AS65001: AS-FOO except afi5 [AS65002: AS65226 except afi4 AS65003: {2001:db8::/32}]]"},
      {"mp-export", "to AS1 announce { 192.0.2.0/24, 2001:0DB8::/32 }", "AS1: {192.0.2.0/24 2001:db8::/32}"},
      // draft-ietf-grow-rpsl-via
      {"import-via", "AS6777 from AS15169 accept AS-GOOGLE", "AS15169: AS-GOOGLE via AS6777"},
      {"export-via", "AS1 to AS-ANY AS2 to AS3 action pref=1; announce AS4", "(ANY or AS3): AS4 via (AS1 or AS2)"},
      // What registries hold besides (docs/deviations/rpsl.md).
      {"import", "FROM AS1 action pref=100 ACCEPT AS-X^24-32;", "AS1: AS-X^24-32"},
      {"import", "from AS1 accept ANY EXCEPT {0.0.0.0/0}", "AS1: (ANY and (not {0.0.0.0/0}))"},
      {"import", "from AS1 accept 192.0.2.0/24", "AS1: {192.0.2.0/24}"},
      {"import", "from AS1 accept {192.0.2.1/24 198.51.100.0/24,}", "AS1: {192.0.2.0/24 198.51.100.0/24}"},
      {"import", "from AS1 accept RIPE::AS-FOO AS1:RS-BAR:PeerAS", "AS1: (RIPE::AS-FOO or AS1:RS-BAR:PEERAS)"},
      {"import", "from AS1 accept AS-ANY AND NOT NOT fltr-x", "AS1: (RS-ANY and FLTR-X)"},
      {"import", "from AS1 accept {10.0.0.0/8^33} OR {10.0.0.0/8^+}^4", "AS1: ({} or {})"},
      {"import", "from AS1 accept community.contains(1:2) OR community == {1:2} AS3",
       "AS1: (community.contains(1:2) or community == {1:2} or AS3)"},
      {"import", "from AS1 rtr1.example.net or (rtrs-x and not 192.0.2.1) at AS1:RTRS-Y accept ANY", "AS1: ANY"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(one.name, one.value), one.shown) << one.value;
}

TEST(PolicyRule, KnowsItsFamiliesAndProtocols) {
  EXPECT_EQ(rule("import", "from AS1 accept ANY").afi, kIpv4Unicast);
  EXPECT_EQ(rule("mp-import", "from AS1 accept ANY").afi, kEveryAfi);
  EXPECT_EQ(rule("mp-import", "afi ipv4.multicast,ipv6 from AS1 accept ANY").afi,
            kIpv4Multicast | kIpv6Unicast | kIpv6Multicast);
  EXPECT_EQ(rule("mp-export", "protocol BGP4 into MPBGP afi any.unicast to AS1 announce ANY").afi,
            kIpv4Unicast | kIpv6Unicast);
  EXPECT_TRUE(rule("mp-export", "protocol BGP4 into MPBGP to AS1 announce ANY").between_ases);
  EXPECT_FALSE(rule("import", "protocol STATIC into BGP4 from AS1 accept AS1:RS-STATIC-ROUTES").between_ases);
  EXPECT_FALSE(rule("export", "protocol BGP4 into RIP to AS1 announce ANY").between_ases);
  EXPECT_EQ(rule("Export", "to AS1 announce ANY").text, "export: to AS1 announce ANY");
  EXPECT_EQ(rule("mp-default", "afi ipv6 to AS1").direction, PolicyDirection::defaults);
  EXPECT_TRUE(is_policy_attribute("IMPORT-VIA"));
  EXPECT_FALSE(is_policy_attribute("imports"));
}

// What was read in front of the mistake stays: a rule about others is not in doubt because of it.
TEST(PolicyRule, SaysWhatItDoesNotUnderstand) {
  const Case cases[] = {
      {"import", "", "! the 'from' is missing | ANY: ?"},
      {"import", "to AS1 accept ANY", "! 'to' is no 'from' | ANY: ?"},
      {"import", "from FOO accept ANY", "! 'FOO' is no peering | ANY: ?"},
      {"import", "from AS1", "! the 'from' is missing | ANY: ?"},
      {"import", "from AS1 announce ANY", "! 'announce' is no 'from' | ANY: ?"},
      {"import", "from AS1 accept", "! the filter is missing | AS1: ?"},
      {"import", "from AS1 accept everything", "! 'everything' is no filter | AS1: ?"},
      {"import", "from AS1 accept (AS2", "! the ')' is missing | AS1: ?"},
      {"import", "from AS1 accept AS2)", "! ')' is no part of the rule | AS1: ?"},
      {"import", "from AS1 accept AS2 accept AS3", "! 'accept' is no filter | AS1: ?"},
      {"import", "from AS1 accept {AS2}", "! 'AS2' is no prefix | AS1: ?"},
      {"import", "from AS1 accept {192.0.2.0/24", "! the prefix is missing | AS1: ?"},
      {"import", "from AS1 accept AS2^x", "! 'AS2^x' is no filter | AS1: ?"},
      {"import", "from AS1 accept AS-X^x", "! 'AS-X^x' is no range operator | AS1: ?"},
      {"import", "from AS1 accept {}^33-1", "! '^33-1' is no range operator | AS1: ?"},
      {"import", "from AS1 accept <AS2", "! a '>' is missing | AS1: ?"},
      {"import", "from AS1 accept <(>", "! the AS path '(' cannot be read: a ')' is missing at its end | AS1: ?"},
      {"import", "from AS1 at nowhere accept ANY", "! 'nowhere' is no router | ANY: ?"},
      {"import", "from AS1, AS2 accept ANY", "! ',' is no 'from' | ANY: ?"},
      {"import", "from AS1 accept community(1:2", "! a bracket is not closed | AS1: ?"},
      {"mp-import", "afi ipv5 from AS1 accept ANY", "! 'ipv5' is no address family | ANY: ?"},
      {"import", "{ from AS1 accept ANY; from AS2 }", "! '}' is no 'from' | ANY: ?"},
      {"import", "from AS1 accept AS1; except from AS2 accept oops", "! 'oops' is no filter | ANY: ?"},
      {"default", "AS1", "! 'AS1' is no 'to' | ANY: ?"},
      {"import-via", "AS1 from AS2 accept oops", "! 'oops' is no filter | AS2: ? via AS1"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(one.name, one.value), one.shown) << one.value;
  AutNumPolicy policy;
  EXPECT_EQ(read_policy_rule("import", "from AS1 accept oops", policy)->where, 16u);
}

TEST(PolicyRule, HasABottom) {
  const std::string many(100'000, '('), nots = [] {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += "not ";
    return text;
  }();
  EXPECT_EQ(read("import", "from AS1 accept " + many), "! there are more than 32 brackets within each other | AS1: ?");
  EXPECT_EQ(read("import", "from " + many), "! there are more than 32 brackets within each other | ANY: ?");
  EXPECT_EQ(read("import", "from AS1 accept " + nots + "AS2"), "AS1: AS2");
  EXPECT_EQ(read("import", "from AS1 accept not " + nots + "AS2"), "AS1: (not AS2)");
  std::string excepts = "from AS1 accept ANY";
  for (int i = 0; i < 100; ++i) excepts += " except from AS1 accept ANY";
  EXPECT_EQ(read("import", excepts), "! there are more than 32 brackets within each other | ANY: ?");
}

std::string read_set(const std::string& text) {
  RpslObjects objects(as_bytes(text));
  RpslObject object;
  EXPECT_TRUE(objects.next(object));
  const auto read = read_policy_set(object);
  if (!read) return "none";
  const auto of = [&](const std::optional<std::uint32_t>& expression) {
    return expression ? shown(read->set.parts, *expression) : std::string("-");
  };
  return (read->error ? "! " + read->error->text + " | " : "") + read->set.name + ": " + of(read->set.ipv4) + " / " +
         of(read->set.ipv6);
}

TEST(PolicySet, IsReadForEachFamily) {
  EXPECT_EQ(read_set("filter-set: fltr-bar\nfilter: (AS1 or fltr-foo) and <AS2>\n"),
            "FLTR-BAR: ((AS1 or FLTR-FOO) and <AS2>) / ((AS1 or FLTR-FOO) and <AS2>)");
  EXPECT_EQ(
      read_set("filter-set: AS1:FLTR-X\nfilter: { 10.0.0.0/8,\n+ 192.168.0.0/16^+ } # private\nmp-filter: NOT ANY\n"),
      "AS1:FLTR-X: {10.0.0.0/8 192.168.0.0/16^16-32} / (not ANY)");
  EXPECT_EQ(read_set("filter-set: FLTR-EMPTY\nfilter: {}\n"), "FLTR-EMPTY: {} / {}");
  EXPECT_EQ(read_set("filter-set: FLTR-NONE\n"), "FLTR-NONE: - / -");
  EXPECT_EQ(read_set("filter-set: FLTR-ODD\nfilter: AS1 oops\n"), "! 'oops' is no filter | FLTR-ODD: ? / ?");
  EXPECT_EQ(
      read_set("peering-set: prng-foo\npeering: prng-bar\npeering: AS2 at 9.9.9.1\nmp-peering: AS3 2001:db8::1\n"),
      "PRNG-FOO: (PRNG-BAR or AS2) / AS3");
  EXPECT_EQ(read_set("filter-set: AS-FOO\nfilter: ANY\n"), "none");
  EXPECT_EQ(read_set("filter-set: prng-foo\nfilter: ANY\n"), "none");
}

TEST(PolicySet, IsKnownByItsName) {
  EXPECT_EQ(kind_of_set("AS1:FLTR-FOO"), Kind::filter_set);
  EXPECT_EQ(kind_of_set("RIPE::as-foo"), Kind::as_set);
  EXPECT_EQ(kind_of_set("AS1:RS-FOO:AS2"), Kind::route_set);
  EXPECT_EQ(kind_of_set("AS1:AS-FOO:PeerAS"), Kind::as_set);
  EXPECT_EQ(kind_of_set("prng-x"), Kind::peering_set);
  for (const char* name : {"", "AS1", "AS-", "FOO-BAR", "AS-FOO:", ":AS-FOO", "::AS-FOO", "AS1:PeerAS", "PEERASAS-X"}) {
    EXPECT_EQ(kind_of_set(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace fairway
