// Junos: what policies mean is Juniper's "Routing Policies, Firewall Filters, and Traffic Policers User Guide".
#include <gtest/gtest.h>

#include "core/wire/routerconfig/asn_expression.h"
#include "core/wire/routerconfig/probes_for_tests.h"

namespace fairway::reader {
namespace {

constexpr std::string_view kCurly = R"(
routing-options {
    autonomous-system 64500;
    validation { group caches { session 192.0.2.9 { port 3323; } } }
}
policy-options {
    prefix-list own { 192.0.2.0/24; }
    route-filter-list customer {
        198.51.100.0/24 exact;
        203.0.112.0/22 prefix-length-range /23-/24;
    }
    as-path-group bogon-asns {
        as-path zero ".* 0 .*";
        as-path private ".* [64512-65534] .*";
    }
    as-path tier1 ".* (174|3356) .*";
    as-path long ".{51,}";
    community drain members 65535:0;
    community learned members large:64500:1:1;
    community ours members 64500:*;
    policy-statement bogons {
        term prefixes {
            from {
                route-filter 10.0.0.0/8 orlonger;
                route-filter 0.0.0.0/0 exact;
                /* /25 and longer */
                route-filter 0.0.0.0/0 prefix-length-range /25-/32;
            }
            then reject;
        }
        term asns { from as-path-group bogon-asns; then reject; }
    }
    policy-statement customer-in {
        term invalid { from { protocol bgp; validation-database invalid; } then { validation-state invalid; reject; } }
        term tier1 { from as-path [ tier1 long ]; then reject; }
        term drain { from community drain; then { local-preference 0; next term; } }
        term registered {
            from { route-filter-list customer; }
            then { community delete ours; community add learned; metric add 5; accept; }
        }
        then reject;
    }
    policy-statement own-only { term own { from { protocol static; prefix-list own; } then accept; } then reject; }
    policy-statement up-out {
        term own { from policy own-only; then accept; }
        term learned { from community learned; then accept; }
        term rest { then reject; }
    }
}
protocols {
    bgp {
        group customers {
            type external;
            import [ bogons customer-in ];
            family inet { unicast { prefix-limit { maximum 10; } } }
            neighbor 192.0.2.2 { peer-as 65551; authentication-key "$9$secret"; ttl 255; }
            inactive: neighbor 192.0.2.77 { peer-as 65577; }
        }
        group upstreams {
            type external;
            export up-out;
            keep none;
            neighbor 192.0.2.3 { peer-as 65540; import bogons; }
            neighbor 2001:db8::4 { peer-as 65541; }
        }
    }
}
)";

class Junos : public testing::Test {
 protected:
  Decision import(const Probe& probe, std::string_view name = "192.0.2.2") const {
    return junos.decide(session(junos, name), Direction::import, probe);
  }
  Configuration junos = configuration(kCurly, Dialect::junos);
};

TEST_F(Junos, ReadsSessions) {
  EXPECT_TRUE(junos.complaints().empty()) << junos.complaints()[0].line << junos.complaints()[0].text;
  ASSERT_EQ(junos.sessions().size(), 3u);
  const RouterSession& customer = session(junos, "192.0.2.2");
  EXPECT_EQ(customer.group, "customers");
  EXPECT_EQ(customer.remote_asn, Asn{65551});
  EXPECT_EQ(customer.local_asn, Asn{64500});
  EXPECT_TRUE(customer.gtsm && customer.authentication && !customer.enforces_first_as && !customer.internal);
  EXPECT_EQ(customer.family(Family::ipv4).max_prefix, 10u);
  EXPECT_TRUE(customer.family(Family::ipv4).keeps_rejected) << "Junos keeps what policies reject, unless told not to";
  EXPECT_FALSE(customer.family(Family::ipv6).active);
  EXPECT_FALSE(customer.family(Family::ipv4).export_.present);
  const RouterSession& upstream = session(junos, "192.0.2.3");
  EXPECT_FALSE(upstream.family(Family::ipv4).keeps_rejected);
  EXPECT_EQ(upstream.family(Family::ipv4).import.name, "bogons");
  EXPECT_EQ(upstream.family(Family::ipv4).export_.name, "up-out");
  EXPECT_TRUE(session(junos, "2001:db8::4").family(Family::ipv6).active);
  EXPECT_TRUE(junos.validation().rtr);
  ASSERT_EQ(junos.prefix_sets().size(), 2u);
  EXPECT_EQ(junos.prefix_sets()[1].entries[1].range, *parse_prefix_range("203.0.112.0/22^23-24"));
}

TEST_F(Junos, PoliciesDecide) {
  const Decision fine = import(probe("198.51.100.0/24", "65551"));
  EXPECT_EQ(fine.outcome, Outcome::accept) << fine.why;
  EXPECT_EQ(fine.route.large_communities, (std::vector<LargeCommunity>{{64500, 1, 1}}));
  EXPECT_EQ(fine.route.med, 5u);
  EXPECT_EQ(import(probe("203.0.112.0/22", "65551")).outcome, Outcome::reject) << "shorter than the list lets in";
  EXPECT_EQ(import(probe("203.0.114.0/23", "65551")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("198.51.100.128/25", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("0.0.0.0/0", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("10.1.0.0/16", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 174")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 64600 2")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("192.88.98.0/24", "65551")).outcome, Outcome::reject);
  std::string path = "65551";
  for (int i = 0; i < 50; ++i) path += " 65551";
  EXPECT_EQ(import(probe("198.51.100.0/24", path)).outcome, Outcome::reject);
  Probe route = probe("198.51.100.0/24", "65551");
  route.origin = Validation::invalid;
  EXPECT_EQ(import(route).outcome, Outcome::reject);
  route.origin = Validation::valid;
  route.communities = {kGracefulShutdown, community(64500, 7)};
  const Decision drained = import(route);
  EXPECT_EQ(drained.outcome, Outcome::accept);
  EXPECT_EQ(drained.route.local_pref, 0u);
  EXPECT_EQ(drained.route.communities, std::vector<Community>{kGracefulShutdown});
  // The end of a chain is the protocol's default: BGP lets in, and passes on what it learned.
  EXPECT_EQ(import(probe("192.88.98.0/24", "65540"), "192.0.2.3").outcome, Outcome::accept);
  EXPECT_EQ(junos.decide(session(junos, "192.0.2.2"), Direction::export_, probe("192.88.98.0/24", "65540")).outcome,
            Outcome::accept);
}

TEST_F(Junos, Exports) {
  const RouterSession& upstream = session(junos, "192.0.2.3");
  const auto out = [&](const Probe& probe) { return junos.decide(upstream, Direction::export_, probe).outcome; };
  Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(out(route), Outcome::reject);
  route.large_communities = {{64500, 1, 1}};
  EXPECT_EQ(out(route), Outcome::accept);
}

// A policy asked as a condition that comes to its end gives the protocol's default, which lets routes of BGP pass.
TEST_F(Junos, ConditionsOnPoliciesEndInTheDefault) {
  std::string text(kCurly);
  const std::string own = "} then accept; } then reject; }";
  text.replace(text.find(own), own.size(), "} then accept; } }");
  const Configuration lax = configuration(text, Dialect::junos);
  const Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(lax.decide(session(lax, "192.0.2.3"), Direction::export_, route).outcome, Outcome::accept);
}

// Of the lines that cover a route the one with the longest prefix alone is asked for the length.
TEST(JunosRouteFilter, TheLongestPrefixDecides) {
  const auto ask = [](std::string_view filters, std::string_view prefix) {
    const Configuration junos = configuration(
        "set routing-options autonomous-system 64500\n"
        "set protocols bgp group g neighbor 192.0.2.2 peer-as 65551\nset protocols bgp group g import p\n" +
            std::string(filters) +
            "set policy-options policy-statement p term t then accept\n"
            "set policy-options policy-statement p then reject\n",
        Dialect::junos);
    return junos.decide(junos.sessions()[0], Direction::import, probe(prefix, "65551")).outcome;
  };
  const std::string from = "set policy-options policy-statement p term t from route-filter ";
  const std::string filters = from + "192.168.0.0/16 orlonger\n" + from + "192.168.1.0/24 exact\n";
  EXPECT_EQ(ask(filters, "192.168.2.0/24"), Outcome::accept);
  EXPECT_EQ(ask(filters, "192.168.1.0/24"), Outcome::accept);
  EXPECT_EQ(ask(filters, "192.168.1.128/25"), Outcome::reject) << "192.168.1.0/24 is longer, and exact";
  EXPECT_EQ(ask(from + "10.0.0.0/8 upto /10\n", "10.64.0.0/10"), Outcome::accept);
  EXPECT_EQ(ask(from + "10.0.0.0/8 upto /10\n", "10.64.0.0/11"), Outcome::reject);
  EXPECT_EQ(ask(from + "10.0.0.0/8 longer\n", "10.0.0.0/8"), Outcome::reject);
  EXPECT_EQ(ask(from + "10.0.0.0/8 through 10.0.0.0/10\n", "10.0.0.0/9"), Outcome::unknown);
  EXPECT_EQ(ask(from + "10.0.0.0/8 exact\ndeactivate policy-options policy-statement p term t from\n", "11.0.0.0/8"),
            Outcome::accept);
  EXPECT_EQ(ask("set policy-options policy-statement p term t from flavour sweet\n", "11.0.0.0/8"), Outcome::unknown);
}

// With walkup the shorter lines are asked where the longest does not accept.
TEST(JunosRouteFilter, WalksUpWhereItIsTold) {
  const auto ask = [](std::string_view defaults, std::string_view prefix) {
    const Configuration junos = configuration(
        "set protocols bgp group g neighbor 192.0.2.2 peer-as 65551\nset protocols bgp group g import p\n"
        "set policy-options route-filter-list l 192.168.0.0/16 orlonger\n"
        "set policy-options route-filter-list l 192.168.1.0/24 exact\n"
        "set policy-options policy-statement p term t from route-filter-list l\n"
        "set policy-options policy-statement p term t then accept\n"
        "set policy-options policy-statement p then reject\n" +
            std::string(defaults),
        Dialect::junos);
    return junos.decide(junos.sessions()[0], Direction::import, probe(prefix, "65551")).outcome;
  };
  const std::string everywhere = "set policy-options defaults route-filter walkup\n";
  const std::string here = "set policy-options policy-statement p defaults route-filter ";
  EXPECT_EQ(ask("", "192.168.1.128/25"), Outcome::reject);
  EXPECT_EQ(ask(everywhere, "192.168.1.128/25"), Outcome::accept);
  EXPECT_EQ(ask(everywhere, "192.169.0.0/16"), Outcome::reject);
  EXPECT_EQ(ask(here + "walkup\n", "192.168.1.128/25"), Outcome::accept);
  EXPECT_EQ(ask(everywhere + here + "no-walkup\n", "192.168.1.128/25"), Outcome::reject);
}

// The places of a path that a list is asked about, with the examples of "Improve the Performance of AS Path Lookup in
// BGP Policy".
TEST(JunosAsList, IsAskedAboutThePlacesOfAPath) {
  const auto ask = [](std::string_view from, std::string_view path,
                      std::string_view members = "[ 64600 65000-65010 ]") {
    const Configuration junos = configuration(
        "protocols { bgp { group g { import p; neighbor 192.0.2.2 { peer-as 65551; } } } }\n"
        "policy-options {\n  as-list l members " +
            std::string(members) + ";\n" +
            "  as-list-group g { as-list a members 65001; as-list b members [ 65002 65003 ]; }\n"
            "  policy-statement p { term t { from { " +
            std::string(from) + " } then accept; } then reject; }\n}\n",
        Dialect::junos);
    return junos.decide(junos.sessions()[0], Direction::import, probe("192.0.2.0/24", path)).outcome;
  };
  const struct {
    std::string_view from, path;
    bool accepted;
  } cases[] = {
      {"as-path-origins as-list l;", "65551 64600", true},
      {"as-path-origins as-list l;", "64600 65551", false},
      {"as-path-origins as-list l;", "65551 65005", true},
      {"as-path-origins as-list l;", "65551 65011", false},
      {"as-path-origins as-list l;", "65551 {7,64600}", true},
      {"as-path-origins as-list l;", "65551 64600 {7,8}", false},
      {"as-path-origins as-list l;", "", false},
      {"as-path-neighbors as-list l;", "64600 65551", true},
      {"as-path-neighbors as-list l;", "65551 64600", false},
      {"as-path-neighbors as-list l;", "{7,64600} 1", true},
      {"as-path-transits as-list l;", "1 64600 2", true},
      {"as-path-transits as-list l;", "64600 1 2", true},
      {"as-path-transits as-list l;", "1 {3,64600} 2", true},
      {"as-path-transits as-list l;", "1 3 2", false},
      {"as-path-origins as-list-group g;", "65551 65003", true},
      {"as-path-origins as-list-group g;", "65551 64600", false},
      {"as-path-origins { as-list l; as-list-group g; }", "65551 65003", true},
      {"as-path-origins as-list l; as-path-neighbors as-list-group g;", "65001 64600", true},
      {"as-path-origins as-list l; as-path-neighbors as-list-group g;", "65004 64600", false},
  };
  for (const auto& [from, path, accepted] : cases) {
    EXPECT_EQ(ask(from, path), accepted ? Outcome::accept : Outcome::reject) << from << " of " << path;
  }
  EXPECT_EQ(ask("as-path-origins as-list gone;", "65551"), Outcome::unknown);
  EXPECT_EQ(ask("as-path-origins as-list l;", "65551", "sixty"), Outcome::unknown);
}

TEST(JunosPolicies, TextWithoutStructureIsAnError) {
  for (const char* text : {"policy-options {", "policy-options }", "/* no end", "a \"no end"}) {
    EXPECT_FALSE(Configuration::read(text, Dialect::junos).has_value()) << text;
  }
}

TEST(AsnExpression, IsOverWholePaths) {
  struct Case {
    const char *expression, *path;
    bool truth;
  };
  constexpr Case kCases[] = {
      {"1 2 3", "1 2 3", true},
      {"1 2", "1 2 3", false},
      {".* 2 .*", "1 2 3", true},
      {".* 2 .*", "2", true},
      {"1 .? 3", "1 3", true},
      {"1 .? 3", "1 2 2 3", false},
      {"1{2,3} 2", "1 1 2", true},
      {"1{2,3} 2", "1 2", false},
      {"1{2} 2", "1 1 2", true},
      {"1{2,}", "1 1 1 1", true},
      {"(1|2)+ 3", "1 2 1 3", true},
      {"(1 | 2)* 3", "3", true},
      {"64512-65534 .*", "65000 1", true},
      {"[64512-65534 7] .*", "7 1", true},
      {"64512-65534 .*", "7 1", false},
      {"()", "", true},
      {"()", "1", false},
      {".* 2", "1 {2,3}", true},
      {"1.10 .*", "65546 3", true},
      {"^1 2$", "1 2", true},
  };
  for (const auto& [expression, path, truth] : kCases) {
    const auto parsed = AsnExpression::parse(expression);
    ASSERT_TRUE(parsed.has_value()) << expression;
    EXPECT_EQ(parsed->matches(*parse_as_path(path)), truth) << expression << " on " << path;
  }
  for (const char* bad : {"(1", "1)", "a", "[1", "1{3,2}", "*", "1{99999}"}) {
    EXPECT_FALSE(AsnExpression::parse(bad).has_value()) << bad;
  }
  EXPECT_FALSE(AsnExpression::parse("((1{1000}){1000}){1000}").has_value()) << "too large";
}

}  // namespace
}  // namespace fairway::reader
