// What the World says of a whole path: leaks and denied hops.
#include "core/incident/facts.h"
#include "core/tables/expectation.h"
#include "core/tables/world.h"
#include "core/verdict/leak.h"
#include "core/verdict/path.h"

namespace fairway {
namespace {

// What an AS was told by one neighbour and told another, by what the two are to it.
std::uint8_t type_between(Role from, Role to) {
  const bool from_above = from == Role::provider, to_above = to == Role::provider;
  const bool from_peer = from == Role::peer || from == Role::rs, to_peer = to == Role::peer || to == Role::rs;
  if (from_above && to_above) return 1;
  if (from_peer && to_peer) return 2;
  if (from_above && to_peer) return 3;
  if (from_peer && to_above) return 4;
  return 0;
}

std::optional<Role> role_of(const Expectation& mine, Asn neighbour) {
  for (const Neighbour& entry : mine.neighbours(neighbour)) {
    if (entry.role) return entry.role;
  }
  return std::nullopt;
}

// My own AS between two neighbours whose roles forbid it.
LeakFinding leak_by_roles(const Expectation& mine, std::span<const Asn> path) {
  for (std::size_t i = path.size(); i-- > 2;) {
    const Asn from = path[i], leaker = path[i - 1], to = path[i - 2];
    if (!mine.owns(leaker) || mine.owns(from) || mine.owns(to)) continue;
    const auto from_role = role_of(mine, from), to_role = role_of(mine, to);
    if (!from_role || !to_role) continue;
    if (const std::uint8_t type = type_between(*from_role, *to_role); type != 0) {
      LeakFinding leak;
      leak.key = {from, leaker, to, type};
      leak.by_role = true;
      return leak;
    }
  }
  return {};
}

}  // namespace

LeakFinding Facts::leak(const AsPath& path, std::optional<Asn> otc) const {
  LeakFinding leak;
  if (world_.expectation) leak = leak_by_roles(*world_.expectation, path.asns());
  const LeakTables tables{world_.relationships.get(), world_.organisations.get(), world_.exchanges.get()};
  const LeakVerdict verdict = judge_leak(tables, path, otc);
  if (verdict.state != LeakState::leak) return leak;
  if (leak.key.type != 0 && leak.key.leaker != verdict.hop[1]) return leak;  // my own comes first
  // Where the relationships are not known, OTC says that a provider's or peer's route went up again; a network that
  // gives no transit peers.
  const std::uint8_t type = verdict.type != 0 ? verdict.type : (verdict.by & kByPeerlock) != 0 ? 4 : 1;
  if (leak.key.type == 0) leak.key = {verdict.hop[2], verdict.hop[1], verdict.hop[0], type};
  leak.by_relationship = (verdict.by & kByRelationship) != 0;
  leak.by_otc = (verdict.by & kByOtc) != 0;
  leak.by_peerlock = (verdict.by & kByPeerlock) != 0;
  leak.by_tier1 = (verdict.by & kByTier1) != 0;
  if (leak.by_otc) leak.otc = otc;
  return leak;
}

std::optional<DeniedHop> Facts::aspa_denies(const AsPath& path) const {
  if (!world_.aspas || path.empty()) return std::nullopt;
  const PathVerdict verdict = judge_path(*world_.aspas, path, Procedure::downstream, std::nullopt);
  if (verdict.state != PathState::invalid || verdict.reason != PathReason::not_provider) return std::nullopt;
  const PathExplanation why = explain_path(world_.aspas.get(), path, Procedure::downstream, std::nullopt);
  if (!why.failing_hop) return std::nullopt;
  return DeniedHop{why.failing_hop->first, why.failing_hop->second};
}

}  // namespace fairway
