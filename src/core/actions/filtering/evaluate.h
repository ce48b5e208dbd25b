// What a policy does with a route: the meaning of a Document, which every configuration made from it must have too.
//
// A route is a Probe as it stands before a neighbour's filter. On import its path begins with the neighbour's AS; on
// export it is as in my own table: empty for what I originate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/actions/filtering/document.h"
#include "core/model/probe.h"

namespace fairway::filtering {

struct Decision {
  bool accepted = false;
  std::size_t clause = kNone;          // of the policy: the one that decided
  bool blackholed = false;             // traffic to it is dropped
  bool last_resort = false;            // graceful shutdown: its preference is 0
  std::vector<Community> communities;  // as they leave the policy
  std::vector<LargeCommunity> large_communities;
};

Decision import_route(const Document& document, const NeighbourPolicy& policy, const Probe& route);
Decision export_route(const Document& document, const NeighbourPolicy& policy, const Probe& route);

// Whether the clause speaks of the route: a rejecting one against it, an accepting one for it.
bool applies(const Document& document, const NeighbourPolicy& policy, const Clause& clause, const Probe& route);

// What a route server's client asks for about `client`, by the communities that Euro-IX's members agreed on (0:AS,
// RS:AS, 0:RS and RS:0:AS, RS:1:AS, RS:0:0): whether the route is to be announced to it.
bool wanted_by_communities(const Probe& route, Asn route_server, Asn client);

}  // namespace fairway::filtering
