// A prefix that nobody announced before. Under a known prefix of another origin: sub-prefix (GRIP: submoas; ARTEMIS:
// S|0); under one of the same origin: perhaps a burst of internal more-specifics (RFC 7908 section 3.6). Over known
// prefixes: super-prefix. Else squatting (ARTEMIS: Q|0). Needs a table: without one, silence about a prefix says
// nothing.
#include <algorithm>

#include "core/incident/detector.h"

namespace fairway {
namespace {

// Shorter ones are default routes and their kin: they cover everything and mean nothing.
constexpr unsigned least_length(Family family) { return family == Family::ipv4 ? 8 : 16; }
// Of the prefixes under a super-prefix, so many are looked at for their origins.
constexpr unsigned kCoveredLookedAt = 64;

}  // namespace

void detect_new_prefix(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations) {
  if (!change.novel || !change.knows_absence || change.origin.value == 0) return;
  if (change.prefix.length() < least_length(change.prefix.family())) return;
  const Baseline& baseline = knowledge.baseline;
  if (baseline.knows_prefix(change.id, change.second)) return;

  const TableId table = change.id.table();
  const PrefixTable& prefixes = knowledge.rib.prefixes(table);
  PrefixId above;
  bool any_above = false;
  prefixes.covering(change.prefix, [&](std::uint32_t index) {
    const PrefixId id(table, index);
    if (id == change.id || prefixes.prefix(index).length() < least_length(change.prefix.family())) return;
    if (!baseline.knows_prefix(id, change.second)) return;
    above = id;
    any_above = true;
  });
  if (any_above) {
    std::vector<Asn> origins = baseline.origins(above, change.second);
    const bool same = std::ranges::binary_search(origins, change.origin);
    const IncidentType type = same ? IncidentType::leak_6 : IncidentType::sub_prefix;
    const Asn victim = same ? Asn{} : origins.front();
    if (same) origins = {change.origin};
    accusations.push_back({type, change.id, change.origin, victim, std::move(origins), above});
    return;
  }

  std::vector<Asn> covered;
  PrefixId first;
  unsigned looked_at = 0;
  prefixes.under(change.prefix, [&](std::uint32_t index) {
    const PrefixId id(table, index);
    if (id == change.id || !baseline.knows_prefix(id, change.second)) return true;
    if (looked_at == 0) first = id;
    const std::vector<Asn> origins = baseline.origins(id, change.second);
    covered.insert(covered.end(), origins.begin(), origins.end());
    return ++looked_at < kCoveredLookedAt;
  });
  if (looked_at == 0) {
    accusations.push_back({IncidentType::squatting, change.id, change.origin, {}, {}, change.id});
    return;
  }
  std::ranges::sort(covered);
  covered.erase(std::ranges::unique(covered).begin(), covered.end());
  if (covered.size() == 1 && covered.front() == change.origin) return;  // an aggregate of one's own
  accusations.push_back({IncidentType::super_prefix, change.id, change.origin, {}, std::move(covered), first});
}

}  // namespace fairway
