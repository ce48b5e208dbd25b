#include "core/notify/proposal.h"

#include <gtest/gtest.h>

#include "core/notify/incidents_for_tests.h"

namespace fairway::notify {
namespace {

const Instant kNow = time_of("2026-07-07T00:00:00.5Z");

Network mine() {
  Network network;
  network.asns = {Asn{64500}};
  network.prefixes = {{.prefix = prefix_of("192.0.2.0/24"), .origins = {Asn{64500}}}};
  network.neighbours = {{.asn = Asn{64510}}};
  return network;
}

Expectation learned(const Incident& incident) {
  return Expectation::build(with(mine(), propose(incident, Expectation::build(mine()), kNow).additions));
}
std::vector<std::string> sentences(const Incident& incident) {
  return propose(incident, Expectation::build(mine()), kNow).sentences;
}
using Sentences = std::vector<std::string>;
using enum Expectation::Fit;

TEST(Proposal, AnotherOriginOfAPrefixOfMine) {
  EXPECT_EQ(sentences(hijack()), Sentences{"AS64511 may announce 192.0.2.0/24"});
  const Expectation after = learned(hijack());
  EXPECT_EQ(after.fit(prefix_of("192.0.2.0/24"), Asn{64511}), intended);
  EXPECT_EQ(after.fit(prefix_of("192.0.2.0/24"), Asn{64500}), intended) << "mine still may";
  EXPECT_EQ(after.fit(prefix_of("192.0.2.0/24"), Asn{64512}), wrong_origin);
}

TEST(Proposal, AMoreSpecificOfMine) {
  Incident i = hijack();
  i.type = IncidentType::sub_prefix;
  i.prefixes = {prefix_of("192.0.2.128/25")};
  EXPECT_EQ(sentences(i), Sentences{"AS64511 may announce 192.0.2.128/25"});
  EXPECT_EQ(learned(i).fit(prefix_of("192.0.2.128/25"), Asn{64511}), intended);
  EXPECT_EQ(learned(i).fit(prefix_of("192.0.2.0/25"), Asn{64511}), wrong_origin);
  i.offenders = {Asn{64500}};
  EXPECT_EQ(sentences(i), Sentences{"more-specifics of 192.0.2.0/24 down to /25 may be announced"});
  EXPECT_EQ(learned(i).fit(prefix_of("192.0.2.0/25"), Asn{64500}), intended);
}

TEST(Proposal, ANeighbourOfMine) {
  Incident i = hijack();
  i.type = IncidentType::type_1;
  EXPECT_EQ(sentences(i), Sentences{"AS64511 is a neighbour of mine; its role is still to be written down"});
  EXPECT_EQ(learned(i).neighbours(Asn{64511}).size(), 1u);
}

TEST(Proposal, APrefixThatIsAnnouncedAtTimes) {
  Incident i = hijack();
  i.type = IncidentType::outage_prefix;
  i.offenders.clear();
  EXPECT_EQ(sentences(i), Sentences{"192.0.2.0/24 is announced at times only"});
  EXPECT_TRUE(learned(i).covering(prefix_of("192.0.2.0/24"))->occasional);
  EXPECT_EQ(learned(i).fit(prefix_of("192.0.2.0/24"), Asn{64500}), intended);
}

TEST(Proposal, WhatOthersDoIsAgreedForAMonth) {
  Incident i = hijack();
  i.type = IncidentType::leak_1;
  EXPECT_EQ(sentences(i), Sentences{"a leak by AS64511 is agreed until 2026-08-06: 192.0.2.0/24"});
  const Expectation after = learned(i);
  EXPECT_NE(after.excuse("leak", prefix_of("192.0.2.0/24"), Asn{64511}, kNow), nullptr);
  EXPECT_EQ(after.excuse("leak", prefix_of("192.0.2.0/24"), Asn{64511}, kNow + days(31)), nullptr);
  EXPECT_EQ(after.excuse("hijack", prefix_of("192.0.2.0/24"), Asn{64511}, kNow), nullptr);

  i.type = IncidentType::outage_prefix;
  i.prefixes = {prefix_of("203.0.113.0/24")};  // not mine
  EXPECT_EQ(sentences(i), Sentences{"an outage of AS64500 is agreed until 2026-08-06: 203.0.113.0/24"});
  EXPECT_NE(learned(i).excuse("outage", prefix_of("203.0.113.0/24"), Asn{64500}, kNow), nullptr);
}

TEST(Proposal, ManyPrefixesAreNotNamedOneByOne) {
  EXPECT_EQ(sentences(leak()), Sentences{"a leak by AS64511 is agreed until 2026-08-06"});
  Incident nobody = leak();
  nobody.offenders.clear();
  EXPECT_TRUE(sentences(nobody).empty()) << "that would excuse everybody everything";
}

}  // namespace
}  // namespace fairway::notify
