// bgpd.conf(5). The configuration here is one that OpenBGPD 7.7 loads.
#include <gtest/gtest.h>

#include "core/wire/routerconfig/probes_for_tests.h"

namespace fairway::reader {
namespace {

constexpr std::string_view kTransit = R"(AS 64500
router-id 192.0.2.1
good="{ 192.168.0.0/16, 172.16.0.0/12 }"
prefix-set bogons {
  0.0.0.0/8 or-longer, 10.0.0.0/8 or-longer
  192.168.0.0/16 or-longer 2001:db8::/32 or-longer
}
prefix-set customer { 198.51.100.0/24, 203.0.112.0/22 prefixlen 22 - 24 }
prefix-set plain { 198.51.100.0/24 }
as-set bogon-asns { 0 23456 64496 64497, 64498 }
as-set customer-asns { 65551 65552 }
origin-set registered { 198.51.100.0/24 maxlen 24 source-as 65551 }
rtr 192.0.2.9 {
  port 3323
}
neighbor 192.0.2.2 {
  remote-as 65551
  descr "a customer"
  max-prefix 10 restart 15
  announce policy provider
  ttl-security yes
  reject as-set yes
  set localpref 80
}
group "upstreams" {
  remote-as 65540
  neighbor 192.0.2.3 {
    tcp md5sig password secret
    enforce neighbor-as no
  }
  neighbor 2001:db8:ffff::3 {
    export none
  }
}
deny from any
allow from ebgp
deny quick from any prefix-set bogons
deny from any prefix { $good { 0.0.0.0/0, ::/0 } }
deny from any prefix 0.0.0.0/0 prefixlen > 24
deny from any AS as-set bogon-asns
deny from any max-as-len 50
deny from any ovs invalid
deny from 192.0.2.2 source-as != 65551
allow from 192.0.2.2 source-as as-set customer-asns prefix-set customer \
  set { localpref 200 large-community 64500:1:1 community delete 64500:* }
deny from 192.0.2.2 prefix-set plain or-longer max-as-seq 3
match from group "upstreams" community GRACEFUL_SHUTDOWN set localpref 0
deny from 192.0.2.2 { AS { 1, 2 - 4 }, transit-as 174 }
match from any nexthop 192.0.2.77 set med +5
allow to group "upstreams" inet large-community 64500:1:1
allow to { 192.0.2.2, AS 65540 } prefix { 192.0.2.0/24 }
)";

class OpenBgpd : public testing::Test {
 protected:
  Decision import(const Probe& probe, std::size_t session = 0) const {
    return bgpd.decide(bgpd.sessions()[session], Direction::import, probe);
  }
  Decision export_(const Probe& probe, std::size_t session) const {
    return bgpd.decide(bgpd.sessions()[session], Direction::export_, probe);
  }
  Configuration bgpd = configuration(kTransit, Dialect::openbgpd);
};

TEST_F(OpenBgpd, ReadsSessions) {
  EXPECT_TRUE(bgpd.complaints().empty()) << bgpd.complaints()[0].line << bgpd.complaints()[0].text;
  ASSERT_EQ(bgpd.sessions().size(), 3u);
  const RouterSession& customer = bgpd.sessions()[0];
  EXPECT_EQ(customer.name, "192.0.2.2");
  EXPECT_EQ(customer.remote_asn, Asn{65551});
  EXPECT_EQ(customer.local_asn, Asn{64500});
  EXPECT_EQ(customer.local_role, LocalRole::provider);
  EXPECT_TRUE(customer.gtsm && !customer.authentication && customer.enforces_first_as && customer.rejects_as_sets);
  EXPECT_TRUE(customer.family(Family::ipv4).active && customer.family(Family::ipv4).keeps_rejected);
  EXPECT_FALSE(customer.family(Family::ipv6).active);
  EXPECT_EQ(customer.family(Family::ipv4).max_prefix, 10u);
  const RouterSession& upstream = bgpd.sessions()[1];
  EXPECT_EQ(upstream.group, "upstreams");
  EXPECT_EQ(upstream.remote_asn, Asn{65540});
  EXPECT_TRUE(!upstream.gtsm && upstream.authentication && !upstream.enforces_first_as);
  EXPECT_TRUE(bgpd.sessions()[2].family(Family::ipv6).active);
  EXPECT_TRUE(bgpd.sessions()[2].enforces_first_as) << "the default for EBGP";
  EXPECT_TRUE(bgpd.validation().rtr);
  ASSERT_EQ(bgpd.prefix_sets().size(), 3u);
  ASSERT_EQ(bgpd.prefix_sets()[0].entries.size(), 4u);
  EXPECT_EQ(bgpd.prefix_sets()[1].entries[1].range, *parse_prefix_range("203.0.112.0/22^22-24"));
  EXPECT_EQ(bgpd.asn_sets()[0].ranges.size(), 5u);
}

TEST_F(OpenBgpd, TheLastRuleThatMatchesDecides) {
  const Decision fine = import(probe("198.51.100.0/24", "65551"));
  EXPECT_EQ(fine.outcome, Outcome::accept);
  EXPECT_EQ(fine.route.local_pref, 200u);
  EXPECT_EQ(fine.route.large_communities, (std::vector<LargeCommunity>{{64500, 1, 1}}));
  EXPECT_EQ(import(probe("203.0.113.0/24", "65551 65552")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("203.0.113.0/25", "65551 65552")).outcome, Outcome::reject);
  // Of another origin "source-as != 65551" decides.
  const Decision foreign = import(probe("192.88.98.0/24", "65551 65553"));
  EXPECT_EQ(foreign.outcome, Outcome::reject);
  EXPECT_EQ(foreign.route.local_pref, 80u) << "the neighbour's own set comes first";
  // Not registered, but nothing behind "allow from ebgp" says no.
  EXPECT_EQ(import(probe("192.88.98.0/24", "65551")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 65551 65551 65551")).outcome, Outcome::reject) << "max-as-seq";
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 65551 65551")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 3 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 174 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65551 {65552}")).outcome, Outcome::reject) << "reject as-set";
  EXPECT_EQ(import(probe("198.51.100.0/24", "65552 65551")).outcome, Outcome::reject) << "enforce neighbor-as";
  const Decision quick = import(probe("10.1.0.0/16", "65551"));
  EXPECT_EQ(quick.outcome, Outcome::reject);
  EXPECT_EQ(quick.line, 37u);
}

TEST_F(OpenBgpd, ConditionsOfUpstreams) {
  EXPECT_EQ(import(probe("198.51.100.0/24", "65540 65551"), 1).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("172.16.0.0/12", "65540"), 1).outcome, Outcome::reject) << "a macro";
  EXPECT_EQ(import(probe("0.0.0.0/0", "65540"), 1).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/25", "65540"), 1).outcome, Outcome::reject) << "longer than 24";
  EXPECT_EQ(import(probe("198.51.100.0/24", "65540 64497 3"), 1).outcome, Outcome::reject);
  Probe route = probe("198.51.100.0/24", "65540 65551");
  route.origin = Validation::invalid;
  EXPECT_EQ(import(route, 1).outcome, Outcome::reject);
  route.origin = Validation::valid;
  route.communities = {kGracefulShutdown};
  route.med = 7;
  route.next_hop = parse_ip("192.0.2.77");
  const Decision drained = import(route, 1);
  EXPECT_EQ(drained.outcome, Outcome::accept);
  EXPECT_EQ(drained.route.local_pref, 0u);
  EXPECT_EQ(drained.route.med, 12u);
  std::string long_path = "65540";
  for (int i = 0; i < 50; ++i) long_path += " 65551";
  EXPECT_EQ(import(probe("198.51.100.0/24", long_path), 1).outcome, Outcome::reject);
}

TEST_F(OpenBgpd, Exports) {
  Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(export_(route, 1).outcome, Outcome::reject) << "no rule lets it out";
  route.large_communities = {{64500, 1, 1}};
  EXPECT_EQ(export_(route, 1).outcome, Outcome::accept);
  EXPECT_EQ(export_(route, 2).outcome, Outcome::reject) << "the family";
  Probe own = probe("192.0.2.0/24", "");
  own.own = true;
  EXPECT_EQ(export_(own, 0).outcome, Outcome::accept);
  EXPECT_EQ(export_(own, 1).outcome, Outcome::accept);
  own.communities = {kNoExport};
  EXPECT_EQ(export_(own, 1).outcome, Outcome::reject);
  EXPECT_EQ(export_(probe("2001:db8:1::/48", ""), 2).outcome, Outcome::reject) << "export none";
}

TEST(OpenBgpdRules, WhatIsNotUnderstoodIsUnknown) {
  const auto ask = [](std::string_view rules) {
    const Configuration bgpd = configuration(
        "AS 64500\nneighbor 192.0.2.2 { remote-as 65551 }\n" + std::string(rules) + "\n", Dialect::openbgpd);
    return bgpd.decide(bgpd.sessions()[0], Direction::import, probe("198.51.100.0/24", "65551")).outcome;
  };
  EXPECT_EQ(ask(""), Outcome::reject) << "denied by default";
  EXPECT_EQ(ask("allow from any"), Outcome::accept);
  EXPECT_EQ(ask("allow from any\ndeny from any flavour sweet"), Outcome::unknown);
  EXPECT_EQ(ask("deny from any flavour sweet\nallow from any"), Outcome::accept) << "the last decides";
  EXPECT_EQ(ask("allow from any\ndeny from any ext-community rt 1:2"), Outcome::unknown);
  EXPECT_EQ(ask("allow from any\ndeny from any prefix 10.0.0.0/8 flavour sweet"), Outcome::accept)
      << "what is understood of the rule does not match";
  EXPECT_EQ(ask("allow from any\ndeny from any prefix-set absent"), Outcome::unknown);
}

TEST(OpenBgpdRules, TextWithoutStructureIsAnError) {
  EXPECT_FALSE(Configuration::read("AS 64500\ndescr \"no end", Dialect::openbgpd).has_value());
}

}  // namespace
}  // namespace fairway::reader
