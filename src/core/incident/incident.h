// Incident: something that went wrong in the routing of the Internet, with the evidence that made us say so. A value:
// everything in it is copied, so that it can be read when the routes and tables it came from are gone.
//
// Life: opened -> changed ... -> cleared (nothing of it was to be seen for the hold time) -> reopened (it came back
// within a day) ... The id is the same all the way and depends on nothing but kind, key and opening time: who sees the
// same routes names it the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/prefix.h"

namespace fairway {

enum class IncidentKind : std::uint8_t { hijack, leak, outage, filter_gap, blind };

// Hijacks after ARTEMIS's and GRIP's taxonomy, leaks as numbered by RFC 7908 section 3.
enum class IncidentType : std::uint8_t {
  origin,        // a known prefix has a new origin
  sub_prefix,    // a new prefix under a known one, of another origin
  squatting,     // space that nobody announced before
  super_prefix,  // a new prefix over announced space of others
  type_1,        // the known origin behind a neighbour it does not have: forged origin
  type_n,        // a link that does not exist, deeper in the path
  leak_1,        // provider to provider (hairpin turn)
  leak_2,        // peer to peer
  leak_3,        // provider to peer
  leak_4,        // peer to provider
  leak_5,        // prefixes of many others announced as one's own, the path stripped
  leak_6,        // a burst of internal more-specifics
  outage_prefix,
  outage_as,
  outage_country,
  filter_passed,  // a route that should have been stopped is in the table behind a neighbour's filter
  filter_sent,    // ... or was sent to a neighbour
  blind_feed,     // a feed fell silent: what it would have told is not known
};

IncidentKind kind_of(IncidentType type);
std::string_view to_string(IncidentKind kind);  // "hijack", "leak", "outage", "filter-gap", "blind"
// "origin", "sub-prefix", "squatting", "super-prefix", "type-1", "type-N"; "1" to "6"; "prefix", "as", "country";
// "passed", "sent"; "feed".
std::string_view to_string(IncidentType type);
std::optional<IncidentType> parse_incident_type(std::string_view kind, std::string_view type);

// One thing that speaks for (positive) or against an incident. Weights add up to the confidence.
struct Evidence {
  std::string_view name;  // of the table in evidence.h: static lifetime
  int weight = 0;
  std::string fact;  // what was seen or known, for people, with the values that decided

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

enum class Confidence : std::uint8_t { low, medium, high };  // sums of 1 to 3, 4 to 7, from 8 (Cloudflare's scale)
Confidence confidence_band(int sum);
std::string_view to_string(Confidence confidence);

enum class IncidentState : std::uint8_t { open, cleared };
std::string_view to_string(IncidentState state);

struct Incident {
  std::string id;  // 16 hexadecimal digits
  IncidentType type = IncidentType::origin;
  IncidentState state = IncidentState::open;
  Instant opened;                  // when the first of its routes was told
  Instant changed;                 // when it last grew, shrank, or changed its evidence
  std::optional<Instant> cleared;  // unless it is open
  std::vector<Asn> offenders;      // sorted
  std::vector<Asn> victims;        // sorted
  std::string country;             // of an outage of type country: ISO 3166 code; else empty
  std::string feed;                // of kind blind: the feed's name; else empty
  std::vector<Prefix> prefixes;    // all of them, sorted
  std::vector<std::string> paths;  // the first distinct ones, neighbour first
  std::uint32_t views_seen = 0;    // distinct views that carried one of its routes (outage: that lost one)
  std::uint32_t views_full = 0;    // full views at that time
  int confidence = 0;              // the sum of the weights
  std::vector<Evidence> evidence;  // the weightiest prefix's, in the order of the table
  std::string world;               // the version of the tables that judged

  friend bool operator==(const Incident&, const Incident&) = default;
};

enum class Transition : std::uint8_t { opened, changed, cleared, reopened };
std::string_view to_string(Transition transition);

// Who listens. Called in the order of time; `incident` is the state after the transition and lives until the call
// returns.
class IncidentSink {
 public:
  virtual ~IncidentSink() = default;
  virtual void on_transition(Transition transition, Instant at, const Incident& incident) = 0;
};

}  // namespace fairway
