// The table of detectors. A detector looks at one change of a route and accuses, or does not; whether an accusation
// becomes an incident is decided by its evidence (weigh.h). A new kind of incident is one file detect_NAME.cc and one
// row.
#pragma once

#include <span>
#include <string_view>

#include "core/incident/accusation.h"

namespace fairway {

using Accusations = std::vector<Accusation>;

struct Detector {
  std::string_view name;
  bool judged_only;  // looks only at changes that were observed (RouteChange::judged)
  bool sent;         // looks at what a router sends to its neighbours, too (Adj-RIB-Out)
  void (*look)(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations);
};
std::span<const Detector> detectors();

void detect_origin(const RouteChange&, const Knowledge&, Accusations&);  // hijack: origin
void detect_new_prefix(const RouteChange&, const Knowledge&,
                       Accusations&);  // hijack: sub-prefix, squatting, super-prefix; leak 6
void detect_forged_path(const RouteChange&, const Knowledge&, Accusations&);  // hijack: type-1, type-N
void detect_leak(const RouteChange&, const Knowledge&, Accusations&);         // leak: 1 to 4
void detect_my_network(const RouteChange&, const Knowledge&,
                       Accusations&);  // hijack and leak against my network's expectation

// Whether any detector could have something to say: cheap, asked for every update.
inline bool worth_a_look(const RouteChange& change, const PrefixMemory& memory) {
  return memory.mine || change.table != RibKind::adj_rib_in_pre ||
         (change.judged &&
          (change.novel || change.has_otc || change.facts->leak.type != 0 || change.facts->may_have_new_link));
}

void detect_filter_gap(const RouteChange&, const Knowledge&, Accusations&);  // filter-gap: passed, sent
// Why it should have been stopped, for people.
std::string filter_gap_reason(const RouteChange& change, const Facts& facts);

// What a type needs and how its cases are grouped.
struct TypeRule {
  int threshold;  // the sum of evidence from which a case is an incident
};
const TypeRule& rule_of(IncidentType type);

}  // namespace fairway
