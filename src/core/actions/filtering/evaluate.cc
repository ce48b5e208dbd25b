#include "core/actions/filtering/evaluate.h"

#include <algorithm>

namespace fairway::filtering {

namespace {

template <class T>
bool has(const std::vector<T>& all, const T& one) {
  return std::ranges::find(all, one) != all.end();
}

bool touches(const AsPath& path, const AsnList& list) {
  return std::ranges::any_of(path.asns(), [&](Asn asn) { return list.contains(asn); });
}

bool is_relation(const LargeCommunity& community, Asn mine) {
  return community.global == mine.value && community.local1 == kRelationFunction;
}

bool leaks(const NeighbourPolicy& policy, const std::optional<Asn>& otc) {
  return otc && (policy.role != Role::peer || *otc != policy.asn);
}

Decision walk(const Document& document, const NeighbourPolicy& policy, const std::vector<Clause>& clauses,
              Probe route) {
  Decision decision;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const Clause& clause = clauses[i];
    if (!applies(document, policy, clause, route)) continue;
    switch (clause.kind) {
      case Kind::scrub:
        std::erase_if(route.large_communities,
                      [&](const LargeCommunity& c) { return is_relation(c, policy.local_asn); });
        continue;
      case Kind::graceful_shutdown: decision.last_resort = true; continue;
      case Kind::learned_from:
        route.large_communities.push_back({policy.local_asn.value, kRelationFunction, clause.number});
        continue;
      case Kind::no_export_export:
        if (!has(route.communities, kNoExport)) route.communities.push_back(kNoExport);
        continue;
      case Kind::blackhole:
        decision.blackholed = true;
        // A route server announces it to its clients, and asks them to keep it (no_export_export).
        if (policy.role != Role::rs_client && !has(route.communities, kNoExport)) {
          route.communities.push_back(kNoExport);
        }
        break;
      default: break;
    }
    decision.accepted = row_of(clause.kind).effect == Effect::accept;
    decision.clause = i;
    break;
  }
  decision.communities = std::move(route.communities);
  decision.large_communities = std::move(route.large_communities);
  return decision;
}

}  // namespace

bool wanted_by_communities(const Probe& route, Asn route_server, Asn client) {
  const auto standard = [&](std::uint32_t high, std::uint32_t low) {
    return high <= 0xFFFF && low <= 0xFFFF && has(route.communities, Community{high << 16 | low});
  };
  const auto large = [&](std::uint32_t action, std::uint32_t whom) {
    return has(route.large_communities, LargeCommunity{route_server.value, action, whom});
  };
  if (standard(0, client.value) || large(0, client.value)) return false;
  if (standard(route_server.value, client.value) || large(1, client.value)) return true;
  return !standard(0, route_server.value) && !large(0, 0);
}

bool applies(const Document& document, const NeighbourPolicy& policy, const Clause& clause, const Probe& route) {
  switch (clause.kind) {
    case Kind::first_as: return route.path.neighbour() != policy.asn;
    case Kind::next_hop: {
      if (!route.next_hop) return false;  // it is the neighbour's
      bool any = false;
      for (const SessionPolicy& session : policy.sessions) {
        if (session.family != route.prefix.family()) continue;
        any = true;
        if (session.session.address == route.next_hop) return false;
      }
      return any;
    }
    case Kind::path_length: return route.path.length() > clause.number;
    case Kind::as_set: return route.path.has(SegmentType::set) || route.path.has(SegmentType::confed_set);
    case Kind::bogon_asn:
    case Kind::transit_free:
    case Kind::never_via_rs: return touches(route.path, asns_of(document, clause));
    case Kind::bogon_prefix:
    case Kind::exchange_lan:
    case Kind::own_prefix: return prefixes_of(document, clause).accepts(route.prefix);
    case Kind::prefix_length:
    case Kind::prefix: return !prefixes_of(document, clause).accepts(route.prefix);
    case Kind::otc: return leaks(policy, route.otc);
    case Kind::aspa: return route.providers == Validation::invalid;
    case Kind::rov: return route.origin == Validation::invalid;
    case Kind::origin: {
      const PathOrigin origin = route.path.origin();
      return origin.kind != PathOrigin::Kind::as || !asns_of(document, clause).contains(origin.asn);
    }
    case Kind::blackhole: {
      const PathOrigin origin = route.path.origin();
      return has(route.communities, kBlackhole) && origin.kind == PathOrigin::Kind::as &&
             pairs_of(document, clause).allows(route.prefix, origin.asn);
    }
    case Kind::no_blackhole:
    case Kind::no_export_export: return has(route.communities, kBlackhole);
    case Kind::graceful_shutdown: return has(route.communities, kGracefulShutdown);
    case Kind::control: return !wanted_by_communities(route, policy.local_asn, policy.asn);
    case Kind::own: return route.path.empty() && prefixes_of(document, clause).accepts(route.prefix);
    case Kind::customer:
      return has(route.large_communities,
                 {policy.local_asn.value, kRelationFunction, static_cast<std::uint32_t>(Relation::customer)}) &&
             prefixes_of(document, clause).accepts(route.prefix);
    case Kind::known:
      return std::ranges::any_of(route.large_communities, [&](const LargeCommunity& community) {
        return is_relation(community, policy.local_asn) && community.local2 > static_cast<unsigned>(Relation::own) &&
               community.local2 <= static_cast<unsigned>(Relation::provider);
      });
    case Kind::scrub:
    case Kind::learned_from:
    case Kind::accepted:
    case Kind::nothing_else: return true;
  }
  return false;
}

Decision import_route(const Document& document, const NeighbourPolicy& policy, const Probe& route) {
  return walk(document, policy, policy.import, route);
}

Decision export_route(const Document& document, const NeighbourPolicy& policy, const Probe& route) {
  return walk(document, policy, policy.export_, route);
}

}  // namespace fairway::filtering
