#include "core/verdict/leak.h"

#include "core/verdict/leak_walk.h"

namespace fairway {

std::string_view to_string(LeakState state) {
  switch (state) {
    case LeakState::none: return "none";
    case LeakState::leak: return "leak";
    case LeakState::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(LeakReason reason) {
  switch (reason) {
    case LeakReason::none: break;
    case LeakReason::no_table: return "no-table";
    case LeakReason::unknown_link: return "unknown-link";
    case LeakReason::as_set: return "as-set";
    case LeakReason::loop: return "loop";
    case LeakReason::too_long: return "too-long";
    case LeakReason::empty: return "empty-path";
  }
  return "";
}

std::string_view to_string(LeakEvidence evidence) {
  switch (evidence) {
    case kByRelationship: return "relationship";
    case kByOtc: return "otc";
    case kByPeerlock: return "peerlock";
    case kByTier1: break;
  }
  return "tier1";
}

namespace {

std::uint8_t type_of(const LeakWalk::Turn& turn) {
  const bool provider_to = turn.to == Relationship::provider, provider_from = turn.from == Relationship::provider;
  const bool peer_to = turn.to == Relationship::peer, peer_from = turn.from == Relationship::peer;
  if (provider_to && provider_from) return 1;
  if (peer_to && peer_from) return 2;
  if (peer_to && provider_from) return 3;
  return provider_to && peer_from ? 4 : 0;
}

LeakVerdict without_leak(const LeakTables& tables, const LeakWalk& walk, bool undecided) {
  LeakVerdict verdict;
  verdict.state = LeakState::unknown;
  if (walk.unreadable() != LeakReason::none) {
    verdict.reason = walk.unreadable();
  } else if (walk.has_set()) {
    verdict.reason = LeakReason::as_set;
  } else if (undecided) {
    verdict.reason = tables.relationships == nullptr ? LeakReason::no_table : LeakReason::unknown_link;
  } else {
    verdict.state = LeakState::none;
    verdict.reason = LeakReason::none;
  }
  return verdict;
}

std::string as(Asn asn) { return asn.value == 0 ? "us" : "AS" + to_string(asn); }

std::string relationship_fact(const LeakWalk::Turn& turn) {
  const auto what = [](Relationship r) { return r == Relationship::provider ? " a provider" : " a peer"; };
  return "to " + as(turn.hop[1]) + ", " + as(turn.hop[2]) + " is" + what(turn.from) + " and " +
         (turn.hop[0].value == 0 ? "we are" : as(turn.hop[0]) + " is") + what(turn.to);
}

std::string otc_fact(const LeakWalk::Turn& turn, Asn otc) {
  const std::string_view what = turn.to == Relationship::provider ? ", its provider"
                                : turn.to == Relationship::peer   ? ", its peer"
                                                                  : "";
  return "OTC says that " + as(otc) + " let it go to customers and peers only, and " + as(turn.hop[1]) +
         " handed it to " + as(turn.hop[0]) + std::string(what);
}

LeakExplanation::Leak explain_turn(const LeakWalk::Turn& turn, std::optional<Asn> otc) {
  LeakExplanation::Leak leak{turn.hop, type_of(turn), turn.by, {}};
  if ((turn.by & kByRelationship) != 0) leak.facts.emplace_back(kByRelationship, relationship_fact(turn));
  if ((turn.by & kByOtc) != 0) leak.facts.emplace_back(kByOtc, otc_fact(turn, *otc));
  if ((turn.by & kByPeerlock) != 0) {
    leak.facts.emplace_back(
        kByPeerlock, turn.from_lock ? "routes of " + as(turn.hop[2]) + " go up through its providers alone, and " +
                                          as(turn.hop[1]) + " is none of them"
                                    : as(turn.hop[1]) + " carries nobody's traffic in between two others");
  }
  if ((turn.by & kByTier1) != 0) {
    leak.facts.emplace_back(kByTier1, as(turn.hop[0]) + " and " + as(turn.hop[2]) + " buy transit from nobody");
  }
  return leak;
}

}  // namespace

LeakVerdict judge_leak(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc, std::optional<Role> from) {
  LeakWalk walk(tables, path, otc, from);
  bool undecided = false;
  for (LeakWalk::Turn turn; walk.next(turn);) {
    if (turn.by != 0) return {LeakState::leak, type_of(turn), turn.by, turn.hop, LeakReason::none};
    undecided |= turn.undecided;
  }
  return without_leak(tables, walk, undecided);
}

LeakExplanation explain_leak(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc,
                             std::optional<Role> from) {
  LeakExplanation why;
  LeakWalk walk(tables, path, otc, from);
  for (LeakWalk::Turn turn; walk.next(turn);) {
    why.hops.push_back({turn.hop[1], turn.hop[0], turn.to, turn.to_by_route_server, turn.to_doubted});
    if (turn.by != 0) why.leaks.push_back(explain_turn(turn, otc));
    if (turn.undecided) why.undecided.push_back(turn.hop);
  }
  if (why.leaks.empty()) {
    why.verdict = without_leak(tables, walk, !why.undecided.empty());
  } else {
    const LeakExplanation::Leak& first = why.leaks.front();
    why.verdict = {LeakState::leak, first.type, first.by, first.hop, LeakReason::none};
  }
  return why;
}

}  // namespace fairway
