// An audit sees what a filter does, and nothing else: the filters here are written out by hand.
#include "core/actions/filtering/audit.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/tables/bogon.h"

namespace fairway::filtering {
namespace {

fairway::Decision accept(const Probe& probe) { return {.outcome = Outcome::accept, .line = 7, .route = probe}; }
fairway::Decision reject() { return {.outcome = Outcome::reject, .line = 3, .why = "refused"}; }

RouterSession facts() {
  RouterSession session;
  session.name = "customer";
  session.remote = parse_ip("192.0.2.2");
  session.remote_asn = Asn{3333};
  session.local_asn = Asn{2914};
  session.families[0].active = true;
  session.families[0].import.present = session.families[0].export_.present = true;
  return session;
}

std::vector<AuditFinding> audit_of(const RouterSession& session, std::optional<Role> role,
                                   std::function<fairway::Decision(Direction, const Probe&)> ask) {
  AuditedRouter router;
  router.likely_prefixes = {*parse_prefix("193.0.0.0/21")};
  router.sessions.push_back({.facts = &session, .role = role, .ask = std::move(ask)});
  return audit(router, router.sessions[0]);
}

std::optional<AuditState> state(const std::vector<AuditFinding>& findings, AuditCheck check) {
  const auto found = std::ranges::find(findings, check, &AuditFinding::check);
  return found == findings.end() ? std::nullopt : std::optional(found->state);
}

TEST(Audit, AFilterThatLetsEverythingInIsOpenEverywhere) {
  const RouterSession session = facts();
  const auto findings = audit_of(session, Role::customer, [](Direction, const Probe& probe) { return accept(probe); });
  for (const AuditCheck check :
       {AuditCheck::bogon_prefix, AuditCheck::default_route, AuditCheck::prefix_length, AuditCheck::registered_only,
        AuditCheck::foreign_blackhole, AuditCheck::bogon_asn, AuditCheck::as_set, AuditCheck::long_path,
        AuditCheck::transit_free, AuditCheck::first_as, AuditCheck::rov_invalid, AuditCheck::rov_source,
        AuditCheck::max_prefix, AuditCheck::graceful_shutdown, AuditCheck::gtsm, AuditCheck::authentication,
        AuditCheck::role, AuditCheck::export_bogon}) {
    EXPECT_EQ(state(findings, check), AuditState::open) << static_cast<int>(check);
  }
  EXPECT_EQ(state(findings, AuditCheck::import_policy), AuditState::filtered);
  EXPECT_EQ(state(findings, AuditCheck::export_foreign), std::nullopt) << "a customer is sent everything";
  EXPECT_EQ(state(findings, AuditCheck::own_prefix), std::nullopt) << "mine are not known";
}

TEST(Audit, AFilterOfOnePrefixIsVariedByWhatItLetsIn) {
  RouterSession session = facts();
  session.enforces_first_as = session.gtsm = true;
  const Prefix registered = *parse_prefix("193.0.0.0/21");
  const auto findings = audit_of(session, Role::customer, [&](Direction, const Probe& probe) {
    const bool good = probe.prefix == registered && probe.path.neighbour() == Asn{3333} &&
                      probe.origin != Validation::invalid && !probe.path.has(SegmentType::set);
    return good ? accept(probe) : reject();
  });
  for (const AuditCheck check : {AuditCheck::bogon_prefix, AuditCheck::default_route, AuditCheck::prefix_length,
                                 AuditCheck::registered_only, AuditCheck::foreign_blackhole, AuditCheck::as_set,
                                 AuditCheck::first_as, AuditCheck::rov_invalid, AuditCheck::gtsm}) {
    EXPECT_EQ(state(findings, check), AuditState::filtered) << static_cast<int>(check);
  }
  // The prefix alone does not protect from these.
  EXPECT_EQ(state(findings, AuditCheck::bogon_asn), AuditState::open);
  EXPECT_EQ(state(findings, AuditCheck::long_path), AuditState::open);
  EXPECT_EQ(state(findings, AuditCheck::transit_free), AuditState::open);
  EXPECT_EQ(state(findings, AuditCheck::keep_rejected), AuditState::open) << "ROV without the Adj-RIB-In";
}

TEST(Audit, OneBogonThatPassesIsNamed) {
  const RouterSession session = facts();
  const auto findings = audit_of(session, Role::peer, [](Direction, const Probe& probe) {
    const bool leak = probe.prefix == *parse_prefix("100.64.0.0/24");
    return leak || bogon_prefix(probe.prefix) == nullptr ? accept(probe) : reject();
  });
  const auto found = std::ranges::find(findings, AuditCheck::bogon_prefix, &AuditFinding::check);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->state, AuditState::open);
  EXPECT_EQ(found->fact, "100.64.0.0/24 passes");
  EXPECT_EQ(found->line, 7u);
  EXPECT_TRUE(found->required);
}

TEST(Audit, WhatIsNotKnownIsUnknown) {
  const RouterSession session = facts();
  const auto findings = audit_of(session, std::nullopt, [](Direction, const Probe&) {
    return fairway::Decision{.outcome = Outcome::unknown, .line = 12, .why = "magic"};
  });
  const auto found = std::ranges::find(findings, AuditCheck::bogon_prefix, &AuditFinding::check);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->state, AuditState::unknown);
  EXPECT_EQ(found->fact, "magic");
  EXPECT_EQ(found->line, 12u);
  EXPECT_EQ(state(findings, AuditCheck::export_foreign), AuditState::unknown);
}

TEST(Audit, RoutesOfAPeerThatGoToAnotherAreALeak) {
  RouterSession one = facts(), other = facts();
  other.name = "other";
  other.remote_asn = Asn{1103};
  AuditedRouter router;
  const auto lax = [](Direction, const Probe& probe) { return accept(probe); };
  // Lets out only what the import has marked as a customer's: a peer's is not.
  const auto strict = [](Direction direction, const Probe& probe) {
    if (direction == Direction::import) return accept(probe);
    return probe.communities.empty() ? reject() : accept(probe);
  };
  router.sessions = {{.facts = &one, .role = Role::peer, .ask = lax},
                     {.facts = &other, .role = Role::peer, .ask = strict}};
  EXPECT_EQ(state(audit(router, router.sessions[0]), AuditCheck::export_leak), AuditState::open);
  EXPECT_EQ(state(audit(router, router.sessions[1]), AuditCheck::export_leak), AuditState::filtered);
}

TEST(Audit, OwnPrefixesComeFromTheNetwork) {
  Network network;
  network.asns = {Asn{2914}};
  network.prefixes = {{.prefix = *parse_prefix("193.1.0.0/16"), .origins = {Asn{2914}}},
                      {.prefix = *parse_prefix("193.2.0.0/16"), .origins = {Asn{3333}}}};
  const Expectation expectation = Expectation::build(network);
  const RouterSession session = facts();
  AuditedRouter router;
  router.network = &expectation;
  router.sessions = {
      {.facts = &session, .role = Role::customer, .ask = [](Direction, const Probe& probe) { return accept(probe); }}};
  const auto findings = audit(router, router.sessions[0]);
  const auto found = std::ranges::find(findings, AuditCheck::own_prefix, &AuditFinding::check);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->fact, "193.1.0.0/16, 193.1.128.0/17 pass") << "not those that the neighbour may originate";
}

TEST(Audit, RolesComeFromTheNetworkOrTheSession) {
  RouterSession session = facts();
  EXPECT_EQ(role_of(session, nullptr), std::nullopt);
  session.local_role = LocalRole::provider;
  EXPECT_EQ(role_of(session, nullptr), Role::customer);
  session.local_role = LocalRole::rs_client;
  EXPECT_EQ(role_of(session, nullptr), Role::rs);
  Network network;
  network.neighbours = {{.asn = Asn{3333}, .role = Role::peer}};
  const Expectation expectation = Expectation::build(network);
  EXPECT_EQ(role_of(session, &expectation), Role::peer);
}

TEST(Audit, EveryCheckHasItsRow) {
  for (std::size_t i = 0; i < audit_checks().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(audit_checks()[i].check), i) << audit_checks()[i].name;
  }
}

}  // namespace
}  // namespace fairway::filtering
