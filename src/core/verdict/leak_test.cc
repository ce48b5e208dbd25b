#include "core/verdict/leak.h"

#include <gtest/gtest.h>

#include "core/verdict/bogon.h"
#include "core/verdict/registry.h"
#include "core/verdict/sanity.h"

namespace fairway {
namespace {

AsPath path(std::string_view text) { return parse_as_path(text).value(); }

// 1 and 2 are the clique; 10 and 20 their customers and peers of each other; 100 a customer of 10 and 20, 101 of 10,
// 102 of 20. 30 is a peer of 10 and of 20. 701 and 4713 stand in for networks around a content network.
RelationshipTable small_internet() {
  return RelationshipTable::build({{Asn{1}, Asn{2}, false},
                                   {Asn{1}, Asn{10}, true},
                                   {Asn{2}, Asn{20}, true},
                                   {Asn{10}, Asn{20}, false},
                                   {Asn{10}, Asn{100}, true},
                                   {Asn{20}, Asn{100}, true},
                                   {Asn{10}, Asn{101}, true},
                                   {Asn{20}, Asn{102}, true},
                                   {Asn{30}, Asn{10}, false},
                                   {Asn{30}, Asn{20}, false},
                                   {Asn{701}, Asn{15169}, false},
                                   {Asn{4713}, Asn{9999}, true}},
                                  {Asn{1}, Asn{2}});
}

struct Case {
  const char* path;
  LeakState state;
  unsigned type;
  const char* hop;
};

// RFC 7908 sections 3.1 to 3.4; neighbour first.
TEST(Leak, TypesOneToFour) {
  const RelationshipTable relationships = small_internet();
  for (const auto& [text, state, type, hop] : std::initializer_list<Case>{
           {"20 100 10 101", LeakState::leak, 1, "20 100 10"},  // hairpin: a customer of two providers between them
           {"30 10 20 102", LeakState::leak, 2, "30 10 20"},    // peer to peer over a peer
           {"20 10 1", LeakState::leak, 3, "20 10 1"},          // a provider's route to a peer
           {"1 10 20 102", LeakState::leak, 4, "1 10 20"},      // a peer's route to a provider
           {"1 10 101", LeakState::none, 0, ""},                // up
           {"2 1 10 101", LeakState::none, 0, ""},              // up and across
           {"100 20 2 1 10 101", LeakState::none, 0, ""},       // up, across and down
           {"20 20 10 10 101 101", LeakState::none, 0, ""},     // prepends are no hops
           {"101", LeakState::none, 0, ""},
           {"7 8 9", LeakState::unknown, 0, ""},   // nothing is known of them
           {"7 10 1", LeakState::unknown, 0, ""},  // whom did 10 hand its provider's route? Not known
           {"20 10 {1,2}", LeakState::unknown, 0, ""},
       }) {
    const LeakVerdict verdict = judge_leak({&relationships}, path(text), std::nullopt);
    EXPECT_EQ(verdict.state, state) << text;
    EXPECT_EQ(verdict.type, type) << text;
    if (state == LeakState::leak) {
      EXPECT_TRUE(verdict.by & kByRelationship) << text;
      EXPECT_EQ(to_string(AsPath(verdict.hop)), hop);
    }
  }
}

TEST(Leak, BetweenTwoMembersOfTheClique) {
  const RelationshipTable relationships = small_internet();
  const LeakVerdict verdict = judge_leak({&relationships}, path("1 77 2 20"), std::nullopt);
  EXPECT_EQ(verdict.state, LeakState::leak);
  EXPECT_EQ(verdict.by, kByTier1);
  EXPECT_EQ(verdict.type, 0u) << "what 77 is to them is not known";
}

// Google to Verizon, 2017-08-25: 701 15169 4713. AS15169 sells no transit, AS4713 is a network with customers.
TEST(Leak, AContentNetworkNeverTransits) {
  const RelationshipTable relationships = small_internet();
  const LeakVerdict verdict = judge_leak({&relationships}, path("701 15169 4713"), std::nullopt);
  EXPECT_EQ(verdict.state, LeakState::leak);
  EXPECT_EQ(verdict.by, kByPeerlock);
  EXPECT_EQ(judge_leak({&relationships}, path("701 15169 36040"), std::nullopt).state, LeakState::none)
      << "Google's own";
  EXPECT_EQ(judge_leak({&relationships}, path("701 15169 777"), std::nullopt).state, LeakState::unknown)
      << "it may be its own";
  const OrganisationTable organisations = OrganisationTable::build({}, {{Asn{15169}, "GOGL"}, {Asn{4713}, "GOGL"}});
  EXPECT_EQ(judge_leak({&relationships, &organisations}, path("701 15169 4713"), std::nullopt).state, LeakState::none);
}

// RFC 9234: AS 20 marked the route as one for customers only, AS 100 handed it to its provider 10.
TEST(Leak, OnlyToCustomerAfterWhichItWentUp) {
  const RelationshipTable relationships = small_internet();
  const LeakVerdict verdict = judge_leak({&relationships}, path("10 100 20 102"), Asn{20});
  EXPECT_EQ(verdict.state, LeakState::leak);
  EXPECT_TRUE(verdict.by & kByOtc);
  EXPECT_EQ(judge_leak({&relationships}, path("100 20 2"), Asn{2}).state, LeakState::none);
}

TEST(Leak, RouteServersInThePathArePassedOver) {
  const RelationshipTable relationships = small_internet();
  const ExchangeTable exchanges = ExchangeTable::build({}, {Asn{500}});
  EXPECT_EQ(judge_leak({&relationships, nullptr, &exchanges}, path("20 500 10 101"), std::nullopt).state,
            LeakState::none);
}

TEST(Leak, WithoutRelationshipsNothingIsKnown) {
  EXPECT_EQ(judge_leak({}, path("1 2 3"), Asn{2}).state, LeakState::unknown);
}

TEST(Registry, StatesOfTheInternetHealthReport) {
  const IrrTable irr =
      IrrTable::build({{*parse_prefix("10.0.0.0/16"), Asn{1}, 0}, {*parse_prefix("10.0.1.0/24"), Asn{2}, 0}}, {"T"});
  const auto judged = [&](const char* prefix, std::uint32_t asn) {
    const PathOrigin origin{PathOrigin::Kind::as, Asn{asn}};
    const RegistryVerdict hot = judge_registry(&irr, *parse_prefix(prefix), origin);
    EXPECT_EQ(explain_registry(&irr, *parse_prefix(prefix), origin).verdict, hot) << prefix;
    return hot.state;
  };
  EXPECT_EQ(judged("10.0.0.0/16", 1), RegistryState::valid);
  EXPECT_EQ(judged("10.0.1.0/24", 2), RegistryState::valid);
  EXPECT_EQ(judged("10.0.1.0/24", 1), RegistryState::invalid_more_specific);
  EXPECT_EQ(judged("10.0.2.0/24", 2), RegistryState::invalid);
  EXPECT_EQ(judged("11.0.0.0/16", 1), RegistryState::not_found);
  EXPECT_EQ(judge_registry(nullptr, *parse_prefix("10.0.0.0/16"), {PathOrigin::Kind::as, Asn{1}}).state,
            RegistryState::unknown);
  EXPECT_EQ(judge_registry(&irr, *parse_prefix("10.0.0.0/16"), {PathOrigin::Kind::none, {}}).state,
            RegistryState::invalid);
}

TEST(Bogon, PrefixOriginOrBoth) {
  const auto judged = [](const char* prefix, std::uint32_t asn, const DelegationTable* delegations = nullptr) {
    return judge_bogon(delegations, *parse_prefix(prefix), {PathOrigin::Kind::as, Asn{asn}}).state;
  };
  EXPECT_EQ(judged("8.8.8.0/24", 15169), BogonState::none);
  EXPECT_EQ(judged("10.0.0.0/8", 15169), BogonState::prefix);
  EXPECT_EQ(judged("8.8.8.0/24", 64512), BogonState::asn);
  EXPECT_EQ(judged("10.0.0.0/8", 0), BogonState::both);
  const DelegationTable delegations =
      DelegationTable::build({{*parse_prefix("8.8.0.0/16"), {DelegationStatus::available, {}, 0}}}, {}, {"test"});
  EXPECT_EQ(judged("8.8.8.0/24", 15169, &delegations), BogonState::prefix);
  EXPECT_EQ(judged("9.9.9.0/24", 15169, &delegations), BogonState::none) << "of this space no file speaks";
}

TEST(Sanity, EachFinding) {
  const auto findings = [](std::string_view text) { return unsigned{judge_sanity(path(text)).findings}; };
  EXPECT_EQ(findings("3333 1103 1103 15169"), 0u);
  EXPECT_EQ(findings("3333 {1103,15169}"), kAsSet);
  EXPECT_EQ(findings("3333 1103 3333"), kLoop);
  EXPECT_EQ(findings("3333 64512"), kPrivateAsn);
  EXPECT_EQ(findings("3333 23456 0"), kReservedAsn);
  std::string longest;
  for (unsigned i = 0; i < 65; ++i) longest += "3333 ";
  EXPECT_EQ(findings(longest), kTooLong);
  EXPECT_EQ(findings(""), 0u);
}

}  // namespace
}  // namespace fairway
