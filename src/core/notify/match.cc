#include "core/notify/match.h"

#include <algorithm>

namespace fairway::notify {

namespace {

bool names_one(const std::vector<Asn>& asns, const Incident& incident) {
  const auto listed = [&](Asn asn) { return std::ranges::find(asns, asn) != asns.end(); };
  return std::ranges::any_of(incident.offenders, listed) || std::ranges::any_of(incident.victims, listed);
}

bool one_overlaps(const std::vector<Prefix>& blocks, const Incident& incident) {
  return std::ranges::any_of(incident.prefixes, [&](const Prefix& prefix) {
    return std::ranges::any_of(blocks,
                               [&](const Prefix& block) { return block.covers(prefix) || prefix.covers(block); });
  });
}

bool all_lie_in(const std::vector<Prefix>& blocks, const Incident& incident) {
  return !incident.prefixes.empty() && std::ranges::all_of(incident.prefixes, [&](const Prefix& prefix) {
    return std::ranges::any_of(blocks, [&](const Prefix& block) { return block.covers(prefix); });
  });
}

using PrefixTest = bool (*)(const std::vector<Prefix>&, const Incident&);

bool holds(const Match& match, const Incident& incident, PrefixTest test) {
  if (confidence_band(incident.confidence) < match.least) return false;
  if (!match.kinds.empty() && std::ranges::find(match.kinds, to_string(kind_of(incident.type))) == match.kinds.end()) {
    return false;
  }
  if (!match.asns.empty() && !names_one(match.asns, incident)) return false;
  if (!match.prefixes.empty() && !test(match.prefixes, incident)) return false;
  return match.groups.empty() || std::ranges::any_of(match.groups, [&](const Group& group) {
           return names_one(group.asns, incident) || test(group.prefixes, incident);
         });
}

}  // namespace

bool touches(const Match& match, const Incident& incident) { return holds(match, incident, one_overlaps); }
bool lies_within(const Match& match, const Incident& incident) { return holds(match, incident, all_lie_in); }

}  // namespace fairway::notify
