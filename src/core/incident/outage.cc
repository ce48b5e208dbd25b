#include "core/incident/outage.h"

#include <algorithm>

#include "core/incident/weigh.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

// An AS is out when so many of its prefixes are gone, and it had at least two; a country, when so many of its prefixes
// are gone, of at least three ASes, and it had at least ten.
constexpr double kAsShare = 0.9, kCountryShare = 0.5;
constexpr std::uint32_t kAsPrefixes = 2, kCountryPrefixes = 10;
constexpr std::size_t kCountryAses = 3;

std::string letters(std::uint32_t country) {
  return {static_cast<char>(country >> 8), static_cast<char>(country & 0xFF)};
}

}  // namespace

std::uint32_t OutageWatch::country_of(Asn asn) {
  const auto [place, fresh] = country_of_.try_emplace(asn.value, 0);
  if (fresh) {
    const std::string code = knowledge_.facts.country(asn);
    if (code.size() == 2)
      place->second =
          static_cast<std::uint32_t>(static_cast<unsigned char>(code[0]) << 8 | static_cast<unsigned char>(code[1]));
  }
  return place->second;
}

void OutageWatch::ground() {
  for (auto& [asn, group] : ases_) group.total = 0;
  for (auto& [country, group] : countries_) group.total = 0;
  for (const TableId table : {TableId::ipv4_unicast, TableId::ipv6_unicast}) {
    const std::uint32_t full = knowledge_.views.full(table == TableId::ipv4_unicast ? Family::ipv4 : Family::ipv6);
    if (full == 0) continue;
    for (const PrefixMemory& memory : baseline_.memories(table)) {
      if (!memory.has_origin || (2 * memory.held_full < full && !memory.lost)) continue;
      ++ases_[memory.origin.value].total;
      if (const std::uint32_t country = country_of(memory.origin); country != 0) ++countries_[country].total;
    }
  }
}

void OutageWatch::withdrawn(PrefixId prefix, Instant now) {
  PrefixMemory& memory = baseline_.memory(prefix);
  const std::uint32_t full = knowledge_.views.full(knowledge_.rib.prefix(prefix).family());
  if (memory.lost || full == 0 || !is_low(memory.held_full, full)) return;
  if (!memory.has_origin || !baseline_.knows_prefix(prefix, static_cast<std::uint32_t>(now.whole_seconds()))) return;
  memory.lost = true;
  const Lost lost{now, memory.origin, country_of(memory.origin), false};
  lost_[prefix.value] = lost;
  ++ases_[lost.origin.value].lost;
  if (lost.country != 0) ++countries_[lost.country].lost;
  due_.emplace(now + options_.outage_after, ++order_, prefix);
}

void OutageWatch::returned(PrefixId prefix, Instant now) {
  PrefixMemory& memory = baseline_.memory(prefix);
  if (!memory.lost || is_low(memory.held_full, knowledge_.views.full(knowledge_.rib.prefix(prefix).family()))) return;
  memory.flapped = true;
  give_up(prefix, now);
}

// It is not lost, or not any more.
void OutageWatch::give_up(PrefixId prefix, Instant now) {
  baseline_.memory(prefix).lost = false;
  const auto found = lost_.find(prefix.value);
  const Lost lost = found->second;
  lost_.erase(found);
  const auto leave = [&](Group& group) {
    --group.lost;
    std::erase(group.confirmed, prefix);
  };
  leave(ases_[lost.origin.value]);
  if (lost.country != 0) leave(countries_[lost.country]);
  if (!lost.confirmed) return;
  book_.restore(IncidentType::outage_prefix, prefix, lost.origin.value, now);
  book_.restore(IncidentType::outage_as, prefix, lost.origin.value, now);
  if (lost.country != 0) book_.restore(IncidentType::outage_country, prefix, lost.country, now);
}

void OutageWatch::run_until(Instant now) {
  while (!due_.empty() && std::get<0>(*due_.begin()) <= now) {
    const auto [at, order, prefix] = *due_.begin();
    due_.erase(due_.begin());
    const auto found = lost_.find(prefix.value);
    if (found == lost_.end() || found->second.confirmed || found->second.since + options_.outage_after != at) continue;
    // Is it gone because full views withdrew it?
    const Family family = knowledge_.rib.prefix(prefix).family();
    std::uint32_t full = 0, held = 0, withdrew = 0;
    for (std::size_t v = 0; v < knowledge_.views.size(); ++v) {
      const ViewId view{static_cast<std::uint32_t>(v)};
      if (!knowledge_.views.is_full(view, family)) continue;
      ++full;
      const Cell cell = knowledge_.rib.get(view, prefix);
      held += cell.held();
      withdrew += !cell.held() && cell.time != 0;
    }
    if (full == 0 || !is_low(held, full) || 2 * withdrew < full) {
      give_up(prefix, at);
    } else {
      confirm(prefix, found->second, at);
    }
  }
}

void OutageWatch::confirm(PrefixId prefix, Lost& lost, Instant now) {
  lost.confirmed = true;
  const Lost told = lost;
  Group& as = ases_[told.origin.value];
  as.confirmed.push_back(prefix);
  const bool as_out = as.total >= kAsPrefixes && as.lost >= kAsShare * as.total;
  if (as_out) {
    for (const PrefixId each : as.confirmed) tell(IncidentType::outage_as, each, lost_[each.value], as, now);
  } else {
    tell(IncidentType::outage_prefix, prefix, told, as, now);
  }
  if (told.country == 0) return;
  Group& country = countries_[told.country];
  country.confirmed.push_back(prefix);
  if (country.total < kCountryPrefixes || country.lost < kCountryShare * country.total) return;
  std::vector<Asn> ases;
  for (const PrefixId each : country.confirmed) {
    const Asn origin = lost_[each.value].origin;
    if (std::ranges::find(ases, origin) == ases.end()) ases.push_back(origin);
    if (ases.size() == kCountryAses) break;
  }
  if (ases.size() < kCountryAses) return;
  for (const PrefixId each : country.confirmed)
    tell(IncidentType::outage_country, each, lost_[each.value], country, now);
}

void OutageWatch::tell(IncidentType type, PrefixId prefix, const Lost& lost, const Group& group, Instant now) {
  const Prefix& p = knowledge_.rib.prefix(prefix);
  const Facts& facts = knowledge_.facts;
  Loss loss;
  loss.type = type;
  loss.prefix = prefix;
  loss.victim = lost.origin;
  loss.group = type == IncidentType::outage_country ? lost.country : lost.origin.value;
  loss.since = lost.since;
  for (std::size_t v = 0; v < knowledge_.views.size(); ++v) {
    const ViewId view{static_cast<std::uint32_t>(v)};
    const Cell cell = knowledge_.rib.get(view, prefix);
    if (!cell.held() && cell.time != 0) loss.views.push_back(view);
  }
  const std::uint32_t full = knowledge_.views.full(p.family());
  const std::uint32_t held = baseline_.memory(prefix).held_full;
  using enum EvidenceId;
  add(loss.evidence,
      evidence(visibility_lost, to_string(p) + " of " + facts.name(lost.origin) + ": " + std::to_string(held) + " of " +
                                    std::to_string(full) + " full views have it"));
  const auto gone = static_cast<std::uint32_t>(
      std::ranges::count_if(loss.views, [&](ViewId view) { return knowledge_.views.is_full(view, p.family()); }));
  if (gone >= 3) add(loss.evidence, evidence(lost_widely, std::to_string(gone) + " full views"));
  if (baseline_.memory(prefix).flapped) add(loss.evidence, evidence(flapping, to_string(p)));
  const std::string share = std::to_string(group.lost) + " of " + std::to_string(group.total) + " prefixes";
  if (type == IncidentType::outage_as) add(loss.evidence, evidence(as_lost, facts.name(lost.origin) + ": " + share));
  if (type == IncidentType::outage_country) {
    loss.country = letters(lost.country);
    add(loss.evidence, evidence(country_lost, loss.country + ": " + share));
  }
  if (const Expectation* mine = facts.expectation()) {
    if (const OwnPrefix* own = mine->covering(p); own != nullptr && own->prefix == p) {
      if (own->occasional || own->ignore) return;
      add(loss.evidence, evidence(my_prefix, own->description.empty() ? to_string(p) : own->description));
    }
  }
  book_.lose(loss, now);
}

}  // namespace fairway
