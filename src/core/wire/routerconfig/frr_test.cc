// FRR's configuration. What the odd cases below come to was seen in a running bgpd 8.4.4 that was sent such routes.
#include <gtest/gtest.h>

#include "core/wire/routerconfig/probes_for_tests.h"

namespace fairway::reader {
namespace {

constexpr std::string_view kTransit = R"(frr version 8.4.4
frr defaults traditional
hostname r1
!
ip prefix-list BOGONS seq 5 permit 10.0.0.0/8 le 32
ip prefix-list BOGONS seq 10 permit 192.168.0.0/16 le 32
ip prefix-list BOGONS seq 15 permit 0.0.0.0/0
ip prefix-list LONG seq 5 permit 0.0.0.0/0 ge 25
ip prefix-list CUSTOMER seq 20 permit 203.0.112.0/22 ge 23 le 24
ip prefix-list CUSTOMER seq 5 permit 198.51.100.0/24
ip prefix-list CUSTOMER seq 10 deny 203.0.113.0/24
ip prefix-list EMPTY description nothing stands in it
ip prefix-list OWN seq 5 permit 192.0.2.0/24
!
bgp as-path access-list BOGON-ASNS seq 5 permit _0_
bgp as-path access-list BOGON-ASNS seq 10 permit _23456_
bgp as-path access-list BOGON-ASNS seq 15 permit _(6449[6-9]|64[5-9][1-9][0-9])_
bgp as-path access-list FROM-CUSTOMER seq 5 permit ^65551_
bgp as-path access-list TIER1 seq 5 permit _(174|3356)_
bgp community-list standard DRAIN seq 5 permit graceful-shutdown
bgp community-list expanded OURS seq 5 permit 64500:.*
bgp large-community-list standard LEARNED seq 5 permit 64500:1:1
!
router bgp 64500
 bgp router-id 192.0.2.1
 bgp reject-as-sets
 no bgp default ipv4-unicast
 neighbor UPSTREAMS peer-group
 neighbor UPSTREAMS remote-as 65540
 neighbor UPSTREAMS password secret
 neighbor 192.0.2.2 remote-as 65551
 neighbor 192.0.2.2 ttl-security hops 1
 neighbor 192.0.2.2 local-role provider
 neighbor 192.0.2.3 peer-group UPSTREAMS
 neighbor 192.0.2.4 remote-as 65541
 neighbor 192.0.2.5 remote-as 65542
 !
 address-family ipv4 unicast
  network 192.0.2.0/24
  neighbor UPSTREAMS activate
  neighbor UPSTREAMS route-map UP-IN in
  neighbor UPSTREAMS route-map UP-OUT out
  neighbor 192.0.2.2 activate
  neighbor 192.0.2.2 soft-reconfiguration inbound
  neighbor 192.0.2.2 maximum-prefix 10 80 restart 15
  neighbor 192.0.2.2 route-map CUST-IN in
  neighbor 192.0.2.2 prefix-list OWN out
  neighbor 192.0.2.3 soft-reconfiguration inbound
  neighbor 192.0.2.4 activate
  neighbor 192.0.2.5 activate
  neighbor 192.0.2.5 prefix-list EMPTY in
  neighbor 192.0.2.5 route-map ABSENT out
 exit-address-family
exit
!
route-map CUST-IN deny 10
 match ip address prefix-list BOGONS
exit
!
route-map CUST-IN deny 15
 match ip address prefix-list LONG
exit
!
route-map CUST-IN deny 20
 match as-path BOGON-ASNS
exit
!
route-map CUST-IN deny 25
 match rpki invalid
exit
!
route-map CUST-IN deny 30
 match as-path TIER1
exit
!
route-map CUST-IN permit 35
 match community DRAIN
 set local-preference 0
 on-match next
exit
!
route-map CUST-IN permit 40
 match as-path FROM-CUSTOMER
 match ip address prefix-list CUSTOMER
 set comm-list OURS delete
 set large-community 64500:1:1 additive
 set metric +5
 call CLEAN
exit
!
route-map CLEAN deny 10
 match metric 99
exit
!
route-map CLEAN permit 20
exit
!
route-map UP-IN deny 10
 match ip address prefix-list BOGONS
exit
!
route-map UP-IN permit 20
exit
!
route-map UP-OUT permit 10
 match ip address prefix-list OWN
exit
!
route-map UP-OUT permit 20
 match large-community LEARNED
 on-match goto 40
exit
!
route-map UP-OUT deny 30
exit
!
route-map UP-OUT permit 40
 set metric 7
exit
!
rpki
 rpki cache 192.0.2.9 3323 preference 1
exit
!
end
)";

class Frr : public testing::Test {
 protected:
  Decision import(const Probe& probe, std::string_view name = "192.0.2.2") const {
    return frr.decide(session(frr, name), Direction::import, probe);
  }
  Decision export_(const Probe& probe, std::string_view name) const {
    return frr.decide(session(frr, name), Direction::export_, probe);
  }
  Configuration frr = configuration(kTransit, Dialect::frr);
};

TEST_F(Frr, ReadsSessions) {
  EXPECT_TRUE(frr.complaints().empty()) << frr.complaints()[0].line << frr.complaints()[0].text;
  ASSERT_EQ(frr.sessions().size(), 4u);
  const RouterSession& customer = session(frr, "192.0.2.2");
  EXPECT_EQ(customer.remote_asn, Asn{65551});
  EXPECT_EQ(customer.local_asn, Asn{64500});
  EXPECT_EQ(customer.local_role, LocalRole::provider);
  EXPECT_TRUE(customer.gtsm && !customer.authentication && !customer.enforces_first_as && customer.rejects_as_sets);
  EXPECT_TRUE(customer.family(Family::ipv4).active && customer.family(Family::ipv4).keeps_rejected);
  EXPECT_FALSE(customer.family(Family::ipv6).active);
  EXPECT_EQ(customer.family(Family::ipv4).max_prefix, 10u);
  EXPECT_EQ(customer.family(Family::ipv4).import.name, "CUST-IN");
  const RouterSession& upstream = session(frr, "192.0.2.3");
  EXPECT_EQ(upstream.group, "UPSTREAMS");
  EXPECT_EQ(upstream.remote_asn, Asn{65540});
  EXPECT_TRUE(upstream.authentication && upstream.family(Family::ipv4).active);
  EXPECT_EQ(upstream.family(Family::ipv4).export_.name, "UP-OUT");
  EXPECT_FALSE(session(frr, "192.0.2.4").family(Family::ipv4).import.present);
  EXPECT_TRUE(frr.validation().rtr);
  const NamedPrefixSet& bogons = frr.prefix_sets()[0];
  EXPECT_EQ(bogons.name, "BOGONS");
  ASSERT_EQ(bogons.entries.size(), 3u);
  EXPECT_EQ(bogons.entries[0].range, *parse_prefix_range("10.0.0.0/8^+"));
}

TEST_F(Frr, RouteMapsDecide) {
  const Decision fine = import(probe("198.51.100.0/24", "65551"));
  EXPECT_EQ(fine.outcome, Outcome::accept) << fine.why;
  EXPECT_EQ(fine.route.large_communities, (std::vector<LargeCommunity>{{64500, 1, 1}}));
  EXPECT_EQ(fine.route.med, 5u);
  EXPECT_EQ(import(probe("203.0.112.0/23", "65551 65552")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("203.0.112.0/22", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.113.0/24", "65551")).outcome, Outcome::reject) << "denied before it is permitted";
  EXPECT_EQ(import(probe("198.51.100.0/25", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 174 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 1740 65552")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 23456")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 {65552}")).outcome, Outcome::reject) << "reject-as-sets";
  const Decision bogon = import(probe("10.1.0.0/16", "65551"));
  EXPECT_EQ(bogon.outcome, Outcome::reject);
  EXPECT_EQ(bogon.line, 56u);
  Probe route = probe("198.51.100.0/24", "65551");
  route.origin = Validation::invalid;
  EXPECT_EQ(import(route).outcome, Outcome::reject);
  route.origin = Validation::valid;
  route.communities = {kGracefulShutdown, community(64500, 7), community(1, 1)};
  const Decision drained = import(route);
  EXPECT_EQ(drained.outcome, Outcome::accept);
  EXPECT_EQ(drained.route.local_pref, 0u);
  EXPECT_EQ(drained.route.communities, (std::vector<Community>{kGracefulShutdown, community(1, 1)}));
  route.med = 94;
  EXPECT_EQ(import(route).outcome, Outcome::reject) << "the called map sees the metric that was set";
}

TEST_F(Frr, SessionsWithoutPolicy) {
  const Probe route = probe("198.51.100.0/24", "65541");
  EXPECT_EQ(import(route, "192.0.2.4").outcome, Outcome::reject) << "RFC 8212";
  EXPECT_EQ(import(probe("198.51.100.0/24", "65542"), "192.0.2.5").outcome, Outcome::accept) << "an empty prefix-list";
  EXPECT_EQ(export_(route, "192.0.2.5").outcome, Outcome::reject) << "a route-map that is not there";
  std::string text(kTransit);
  text.replace(text.find(" no bgp default"), 0, " no bgp ebgp-requires-policy\n");
  const Configuration lax = configuration(text, Dialect::frr);
  EXPECT_EQ(lax.decide(session(lax, "192.0.2.4"), Direction::import, route).outcome, Outcome::accept);
  text = kTransit;
  text.replace(text.find("traditional"), 11, "datacenter");
  const Configuration datacenter = configuration(text, Dialect::frr);
  EXPECT_EQ(datacenter.decide(session(datacenter, "192.0.2.4"), Direction::import, route).outcome, Outcome::accept);
}

TEST_F(Frr, Exports) {
  Probe own = probe("192.0.2.0/24", "");
  own.own = true;
  EXPECT_EQ(export_(own, "192.0.2.3").outcome, Outcome::accept);
  EXPECT_EQ(export_(own, "192.0.2.2").outcome, Outcome::accept);
  Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(export_(route, "192.0.2.3").outcome, Outcome::reject);
  route.large_communities = {{64500, 1, 1}};
  const Decision sent = export_(route, "192.0.2.3");
  EXPECT_EQ(sent.outcome, Outcome::accept);
  EXPECT_EQ(sent.route.med, 7u) << "on-match goto";
  EXPECT_EQ(export_(route, "192.0.2.2").outcome, Outcome::reject);
}

Outcome with_map(std::string_view route_maps, const Probe& route) {
  const Configuration frr = configuration(
      "ip prefix-list ONE seq 5 permit 198.51.100.0/24\n"
      "ip prefix-list EMPTY description without an entry\n"
      "bgp community-list standard BOTH seq 5 permit 1:1 1:2\n"
      "bgp community-list standard NOT seq 5 deny 1:1\n"
      "bgp community-list standard NOT seq 10 permit internet\n"
      "bgp community-list expanded LIKE seq 5 permit ^1:1$\n"
      "bgp as-path access-list THREE seq 5 permit ^([0-9]+_){3}\n"
      "router bgp 64500\n neighbor 192.0.2.2 remote-as 65551\n"
      " address-family ipv4 unicast\n  neighbor 192.0.2.2 route-map IN in\n exit-address-family\nexit\n" +
          std::string(route_maps),
      Dialect::frr);
  return frr.decide(frr.sessions()[0], Direction::import, route).outcome;
}

TEST(FrrRouteMap, OddCasesAreAsInBgpd) {
  const Probe route = probe("198.51.100.0/24", "65551");
  const auto in = [&](std::string_view text) { return with_map(text, route); };
  EXPECT_EQ(in("route-map IN permit 10\n match as-path ABSENT\n"), Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n match ip address prefix-list ABSENT\n"), Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n match community ABSENT\n"), Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n match ip address prefix-list EMPTY\n"), Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n call ABSENT\n"), Outcome::accept);
  EXPECT_EQ(in("route-map IN permit 10\n call NO\nroute-map NO deny 10\n"), Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n call NO\nroute-map NO permit 10\n match as-path ABSENT\n"), Outcome::reject);
  // on-match next: what is asked last decides, and no match is no.
  EXPECT_EQ(in("route-map IN permit 10\n on-match next\n"), Outcome::accept);
  EXPECT_EQ(in("route-map IN permit 10\n on-match next\nroute-map IN permit 20\n match as-path ABSENT\n"),
            Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n on-match next\nroute-map IN deny 20\n match as-path ABSENT\n"),
            Outcome::reject);
  EXPECT_EQ(in("route-map IN permit 10\n on-match goto 1000\nroute-map IN deny 20\n"), Outcome::accept);
  EXPECT_EQ(in("route-map IN permit 10\n set metric 5\n on-match next\nroute-map IN permit 20\n match metric 5\n"),
            Outcome::accept);
  // A route of EBGP has no LOCAL_PREF to match.
  EXPECT_EQ(in("route-map IN permit 10\n match local-preference 100\n"), Outcome::reject);
  // Of two clauses of one kind the later stays.
  EXPECT_EQ(in("route-map IN permit 10\n match ip address prefix-list ABSENT\n match ip address prefix-list ONE\n"),
            Outcome::accept);
  EXPECT_EQ(in("route-map IN permit 10\n match rpki notfound\n"), Outcome::reject) << "no cache";
  EXPECT_EQ(in("route-map IN permit 10\nend\nroute-map IN deny 5\n"), Outcome::accept) << "nothing is read behind end";
}

TEST(FrrRouteMap, CommunityLists) {
  Probe route = probe("198.51.100.0/24", "65551 1 2");
  route.communities = {community(1, 1)};
  EXPECT_EQ(with_map("route-map IN permit 10\n match community BOTH\n", route), Outcome::reject);
  EXPECT_EQ(with_map("route-map IN permit 10\n match community NOT\n", route), Outcome::reject);
  EXPECT_EQ(with_map("route-map IN permit 10\n match community LIKE\n", route), Outcome::accept);
  EXPECT_EQ(with_map("route-map IN permit 10\n match as-path THREE\n", route), Outcome::accept);
  route.communities = {community(1, 1), community(1, 2)};
  EXPECT_EQ(with_map("route-map IN permit 10\n match community BOTH exact-match\n", route), Outcome::accept);
  route.communities.push_back(community(1, 3));
  EXPECT_EQ(with_map("route-map IN permit 10\n match community BOTH\n", route), Outcome::accept);
  EXPECT_EQ(with_map("route-map IN permit 10\n match community BOTH exact-match\n", route), Outcome::reject);
}

TEST(FrrRouteMap, WhatIsNotUnderstoodIsUnknown) {
  const Probe route = probe("198.51.100.0/24", "65551");
  EXPECT_EQ(with_map("route-map IN permit 10\n match flavour sweet\n", route), Outcome::unknown);
  EXPECT_EQ(with_map("route-map IN deny 10\n match flavour sweet\nroute-map IN deny 20\n", route), Outcome::reject);
  EXPECT_EQ(with_map("route-map IN deny 10\n match flavour sweet\n match ip address prefix-list ABSENT\n"
                     "route-map IN permit 20\n",
                     route),
            Outcome::accept);
  EXPECT_EQ(with_map("route-map IN deny 10\n frobnicate\nroute-map IN permit 20\n", route), Outcome::unknown);
}

}  // namespace
}  // namespace fairway::reader
