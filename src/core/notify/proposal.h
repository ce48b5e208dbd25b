// What network.yaml would have to say for an incident not to open again: ignore and learn. Only proposed: whoever
// answers for the network writes it down, or does not.
#pragma once

#include <string>
#include <vector>

#include "core/incident/incident.h"
#include "core/tables/expectation.h"

namespace fairway::notify {

struct Proposal {
  std::vector<std::string> sentences{};  // what each addition says
  Network additions{};                   // as they may be added to the lists of network.yaml
};

// What is mine is written down as it was seen (an origin, a longer more-specific, a neighbour, a prefix that is
// announced at times only); anything else becomes an exception that expires after 30 days.
Proposal propose(const Incident& incident, const Expectation& mine, Instant now);

// A network with the additions.
Network with(Network network, const Network& additions);

}  // namespace fairway::notify
