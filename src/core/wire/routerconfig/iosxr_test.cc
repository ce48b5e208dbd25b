// IOS-XR: what route policies mean is Cisco's "Routing Configuration Guide", chapter on RPL.
#include <gtest/gtest.h>

#include "core/wire/routerconfig/probes_for_tests.h"

namespace fairway::reader {
namespace {

constexpr std::string_view kTransit = R"(!! IOS XR Configuration
hostname r1
prefix-set BOGONS
  # private use
  10.0.0.0/8 le 32,
  192.168.0.0/16 le 32,
  0.0.0.0/0
end-set
!
prefix-set CUSTOMER
  198.51.100.0/24,
  203.0.112.0/22 ge 23 le 24
end-set
!
as-path-set BOGON-ASNS
  passes-through '0',
  passes-through '[64512..65534]',
  ios-regex '_23456_'
end-set
!
community-set OURS
  64500:*
end-set
!
large-community-set LEARNED
  64500:1:1
end-set
!
route-policy BOGONS
  if destination in BOGONS or destination in (0.0.0.0/0 ge 25) then
    drop
  elseif as-path in BOGON-ASNS then
    drop
  endif
end-policy
!
route-policy FROM-CUSTOMER
  apply BOGONS
  if validation-state is invalid then
    drop
  endif
  if as-path length ge 51 or as-path passes-through '174' then
    drop
  endif
  if not as-path neighbor-is '65551' then
    drop
  endif
  if community matches-any (65535:0) then
    set local-preference 0
  endif
  if destination in CUSTOMER and (as-path originates-from '65551' or as-path originates-from '65552') then
    delete community in OURS
    set large-community LEARNED additive
    set med +5
    done
  endif
  drop
end-policy
!
route-policy UP-OUT
  if large-community matches-any LEARNED then
    pass
  endif
end-policy
!
route-policy PASS
  pass
end-policy
!
router bgp 64500
 bgp router-id 192.0.2.1
 rpki server 192.0.2.9
  transport tcp port 3323
 !
 address-family ipv4 unicast
  bgp origin-as validation enable
 !
 neighbor-group UPSTREAMS
  remote-as 65540
  password encrypted 0123
  address-family ipv4 unicast
   route-policy PASS in
   route-policy UP-OUT out
  !
 !
 neighbor 192.0.2.2
  remote-as 65551
  ttl-security
  address-family ipv4 unicast
   route-policy FROM-CUSTOMER in
   maximum-prefix 10 80 restart 15
   soft-reconfiguration inbound always
  !
 !
 neighbor 192.0.2.3
  use neighbor-group UPSTREAMS
 !
!
end
)";

class IosXr : public testing::Test {
 protected:
  Decision import(const Probe& probe, std::string_view name = "192.0.2.2") const {
    return xr.decide(session(xr, name), Direction::import, probe);
  }
  Configuration xr = configuration(kTransit, Dialect::iosxr);
};

TEST_F(IosXr, ReadsSessions) {
  EXPECT_TRUE(xr.complaints().empty()) << xr.complaints()[0].line << xr.complaints()[0].text;
  ASSERT_EQ(xr.sessions().size(), 2u);
  const RouterSession& customer = session(xr, "192.0.2.2");
  EXPECT_EQ(customer.remote_asn, Asn{65551});
  EXPECT_EQ(customer.local_asn, Asn{64500});
  EXPECT_TRUE(customer.gtsm && !customer.authentication && customer.enforces_first_as);
  EXPECT_TRUE(customer.family(Family::ipv4).active && customer.family(Family::ipv4).keeps_rejected);
  EXPECT_FALSE(customer.family(Family::ipv6).active);
  EXPECT_EQ(customer.family(Family::ipv4).max_prefix, 10u);
  EXPECT_EQ(customer.family(Family::ipv4).import.name, "FROM-CUSTOMER");
  EXPECT_FALSE(customer.family(Family::ipv4).export_.present);
  const RouterSession& upstream = session(xr, "192.0.2.3");
  EXPECT_EQ(upstream.group, "UPSTREAMS");
  EXPECT_EQ(upstream.remote_asn, Asn{65540});
  EXPECT_TRUE(upstream.authentication && !upstream.gtsm);
  EXPECT_EQ(upstream.family(Family::ipv4).export_.name, "UP-OUT");
  EXPECT_TRUE(xr.validation().rtr);
  ASSERT_EQ(xr.prefix_sets().size(), 2u);
  EXPECT_EQ(xr.prefix_sets()[1].entries[1].range, *parse_prefix_range("203.0.112.0/22^23-24"));
}

TEST_F(IosXr, PoliciesDecide) {
  const Decision fine = import(probe("198.51.100.0/24", "65551"));
  EXPECT_EQ(fine.outcome, Outcome::accept) << fine.why;
  EXPECT_EQ(fine.route.large_communities, (std::vector<LargeCommunity>{{64500, 1, 1}}));
  EXPECT_EQ(fine.route.med, 5u);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 65552")).outcome, Outcome::accept);
  EXPECT_EQ(import(probe("203.0.112.0/22", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 65553")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 174 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 64600 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("203.0.114.0/24", "65551 23456 65552")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("10.1.0.0/16", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.128/25", "65551")).outcome, Outcome::reject);
  EXPECT_EQ(import(probe("198.51.100.0/24", "65552")).outcome, Outcome::reject);
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
}

TEST_F(IosXr, WithoutAPolicyEbgpCarriesNothing) {
  EXPECT_EQ(xr.decide(session(xr, "192.0.2.2"), Direction::export_, probe("198.51.100.0/24", "")).outcome,
            Outcome::reject);
  Probe route = probe("198.51.100.0/24", "65551");
  const auto out = [&] { return xr.decide(session(xr, "192.0.2.3"), Direction::export_, route).outcome; };
  EXPECT_EQ(out(), Outcome::reject) << "the policy ends without pass";
  route.large_communities = {{64500, 1, 1}};
  EXPECT_EQ(out(), Outcome::accept);
}

TEST(IosXrPolicy, SmallCases) {
  const auto ask = [](std::string_view body) {
    const Configuration xr =
        configuration("community-set C\n  1:[5..9],\n  no-export\nend-set\nroute-policy P\n" + std::string(body) +
                          "\nend-policy\nroute-policy GOOD\n  pass\nend-policy\n"
                          "route-policy BAD\n  drop\nend-policy\n"
                          "router bgp 64500\n neighbor 192.0.2.2\n  remote-as 65551\n"
                          "  address-family ipv4 unicast\n   route-policy P in\n",
                      Dialect::iosxr);
    Probe route = probe("198.51.100.0/24", "65551 65552");
    route.communities = {community(1, 7)};
    return xr.decide(xr.sessions()[0], Direction::import, route).outcome;
  };
  EXPECT_EQ(ask(""), Outcome::reject);
  EXPECT_EQ(ask("pass"), Outcome::accept);
  EXPECT_EQ(ask("set med 7"), Outcome::accept) << "a change passes too";
  EXPECT_EQ(ask("pass\n drop"), Outcome::reject);
  EXPECT_EQ(ask("done\n drop"), Outcome::accept);
  EXPECT_EQ(ask("apply GOOD"), Outcome::accept);
  EXPECT_EQ(ask("apply BAD\n pass"), Outcome::reject);
  EXPECT_EQ(ask("if not destination in (198.51.100.0/24) or med eq 3 then pass endif"), Outcome::reject);
  EXPECT_EQ(ask("if community matches-any C then pass endif"), Outcome::accept);
  EXPECT_EQ(ask("if community matches-every C then pass endif"), Outcome::reject);
  EXPECT_EQ(ask("if community is-empty then pass else drop endif"), Outcome::reject);
  EXPECT_EQ(ask("if as-path neighbor-is '65551 65552' then pass endif"), Outcome::accept);
  EXPECT_EQ(ask("if as-path in (ios-regex '^65551_', length ge 9) then pass endif"), Outcome::accept);
  EXPECT_EQ(ask("if flavour is sweet then drop endif pass"), Outcome::unknown);
  EXPECT_EQ(ask("if flavour is sweet then drop endif drop"), Outcome::reject);
  EXPECT_EQ(ask("if destination in ABSENT then drop endif pass"), Outcome::unknown);
  EXPECT_EQ(ask("frobnicate\n pass"), Outcome::unknown);
  EXPECT_EQ(ask("apply ABSENT\n pass"), Outcome::unknown);
}

TEST(IosXrPolicy, TextWithoutStructureIsAnError) {
  EXPECT_FALSE(Configuration::read("prefix-set X\n 10.0.0.0/8\n", Dialect::iosxr).has_value());
}

TEST(Dialects, AreGuessedByTheirWords) {
  EXPECT_EQ(guess_dialect(kTransit), Dialect::iosxr);
  EXPECT_EQ(guess_dialect("router bgp 1\n neighbor 192.0.2.1 remote-as 2\nroute-map X permit 10\n"), Dialect::frr);
  EXPECT_EQ(guess_dialect("define X = 1;\nprotocol bgp {}\n"), Dialect::bird2);
  EXPECT_EQ(guess_dialect("AS 1\nallow from any\n"), Dialect::openbgpd);
  EXPECT_EQ(guess_dialect("policy-options {\n policy-statement x {\n"), Dialect::junos);
  EXPECT_EQ(guess_dialect("hello"), std::nullopt);
  for (std::size_t i = 0; i < kDialects; ++i) {
    const auto dialect = static_cast<Dialect>(i);
    EXPECT_EQ(parse_dialect(to_string(dialect)), dialect);
  }
}

}  // namespace
}  // namespace fairway::reader
