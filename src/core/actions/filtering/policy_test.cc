#include <gtest/gtest.h>

#include "core/actions/filtering/filtering_for_tests.h"
#include "core/actions/filtering/probes.h"

namespace fairway::filtering {
namespace {

constexpr Asn kCustomer{3333}, kBehind{3400}, kStranger{25152};

TEST(Policy, EachClauseOfACustomersImportDecidesByItself) {
  const Document document = a_document();
  const NeighbourPolicy& policy = policy_of(document, 3333);
  const auto says = [&](const Probe& route) { return import_says(document, policy, route); };
  const Probe good = route_by(policy, "5.20.0.0/23", {kCustomer});
  EXPECT_EQ(says(good), "accepted: let in");
  EXPECT_EQ(says(route_by(policy, "5.20.4.0/24", {kCustomer, kBehind})), "accepted: let in");

  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", {kStranger, kCustomer})), "first-as: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", {})), "first-as: refused") << "an empty path has no first AS";
  Probe route = good;
  route.next_hop = address("10.0.0.3");
  EXPECT_EQ(says(route), "next-hop: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", std::vector<Asn>(64, kCustomer))), "accepted: let in");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", std::vector<Asn>(65, kCustomer))), "path-length: refused");
  route = good;
  const Asn members[] = {kCustomer, kBehind};
  route.path.add(SegmentType::set, members);
  EXPECT_EQ(says(route), "as-set: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", {kCustomer, Asn{64512}, kCustomer})), "bogon-asn: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", {kCustomer, Asn{3356}, kBehind})), "transit-free: refused");
  EXPECT_EQ(says(route_by(policy, "10.1.0.0/16", {kCustomer})), "bogon-prefix: refused");
  EXPECT_EQ(says(route_by(policy, "5.10.0.0/24", {kCustomer})), "own-prefix: refused");
  route = good;
  route.otc = kCustomer;
  EXPECT_EQ(says(route), "otc: refused");
  route = good;
  route.providers = Validation::invalid;
  EXPECT_EQ(says(route), "aspa: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/23", {kCustomer, kStranger})), "origin: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.8.0/25", {kCustomer})), "prefix-length: refused") << "registered, yet too long";
  route = good;
  route.origin = Validation::invalid;
  EXPECT_EQ(says(route), "rov: refused");
  EXPECT_EQ(says(route_by(policy, "5.20.0.0/24", {kCustomer})), "prefix: refused") << "exact match by default";
  EXPECT_EQ(says(route_by(policy, "193.0.14.0/24", {kCustomer})), "prefix: refused");
}

TEST(Policy, ACustomerMayAnnounceThePartOfMySpaceThatIsItsOwn) {
  const Document document = a_document();
  const NeighbourPolicy& customer = policy_of(document, 3333);
  EXPECT_EQ(import_says(document, customer, route_by(customer, "5.10.3.0/24", {kCustomer, kBehind})),
            "accepted: let in");
  EXPECT_EQ(import_says(document, customer, route_by(customer, "5.10.3.0/25", {kCustomer, kBehind})),
            "own-prefix: refused");
  const NeighbourPolicy& provider = policy_of(document, 3334);
  EXPECT_EQ(import_says(document, provider, route_by(provider, "5.10.3.0/24", {Asn{3334}, kBehind})),
            "own-prefix: refused");
}

TEST(Policy, BlackholesAreExemptFromLengthAndMaxLengthAlone) {
  const Document document = a_document();
  const NeighbourPolicy& policy = policy_of(document, 3333);
  const auto blackhole = [&](std::string_view text, std::vector<Asn> path, Validation rov) {
    Probe route = route_by(policy, text, std::move(path));
    route.communities = {kBlackhole};
    route.origin = rov;
    return import_says(document, policy, route);
  };
  EXPECT_EQ(blackhole("5.20.1.1/32", {kCustomer}, Validation::invalid), "blackhole: let in");
  EXPECT_EQ(blackhole("5.20.4.7/32", {kCustomer, kBehind}, Validation::unknown), "blackhole: let in");
  EXPECT_EQ(blackhole("5.20.8.5/32", {kCustomer}, Validation::not_loaded), "blackhole: let in") << "of the /25";
  EXPECT_EQ(blackhole("5.20.4.7/32", {kCustomer}, Validation::unknown), "prefix-length: refused")
      << "the block is registered for another AS";
  EXPECT_EQ(blackhole("193.0.14.129/32", {kCustomer}, Validation::unknown), "prefix-length: refused");
  EXPECT_EQ(blackhole("5.20.1.1/32", {kCustomer, Asn{3356}, kCustomer}, Validation::valid), "transit-free: refused");
  EXPECT_EQ(blackhole("5.10.0.1/32", {kCustomer}, Validation::valid), "own-prefix: refused");
  EXPECT_EQ(blackhole("10.0.0.1/32", {kCustomer}, Validation::valid), "bogon-prefix: refused");

  Probe route = route_by(policy, "5.20.1.1/32", {kCustomer});
  route.communities = {kBlackhole};
  const Decision decision = import_route(document, policy, route);
  EXPECT_TRUE(decision.blackholed);
  EXPECT_EQ(decision.communities, (std::vector{kBlackhole, kNoExport}));
}

TEST(Policy, WhereARouteWasLearnedIsSaidByMeAlone) {
  const Document document = a_document();
  const auto learned = [&](std::uint32_t asn, std::string_view text) {
    const NeighbourPolicy& policy = policy_of(document, asn);
    Probe route = route_by(policy, text, {Asn{asn}});
    route.large_communities = {{64500, 3, 2}, {64500, 4, 2}, {3333, 3, 2}};
    return import_route(document, policy, route).large_communities;
  };
  const LargeCommunity kept{64500, 4, 2}, theirs{3333, 3, 2};
  EXPECT_EQ(learned(3333, "5.20.0.0/23"), (std::vector{kept, theirs, LargeCommunity{64500, 3, 2}}));
  EXPECT_EQ(learned(3335, "5.30.0.0/16"), (std::vector{kept, theirs, LargeCommunity{64500, 3, 3}}));
  EXPECT_EQ(learned(3334, "193.0.14.0/24"), (std::vector{kept, theirs, LargeCommunity{64500, 3, 4}}));
  EXPECT_EQ(learned(3336, "193.0.14.0/24"), (std::vector{kept, theirs, LargeCommunity{64500, 3, 3}}));
}

TEST(Policy, OnlyMineAndWhatCustomersToldMeGoesUp) {
  const Document document = a_document();
  const auto tagged = [&](std::string_view text, std::uint32_t relation) {
    Probe route{.prefix = prefix(text), .path = AsPath(std::vector<Asn>{kStranger})};
    if (relation != 0) route.large_communities = {{64500, 3, relation}};
    return route;
  };
  for (const std::uint32_t asn : {3334u, 3335u, 3336u}) {
    const NeighbourPolicy& policy = policy_of(document, asn);
    const auto says = [&](const Probe& route) { return export_says(document, policy, route); };
    EXPECT_EQ(says({.prefix = prefix("5.10.0.0/22")}), "own: announced") << asn;
    EXPECT_EQ(says({.prefix = prefix("5.10.2.0/23")}), "own: announced") << "up to max_length";
    EXPECT_EQ(says({.prefix = prefix("5.10.0.0/24")}), "nothing-else: refused") << "beyond it";
    EXPECT_EQ(says(tagged("5.10.0.0/22", 4)), "nothing-else: refused") << "mine, but from somebody else";
    EXPECT_EQ(says(tagged("5.20.0.0/23", 2)), "customer: announced");
    EXPECT_EQ(says(tagged("5.20.0.0/23", 3)), "nothing-else: refused") << "a customer's, learned from a peer";
    EXPECT_EQ(says(tagged("193.0.14.0/24", 2)), "nothing-else: refused") << "nothing a customer may announce";
    EXPECT_EQ(says(tagged("5.20.0.0/23", 0)), "nothing-else: refused");
    Probe blackhole = tagged("5.20.0.0/23", 2);
    blackhole.communities = {kBlackhole};
    EXPECT_EQ(says(blackhole), "no-blackhole: refused");
  }
  const NeighbourPolicy& customer = policy_of(document, 3333);
  EXPECT_EQ(export_says(document, customer, tagged("193.0.14.0/24", 4)), "known: announced");
  EXPECT_EQ(export_says(document, customer, tagged("193.0.14.0/24", 0)), "nothing-else: refused");
  EXPECT_EQ(export_says(document, customer, tagged("10.0.0.0/8", 4)), "bogon-prefix: refused");
}

TEST(Policy, WhatARouteServersClientAsksForByCommunities) {
  const auto wanted = [](std::vector<Community> standard, std::vector<LargeCommunity> large) {
    Probe route;
    route.communities = std::move(standard);
    route.large_communities = std::move(large);
    return wanted_by_communities(route, Asn{64500}, Asn{3333});
  };
  EXPECT_TRUE(wanted({}, {}));
  EXPECT_FALSE(wanted({{3333}}, {})) << "0:3333";
  EXPECT_FALSE(wanted({}, {{64500, 0, 3333}}));
  EXPECT_TRUE(wanted({{3335}}, {{64500, 0, 3335}})) << "somebody else";
  EXPECT_FALSE(wanted({{64500}}, {})) << "0:RS";
  EXPECT_FALSE(wanted({}, {{64500, 0, 0}}));
  EXPECT_TRUE(wanted({{64500}, {64500u << 16 | 3333}}, {})) << "nobody but 3333";
  EXPECT_TRUE(wanted({}, {{64500, 0, 0}, {64500, 1, 3333}}));
  EXPECT_FALSE(wanted({{3333}, {64500u << 16 | 3333}}, {})) << "what is forbidden goes before";
}

TEST(Policy, ALockedPeerIsReachedThroughItselfAlone) {
  Network network = a_network();
  network.neighbours[2].peer_lock = true;
  const World world = a_world();
  const auto document = compose(network, world, allowed_in(network, world), {});
  ASSERT_TRUE(document);
  const auto says = [&](std::uint32_t asn, std::string_view text, std::vector<Asn> path) {
    const NeighbourPolicy& policy = policy_of(*document, asn);
    return import_says(*document, policy, route_by(policy, text, std::move(path)));
  };
  EXPECT_EQ(says(3333, "5.20.0.0/23", {kCustomer, Asn{3335}, kCustomer}), "transit-free: refused");
  EXPECT_EQ(says(3336, "5.30.0.0/16", {Asn{25152}, Asn{3335}}), "transit-free: refused");
  EXPECT_EQ(says(3335, "5.30.0.0/16", {Asn{3335}}), "accepted: let in");
  EXPECT_EQ(says(3334, "5.30.0.0/16", {Asn{3334}, Asn{3335}}), "accepted: let in") << "a provider has everything";
}

TEST(Policy, GapsSayWhatIsMissing) {
  Network network = a_network();
  network.filtering.rtr.clear();
  network.neighbours[2].as_sets.clear();
  World world = a_world();
  world.self_descriptions = nullptr;
  const auto document = compose(network, world, allowed_in(network, world), {});
  ASSERT_TRUE(document);
  const auto has_gap = [&](std::uint32_t asn, Kind kind) {
    const auto& gaps = policy_of(*document, asn).gaps;
    return std::ranges::any_of(gaps, [&](const Gap& gap) { return gap.kind == kind; });
  };
  EXPECT_TRUE(has_gap(3333, Kind::rov));
  EXPECT_TRUE(has_gap(3335, Kind::prefix));
  EXPECT_TRUE(has_gap(3336, Kind::never_via_rs));
  EXPECT_FALSE(has_gap(3333, Kind::prefix));
}

TEST(Policy, ANeighbourWithoutARoleOrOutsideTheFileIsRefused) {
  Network network = a_network();
  const World world = a_world();
  EXPECT_FALSE(compose(network, world, allowed_in(network, world), {.only = {Asn{1}}}));
  network.neighbours[1].role.reset();
  EXPECT_FALSE(compose(network, world, allowed_in(network, world), {}));
  EXPECT_TRUE(compose(network, world, allowed_in(network, world), {.only = {Asn{3333}}}));
}

TEST(Policy, LimitsComeFromTheFileThenPeeringDbThenTheList) {
  const Document document = a_document();
  const auto limit = [&](std::uint32_t asn) { return policy_of(document, asn).sessions.front().max_prefix; };
  EXPECT_EQ(limit(3333), 3u + 0 + 100) << "three prefixes, 15 % of three, and 100";
  EXPECT_EQ(limit(3334), std::nullopt) << "a provider announces everything";
}

TEST(Policy, SomeNeighboursKeepTheirPolicies) {
  const Document document = a_document();
  const Document some = some_neighbours(document, 2);
  ASSERT_EQ(some.neighbours.size(), 2u);
  EXPECT_LT(some.prefix_lists.size(), document.prefix_lists.size());
  for (const NeighbourPolicy& policy : some.neighbours) {
    const NeighbourPolicy& whole = policy_of(document, policy.asn.value);
    for (const std::string_view text : {"5.20.0.0/23", "5.10.0.0/24", "10.0.0.0/8", "5.30.0.0/16", "193.0.14.0/24"}) {
      const Probe route = route_by(policy, text, {policy.asn});
      EXPECT_EQ(import_says(some, policy, route), import_says(document, whole, route)) << text;
      EXPECT_EQ(export_says(some, policy, {.prefix = prefix(text)}),
                export_says(document, whole, {.prefix = prefix(text)}));
    }
  }
}

TEST(Policy, ListsSayExactlyWhatTheirRangesSay) {
  const Document document = a_document();
  for (const PrefixList& list : document.prefix_lists) {
    for (const auto& ranges : list.ranges) {
      for (const PrefixRange& range : ranges) {
        EXPECT_TRUE(list.accepts(Prefix(range.prefix.address(), range.least)));
        EXPECT_TRUE(list.accepts(Prefix(range.prefix.last_address(), range.most)));
      }
    }
    const auto plainly = [&](const Prefix& asked) {
      return std::ranges::any_of(list.of(asked.family()), [&](const PrefixRange& r) { return r.accepts(asked); });
    };
    for (unsigned length = 0; length <= 32; ++length) {
      for (const std::uint32_t bits : {0x05140000u, 0x050A0300u, 0x0A000000u, 0xC0586300u, 0x05140100u}) {
        const Prefix asked(IpAddress::ipv4(bits), length);
        EXPECT_EQ(list.accepts(asked), plainly(asked)) << list.name << ' ' << to_string(asked);
      }
    }
  }
}

TEST(Probes, ReachEveryClauseThatCanBeReached) {
  const Document document = a_document();
  std::vector<bool> decided(all_kinds().size());
  for (const RouteProbe& probe : probes_for(document, a_world(), {})) {
    const NeighbourPolicy& policy = document.neighbours[probe.neighbour];
    const Decision decision = expected(document, probe);
    ASSERT_NE(decision.clause, kNone) << probe.what;
    decided[static_cast<std::size_t>((probe.is_export ? policy.export_ : policy.import)[decision.clause].kind)] = true;
  }
  for (const Kind kind :
       {Kind::first_as,     Kind::next_hop,     Kind::path_length,  Kind::as_set,        Kind::bogon_asn,
        Kind::transit_free, Kind::never_via_rs, Kind::bogon_prefix, Kind::own_prefix,    Kind::otc,
        Kind::aspa,         Kind::origin,       Kind::blackhole,    Kind::prefix_length, Kind::prefix,
        Kind::accepted,     Kind::no_blackhole, Kind::own,          Kind::customer,      Kind::known,
        Kind::nothing_else}) {
    EXPECT_TRUE(decided[static_cast<std::size_t>(kind)]) << row_of(kind).name;
  }
}

}  // namespace
}  // namespace fairway::filtering
