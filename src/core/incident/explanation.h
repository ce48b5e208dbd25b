// Explanation: why there is, or is no, incident for a prefix: what was known before, what each view has now, and every
// suspicion that was weighed, those that came to nothing included. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/incident/incident.h"
#include "core/model/instant.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

// A route that a view has now.
struct SeenRoute {
  Prefix prefix;
  std::string collector;
  IpAddress peer;
  Asn peer_asn;
  bool full = false;  // the view carries a full table
  std::string state;  // "grounded", "learning", "provisional", "syncing", "settling", "down": how far its absences can
                      // be trusted
  std::optional<std::string> path;  // unset: the view withdrew it
  Instant time;                     // of its last update
};

// An origin that the baseline knows for a prefix.
struct KnownOrigin {
  Prefix prefix;
  Asn origin;
  std::optional<Instant> since;  // unset: from the first table, or the provisional baseline
  bool counts = true;            // old enough to be taken for normal
};

// Something a detector named.
struct Suspicion {
  IncidentType type = IncidentType::origin;
  Prefix prefix;
  std::optional<Asn> offender, victim;
  Instant first;            // when it was first told
  Instant last;             // when it was last told or went away
  std::uint32_t views = 0;  // that told it, ever
  std::uint32_t views_now = 0;
  int score = 0;      // the sum of the evidence
  int threshold = 0;  // from which a case is opened
  std::vector<Evidence> evidence;
  std::string incident;  // the id of the incident it is part of; empty: none
  std::string verdict;   // a sentence: "incident", or why there is none
};

struct Explanation {
  Prefix prefix;
  Instant at;                      // the watermark
  std::vector<KnownOrigin> known;  // of the prefix, of what covers it, of what lies under it
  std::vector<SeenRoute> routes;
  std::vector<Suspicion> suspicions;
  std::uint64_t judged = 0;          // updates of it that were judged,
  std::uint64_t not_judged = 0;      // and that were not, since the view's state before was not known
  std::vector<std::string> remarks;  // what limits the answer, for people
};

}  // namespace fairway
