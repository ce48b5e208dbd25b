// Match: which incidents a route, a maintenance window or anything else of the kind means. What is not said matches
// everything; what is said must all hold; of a list one member is enough.
#pragma once

#include <string>
#include <vector>

#include "core/incident/incident.h"

namespace fairway::notify {

// Prefixes and ASNs under one name: a customer, a service, a team.
struct Group {
  std::string name{};
  std::vector<Prefix> prefixes{};
  std::vector<Asn> asns{};

  friend bool operator==(const Group&, const Group&) = default;
};

struct Match {
  std::vector<std::string> kinds{};  // "hijack", "leak", ...
  Confidence least = Confidence::low;
  std::vector<Prefix> prefixes{};
  std::vector<Asn> asns{};  // offenders or victims
  std::vector<Group> groups{};

  friend bool operator==(const Match&, const Match&) = default;
};

// Some of the incident is meant: one of its prefixes lies in, or reaches over, one of these. Who must hear of it.
bool touches(const Match& match, const Incident& incident);

// All of it is meant: each of its prefixes lies in one of these. What may be kept silent.
bool lies_within(const Match& match, const Incident& incident);

}  // namespace fairway::notify
