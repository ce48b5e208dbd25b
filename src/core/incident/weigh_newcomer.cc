#include <algorithm>

#include "core/incident/weigh.h"

namespace fairway {
namespace {

using enum EvidenceId;

// Prefixes under a new one that are looked at for the newcomer's own.
constexpr unsigned kCoveredLookedAt = 256;
// No AS of the first 25 numbers announces by mistake; "prepend 3" without the AS does (GRIP).
constexpr Asn kMostPrepends{25};

constexpr unsigned longest_accepted(Family family) { return family == Family::ipv4 ? 24 : 48; }

void weigh_number(const Accusation& a, const Knowledge& k, std::vector<Evidence>& evidence) {
  if (const auto name = k.facts.bogon_asn(a.offender)) {
    add(evidence, fairway::evidence(private_asn, to_string(a.offender) + ": " + *name));
  }
  if (k.facts.protects_others(a.offender)) add(evidence, fairway::evidence(dps_asn, k.facts.name(a.offender)));
  for (const Asn victim : a.victims) {
    if (edit_distance(to_string(a.offender), to_string(victim)) == 1) {
      add(evidence, fairway::evidence(fat_finger_asn, to_string(a.offender) + " for " + to_string(victim)));
    }
  }
  if (a.offender <= kMostPrepends && !a.victims.empty())
    add(evidence, fairway::evidence(prepend_typo, to_string(a.offender)));
}

// What the newcomer announces already, above or below the prefix.
void weigh_past(const Accusation& a, const RouteChange& change, const Knowledge& k, std::vector<Evidence>& evidence) {
  const TableId table = change.id.table();
  const PrefixTable& prefixes = k.rib.prefixes(table);
  std::optional<Prefix> above, below;
  prefixes.covering(change.prefix, [&](std::uint32_t index) {
    const PrefixId id(table, index);
    if (id != change.id && k.baseline.knows_origin(id, a.offender, change.second)) above = prefixes.prefix(index);
  });
  unsigned looked_at = 0;
  prefixes.under(change.prefix, [&](std::uint32_t index) {
    const PrefixId id(table, index);
    if (id != change.id && k.baseline.knows_origin(id, a.offender, change.second)) below = prefixes.prefix(index);
    return !below && ++looked_at < kCoveredLookedAt;
  });
  const std::string who = k.facts.name(a.offender) + " announces ";
  if (above) {
    const bool around_both = above->length() < k.rib.prefix(a.rival).length();
    add(evidence, fairway::evidence(around_both ? announces_around : previously_announced, who + to_string(*above)));
  }
  if (below) {
    add(evidence, fairway::evidence(a.type == IncidentType::super_prefix ? covers_own_prefixes : previously_announced,
                                    who + to_string(*below)));
  }
  if (a.type == IncidentType::origin && a.victims.size() > 1) {
    add(evidence, fairway::evidence(prior_moas, names(k.facts, a.victims)));
  }
}

// Whether some view still had the prefix from one who announced it before.
void weigh_transition(const Accusation& a, const RouteChange& change, const Knowledge& k,
                      std::vector<Evidence>& evidence) {
  if (a.type != IncidentType::origin || change.replaced || !k.baseline.knows_prefix(change.id, change.second)) return;
  bool old_there = false;
  k.rib.for_each_route(change.id, [&](ViewId, std::optional<std::uint32_t>, const Cell& cell) {
    if (old_there || cell.attributes == change.attributes) return;
    const std::span<const Asn> asns = k.rib.attributes().asns(k.rib.attributes().path_of(cell.attributes));
    old_there = !asns.empty() && std::ranges::binary_search(a.victims, asns.back());
  });
  if (!old_there) add(evidence, fairway::evidence(after_withdrawal, names(k.facts, a.victims) + " had gone"));
}

}  // namespace

void weigh_newcomer(const Accusation& a, const RouteChange& change, const Knowledge& k,
                    std::vector<Evidence>& evidence) {
  if (is_about_origin(a.type)) {
    weigh_number(a, k, evidence);
    weigh_past(a, change, k, evidence);
    weigh_transition(a, change, k, evidence);
    if (change.prefix.length() > longest_accepted(change.prefix.family())) {
      add(evidence, fairway::evidence(long_prefix, to_string(change.prefix)));
    }
    if (change.blackhole) add(evidence, fairway::evidence(blackhole, to_string(change.prefix)));
  } else if (a.type == IncidentType::type_1) {
    if (const auto name = k.facts.bogon_asn(a.offender)) {
      add(evidence, fairway::evidence(private_asn, to_string(a.offender) + ": " + *name));
    }
  }
}

}  // namespace fairway
