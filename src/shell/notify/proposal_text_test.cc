#include "shell/notify/proposal_text.h"

#include <gtest/gtest.h>

#include "core/notify/incidents_for_tests.h"
#include "shell/config/network.h"

namespace fairway::notify {
namespace {

const Expectation kMine =
    Expectation::build({.asns = {Asn{64500}},
                        .prefixes = {{.prefix = prefix_of("192.0.2.0/24"), .origins = {Asn{64500}}},
                                     {.prefix = prefix_of("2001:db8::/32"), .origins = {Asn{64500}}}},
                        .neighbours = {{.asn = Asn{64510}}}});
const Instant kNow = time_of("2026-07-07T00:00:00Z");

TEST(ProposalText, StandsAsItMayBeAdded) {
  EXPECT_EQ(print(propose(told(Stage::update).incident, kMine, kNow)),
            "# AS64511 may announce 192.0.2.0/24\n"
            "# AS64511 may announce 2001:db8::/32\n"
            "prefixes:\n"
            "  - prefix: 192.0.2.0/24\n"
            "    origins: [64511]\n"
            "  - prefix: 2001:db8::/32\n"
            "    origins: [64511]\n");
}

TEST(ProposalText, ReadsBackAsWhatWasProposed) {
  for (int type = 0; type <= static_cast<int>(IncidentType::outage_country); ++type) {
    Incident incident = told(Stage::update).incident;
    incident.type = static_cast<IncidentType>(type);
    const Proposal proposal = propose(incident, kMine, kNow);
    ASSERT_FALSE(proposal.sentences.empty()) << to_string(incident.type);
    const auto reading = config::read_network("version: 1\n" + print(proposal));
    ASSERT_TRUE(reading) << print(proposal) << reading.error().text;
    EXPECT_EQ(reading->network, proposal.additions);
  }
  Incident nobody = leak();
  nobody.offenders.clear();
  EXPECT_EQ(print(propose(nobody, kMine, kNow)), "");
}

}  // namespace
}  // namespace fairway::notify
