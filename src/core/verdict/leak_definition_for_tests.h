// The leak verdict once more, as plainly as leak.h says it: the path as a list of organisations, each rule a sentence
// about one of them, all of it in vectors that are made anew. What tests and fuzzers hold the walk against.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "core/verdict/leak.h"

namespace fairway::definition {

// ASes of one holder in a row, origin first. `through`: a route server stands before its first one.
struct Organisation {
  std::vector<Asn> asns;
  bool through = false;
};

struct LeakPath {
  std::vector<Organisation> organisations;  // origin first
  bool has_set = false;
  LeakReason unreadable = LeakReason::none;
};

inline bool holds_both(const LeakTables& tables, Asn a, Asn b) {
  return known_siblings(a, b) || (tables.organisations != nullptr && tables.organisations->same(a, b));
}

inline LeakPath leak_path(const LeakTables& tables, const AsPath& path) {
  LeakPath result;
  std::vector<Asn> asns;  // neighbour first
  for (std::size_t s = 0; s < path.segments().size() && !result.has_set; ++s) {
    const SegmentType type = path.segments()[s].type;
    if (path.asns_of(s).empty()) continue;
    if (type == SegmentType::set) result.has_set = true;
    if (type != SegmentType::sequence) continue;
    for (const Asn asn : path.asns_of(s)) asns.push_back(asn);
  }
  std::reverse(asns.begin(), asns.end());
  struct Step {
    Asn asn;
    bool through = false;
  };
  std::vector<Step> steps;
  bool through = false;
  for (std::size_t i = 0; i < asns.size(); ++i) {
    const bool originates = asns[i] == asns[0] && !result.has_set;
    if (tables.exchanges != nullptr && tables.exchanges->is_route_server(asns[i]) && !originates) {
      through = true;
      continue;
    }
    if (steps.empty() || steps.back().asn != asns[i]) steps.push_back({asns[i], through && !steps.empty()});
    through = false;
  }
  std::set<Asn> distinct;
  for (const Step& step : steps) distinct.insert(step.asn);
  if (steps.size() > 128) {
    result.unreadable = LeakReason::too_long;
  } else if (steps.empty() && !result.has_set) {
    result.unreadable = LeakReason::empty;
  } else if (distinct.size() != steps.size()) {
    result.unreadable = LeakReason::loop;
  }
  if (result.unreadable != LeakReason::none) return result;
  for (const Step& step : steps) {
    auto& all = result.organisations;
    if (all.empty() || !holds_both(tables, all.back().asns.back(), step.asn)) all.push_back({{}, step.through});
    all.back().asns.push_back(step.asn);
  }
  return result;
}

// What b is to a.
inline Relationship between(const LeakTables& tables, Asn a, Asn b, bool through_route_server) {
  if (tables.relationships == nullptr) return through_route_server ? Relationship::peer : Relationship::unknown;
  const Relationship said = tables.relationships->of(a, b);
  if (said == Relationship::unknown && through_route_server) return Relationship::peer;
  if (said == Relationship::peer && tables.relationships->doubts_peering(a, b)) return Relationship::unknown;
  return said;
}

inline LeakVerdict leak(const LeakTables& tables, const AsPath& asns, std::optional<Asn> otc,
                        std::optional<Role> from) {
  const Role role = from.value_or(Role::sibling);  // as good as none
  const LeakPath path = leak_path(tables, asns);
  const auto& all = path.organisations;
  const PeerlockTable& locks = tables.peerlocks != nullptr ? *tables.peerlocks : PeerlockTable::built_in();
  const RelationshipTable* known = tables.relationships;
  const auto free_of_transit = [&](Asn asn) {
    return known != nullptr ? known->in_clique(asn) : std::ranges::count(transit_free_networks(), asn) != 0;
  };
  const auto up = [](Relationship r) { return r == Relationship::provider || r == Relationship::peer; };
  bool undecided = false;
  for (std::size_t b = 0; b < all.size(); ++b) {
    const bool to_us = b + 1 == all.size();
    if (to_us && role == Role::sibling) break;
    const Asn holder = all[b].asns.back();
    const Asn receiver = to_us ? Asn{} : all[b + 1].asns.front();
    const Asn source = b == 0 ? Asn{} : all[b - 1].asns.back();
    Relationship to = to_us ? Relationship::peer : between(tables, holder, receiver, all[b + 1].through);
    if (to_us && role == Role::customer) to = Relationship::provider;
    if (to_us && role == Role::provider) to = Relationship::customer;
    const Relationship had =
        b == 0 ? Relationship::unknown : between(tables, all[b].asns.front(), source, all[b].through);
    bool marked_before = false;  // the AS that OTC names is of an organisation nearer to the origin
    for (std::size_t i = 0; i < b; ++i) marked_before |= otc && std::ranges::count(all[i].asns, *otc) != 0;

    std::uint8_t by = 0;
    if (b != 0 && up(to) && up(had)) by |= kByRelationship;
    if (marked_before && up(to)) by |= kByOtc;
    if (to_us && otc) {
      if (role == Role::customer || role == Role::rs_client) by |= kByOtc;
      if (role == Role::peer && *otc != holder) by |= kByOtc;
    }
    const bool from_customer = had == Relationship::customer, to_customer = to == Relationship::customer;
    if (b != 0 && !to_us && !from_customer && !to_customer && free_of_transit(receiver) && free_of_transit(source)) {
      by |= kByTier1;
    }
    if (b != 0 && !from_customer) {
      const Peerlock* lock = nullptr;
      for (const Asn asn : all[b].asns) lock = lock == nullptr ? locks.of(asn) : lock;
      if (lock != nullptr && !to_customer) {
        const bool is_network = free_of_transit(source) || locks.of(source) != nullptr ||
                                (known != nullptr && known->has_customers(source));
        if (up(had) || (!lock->carries_customers && is_network)) by |= kByPeerlock;
      }
      const Peerlock* behind = locks.of(source);
      if (behind != nullptr && !behind->carries_customers && to == Relationship::provider && known != nullptr &&
          known->has_providers(source)) {
        by |= kByPeerlock;
      }
    }
    if (by != 0) {
      constexpr auto peer = Relationship::peer, provider = Relationship::provider;
      const std::uint8_t type = to == provider && had == provider ? 1
                                : to == peer && had == peer       ? 2
                                : to == peer && had == provider   ? 3
                                : to == provider && had == peer   ? 4
                                                                  : 0;
      return {LeakState::leak, type, by, {receiver, holder, source}, LeakReason::none};
    }
    undecided |= b != 0 && !to_customer && !from_customer;
    undecided |= marked_before && to == Relationship::unknown;
  }
  if (path.unreadable != LeakReason::none) return {LeakState::unknown, 0, 0, {}, path.unreadable};
  if (path.has_set) return {LeakState::unknown, 0, 0, {}, LeakReason::as_set};
  if (!undecided) return {LeakState::none, 0, 0, {}, LeakReason::none};
  return {LeakState::unknown, 0, 0, {}, known == nullptr ? LeakReason::no_table : LeakReason::unknown_link};
}

}  // namespace fairway::definition
