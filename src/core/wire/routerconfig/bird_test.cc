// BIRD's language. The configurations here are such as BIRD 2.0.12 loads; what terms are worth was asked of its `eval`.
#include <gtest/gtest.h>

#include "core/wire/routerconfig/probes_for_tests.h"

namespace fairway::reader {
namespace {

constexpr std::string_view kTransit = R"(
router id 192.0.2.1;
define LOCALAS = 64500;
define BOGONS = [ 10.0.0.0/8+, 192.168.0.0/16+, 0.0.0.0/0, 0.0.0.0/0{25,32} ];
define BOGON_ASNS = [ 0, 23456, 64496..64499, 64512..65534, 4200000000..4294967295 ];
define CUST_PREFIXES = [
  198.51.100.0/24,
  203.0.112.0/22{22,24}
];
define CUST_ASNS = [ 64500, 65551, 65552 ];
define LEARNED_CUSTOMER = (64500, 1, 1);
roa4 table rpki4;
roa6 table rpki6;
protocol device {}
protocol rpki cache1 {
  roa4 { table rpki4; };
  roa6 { table rpki6; };
  remote "192.0.2.9" port 3323;
  retry keep 90;
}
function is_bogon() { return net ~ BOGONS; }
function reject_invalid() {
  if net.type = NET_IP4 then { if roa_check(rpki4, net, bgp_path.last) = ROA_INVALID then { print "invalid ", net; return true; } }
  else if roa_check(rpki6, net, bgp_path.last_nonaggregated) = ROA_INVALID then return true;
  return false;
}
function honour_blackhole(prefix set allowed) bool found;
{
  found = false;
  if (65535, 666) ~ bgp_community && net ~ allowed then { found = true; bgp_next_hop = 192.0.2.66; }
  return found;
}
filter from_customer {
  if is_bogon() then reject "bogon";
  if bgp_path ~ BOGON_ASNS then reject;
  if bgp_path.len > 50 then reject;
  if bgp_path.first != 65551 then reject;
  if reject_invalid() then reject;
  case bgp_path.last {
    65551, 65552: bgp_local_pref = 150;
    else: reject;
  }
  if net !~ CUST_PREFIXES then reject;
  if bgp_path ~ [= * 174 * =] then reject;
  bgp_large_community.delete([(64500, *, *)]);
  bgp_large_community.add(LEARNED_CUSTOMER);
  bgp_local_pref = 200;
  accept;
}
template bgp customer {
  local as LOCALAS;
  local role provider;
  ttl security on;
  enforce first as on;
  ipv4 { import table on; import limit 10 action restart; import filter from_customer; export where source = RTS_BGP; };
}
protocol bgp cust from customer {
  neighbor 192.0.2.2 as 65551;
  password "secret";
}
protocol bgp up {
  local 192.0.2.1 as LOCALAS;
  neighbor 192.0.2.3 as 65540;
  ipv4 {
    import filter { if is_bogon() then reject; accept; };
    export where LEARNED_CUSTOMER ~ bgp_large_community || (source = RTS_STATIC && net ~ [ 192.0.2.0/24 ]);
  };
  ipv6 { import none; export none; };
}
)";

TEST(Bird, ReadsSessions) {
  const Configuration bird = configuration(kTransit, Dialect::bird2);
  EXPECT_TRUE(bird.complaints().empty()) << bird.complaints()[0].text;
  ASSERT_EQ(bird.sessions().size(), 2u);
  const RouterSession& customer = bird.sessions()[0];
  EXPECT_EQ(customer.name, "cust");
  EXPECT_EQ(customer.group, "customer");
  EXPECT_EQ(customer.remote, parse_ip("192.0.2.2"));
  EXPECT_EQ(customer.remote_asn, Asn{65551});
  EXPECT_EQ(customer.local_asn, Asn{64500});
  EXPECT_EQ(customer.local_role, LocalRole::provider);
  EXPECT_TRUE(customer.gtsm && customer.authentication && customer.enforces_first_as && !customer.internal);
  EXPECT_TRUE(customer.family(Family::ipv4).active);
  EXPECT_FALSE(customer.family(Family::ipv6).active);
  EXPECT_EQ(customer.family(Family::ipv4).max_prefix, 10u);
  EXPECT_TRUE(customer.family(Family::ipv4).keeps_rejected);
  EXPECT_EQ(customer.family(Family::ipv4).import.name, "from_customer");
  const RouterSession& upstream = bird.sessions()[1];
  EXPECT_FALSE(upstream.gtsm || upstream.authentication || upstream.local_role);
  EXPECT_TRUE(bird.validation().rtr);
  ASSERT_EQ(bird.prefix_sets().size(), 2u);
  EXPECT_EQ(bird.prefix_sets()[1].name, "CUST_PREFIXES");
  ASSERT_EQ(bird.prefix_sets()[1].entries.size(), 2u);
  EXPECT_EQ(bird.prefix_sets()[1].entries[1].range, *parse_prefix_range("203.0.112.0/22^22-24"));
  EXPECT_EQ(bird.prefix_sets()[1].entries[1].line, 8u);
  ASSERT_EQ(bird.asn_sets().size(), 2u);
  EXPECT_EQ(bird.asn_sets()[1].ranges.size(), 3u);
}

TEST(Bird, DecidesOnImport) {
  const Configuration bird = configuration(kTransit, Dialect::bird2);
  const auto import = [&](const Probe& probe) { return bird.decide(bird.sessions()[0], Direction::import, probe); };
  const Decision fine = import(probe("198.51.100.0/24", "65551"));
  EXPECT_EQ(fine.outcome, Outcome::accept) << fine.why;
  EXPECT_EQ(fine.route.local_pref, 200u);
  EXPECT_EQ(fine.route.large_communities, (std::vector<LargeCommunity>{{64500, 1, 1}}));
  EXPECT_EQ(import(probe("203.0.113.0/24", "65551 65552")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("203.0.113.0/25", "65551 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/25", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 174 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 65553")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 23456 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 64500 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 {65552}")).outcome, Outcome::reject);
  const Decision bogon = import(probe("10.1.0.0/16", "65551"));
  EXPECT_EQ(bogon.outcome, Outcome::reject);
  EXPECT_EQ(bogon.line, 34u);
  Probe invalid = probe("198.51.100.0/24", "65551");
  invalid.origin = Validation::invalid;
  EXPECT_EQ(import(invalid).outcome, Outcome::reject);
  Probe leak = probe("198.51.100.0/24", "65551");
  leak.otc = Asn{65551};
  EXPECT_EQ(import(leak).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("2001:db8::/32", "65551")).outcome, Outcome::reject) << "the session has no such family";
}

TEST(Bird, DecidesOnExport) {
  const Configuration bird = configuration(kTransit, Dialect::bird2);
  const RouterSession& upstream = bird.sessions()[1];
  Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(bird.decide(upstream, Direction::export_, route).outcome, Outcome::reject);
  const Decision learned = bird.decide(bird.sessions()[0], Direction::import, route);
  EXPECT_EQ(bird.decide(upstream, Direction::export_, learned.route).outcome, Outcome::accept);
  Probe own = probe("192.0.2.0/24", "");
  own.own = true;
  EXPECT_EQ(bird.decide(upstream, Direction::export_, own).outcome, Outcome::accept);
}

// `term` as BIRD 2.0.12 itself answered, with the functions of the text.
TEST(Bird, TermsAreWorthWhatBirdSays) {
  struct Case {
    const char* term;
    bool truth;
  };
  constexpr Case kCases[] = {
      {"true || true && false", false},  // one level, from the left
      {"1 + 2 * 3 = 7", true},
      {"! f(2)", true},
      {"f(4) && g() = 5", true},
      {"192.0.0.0/8 ~ [ 192.168.0.0/16{8,24} ]", true},  // shorter than the pattern's own prefix
      {"192.0.0.0/9 ~ [ 192.168.0.0/16{8,24} ]", false},
      {"192.168.0.0/16 ~ [ 192.168.0.0/16- ]", true},
      {"0.0.0.0/0 ~ [ 192.168.0.0/16- ]", true},
      {"192.168.1.0/24 ~ [ 192.168.0.0/16+ ]", true},
      {"192.168.1.0/24 ~ 192.168.0.0/16", true},
      {"p().len = 3", true},
      {"p() ~ [= 3 2 1 =]", true},
      {"p() ~ [= 3 * =]", true},
      {"p() ~ [= * [1,5] =]", true},
      {"p() ~ [= 2 * =]", false},
      {"p() ~ [= 3 ? 1 =]", true},
      {"p() ~ [= 3 + =]", false},
      {"p() ~ [= 3 1..4 1 =]", true},
      {"2 ~ p()", true},
      {"p() ~ [2]", true},
      {"c() ~ [(1,*)]", true},
      {"(1,2) ~ c()", true},
      {"c() ~ [(*,2)]", true},
      {"p().first = 3 && p().last = 1", true},
      {"filter(p(), [1..2]).len = 2", true},
      {"delete(p(), [1..2]).first = 3", true},
      {"delete(p(), 2) ~ [= 3 1 =]", true},
      {"10.0.0.0/8.len = 8", true},
      {"\"abc\" ~ \"a*\"", true},
      {"1.2.3.4 ~ [1.2.3.0..1.2.3.255]", true},
      {"(1,2,3) ~ [(1,2..5,*)]", true},
      {"(3,4) ~ [(1..5,4)]", true},
      {"1 ~ [2, 1..5]", true},
      {"1 ~ []", false},
      {"10.1.0.0/16 ~ []", false},
      {"add(c(), (3,4)).len = 2", true},
      {"f(1) || f(5)", true},
      {"10.0.0.0/8 ~ [ 10.0.0.0/8{9,32} ]", false},
      {"1.2.3.4.mask(8) = 1.0.0.0", true},
  };
  for (const auto& [term, truth] : kCases) {
    const Configuration bird = configuration(
        "function f(int a) { if a > 3 then return true; return false; }\n"
        "function g() int x; { x = 4; return x + 1; }\n"
        "function p() bgppath z; { z = +empty+; z = prepend(z, 1); z = prepend(z,2); z = prepend(z,3); return z; }\n"
        "function c() clist z; { z = -empty-; z = add(z,(1,2)); return z; }\n"
        "protocol bgp x { local as 64500; neighbor 192.0.2.2 as 65551; ipv4 { export none; import where " +
            std::string(term) + "; }; }\n",
        Dialect::bird2);
    ASSERT_TRUE(bird.complaints().empty()) << term << ": " << bird.complaints()[0].text;
    const Decision decision = bird.decide(bird.sessions()[0], Direction::import, probe("192.0.2.0/24", "65551"));
    EXPECT_EQ(decision.outcome, truth ? Outcome::accept : Outcome::reject) << term << ": " << decision.why;
  }
}

Decision with_filter(std::string_view body, const Probe& route) {
  const Configuration bird = configuration(
      "protocol bgp x { local as 64500; neighbor 192.0.2.2 as 65551; ipv4 { export none; import filter {" +
          std::string(body) + "}; }; }\n",
      Dialect::bird2);
  return bird.decide(bird.sessions()[0], Direction::import, route);
}

TEST(Bird, WhatIsNotUnderstoodIsUnknown) {
  const Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(with_filter("if net.vanished = 3 then reject; accept;", route).outcome, Outcome::unknown);
  EXPECT_EQ(with_filter("if magic(net) then reject; accept;", route).outcome, Outcome::unknown);
  EXPECT_EQ(with_filter("frobnicate net; accept;", route).outcome, Outcome::unknown);
  // It does not matter where everything behind it says the same.
  EXPECT_EQ(with_filter("if magic(net) then reject; reject;", route).outcome, Outcome::reject);
  EXPECT_EQ(with_filter("if magic(net) then bgp_local_pref = 1; accept;", route).outcome, Outcome::accept);
  EXPECT_FALSE(with_filter("if magic(net) then bgp_local_pref = 1; accept;", route).changes_known);
  EXPECT_EQ(with_filter("if magic(net) && net.len > 30 then reject; accept;", route).outcome, Outcome::accept);
  // An attribute that is not there cannot be compared: BIRD ends the filter, and rejects.
  EXPECT_EQ(with_filter("if bgp_med > 3 then accept; accept;", route).outcome, Outcome::reject);
}

TEST(Bird, IncludesAreRead) {
  const Includes files = [](std::string_view name) -> std::optional<std::string> {
    if (name == "sets.conf") return "define S = [ 198.51.100.0/24 ];\n";
    return std::nullopt;
  };
  const std::string text =
      "include \"sets.conf\";\nprotocol bgp x { local as 64500; neighbor 192.0.2.2 as 65551;\n"
      "ipv4 { export none; import where net ~ S; }; }\n";
  const auto bird = Configuration::read(text, Dialect::bird2, files);
  ASSERT_TRUE(bird.has_value());
  EXPECT_EQ(bird->decide(bird->sessions()[0], Direction::import, probe("198.51.100.0/24", "1")).outcome,
            Outcome::accept);
  const auto without = Configuration::read(text, Dialect::bird2);
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(without->decide(without->sessions()[0], Direction::import, probe("198.51.100.0/24", "1")).outcome,
            Outcome::unknown);
}

TEST(Bird, TextWithoutStructureIsAnError) {
  for (const char* text : {"/* no end", "define X = \"no end", "filter f { accept;", "protocol bgp x {"}) {
    EXPECT_FALSE(Configuration::read(text, Dialect::bird2).has_value()) << text;
  }
}

}  // namespace
}  // namespace fairway::reader
