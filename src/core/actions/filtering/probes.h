// Probes: routes that ask a policy everything it should know, at the places where a filter goes wrong: every entry of
// its lists exactly, at the longest length, one bit shorter, one bit longer, and beside it; every clause by a route
// that breaks it alone; hijacks, leaks, bogons, a stranger's address with BLACKHOLE.
//
// What the policy says to each (evaluate.h) is what any configuration made from it must say too: `fairway filter prove`
// asks a reader of the configuration, tests/interop ask the routers themselves.
#pragma once

#include <string>
#include <vector>

#include "core/actions/filtering/document.h"
#include "core/actions/filtering/evaluate.h"

namespace fairway::filtering {

struct RouteProbe {
  std::size_t neighbour = 0;  // of document.neighbours
  bool is_export = false;
  Probe route;
  std::string what;  // "one bit longer", "bogon-asn"
};

// How far probes go. Each entry of a list costs five.
struct ProbeOptions {
  std::size_t entries = 100'000;  // of each list at most, spread over it
};

// ROV states are those of `world`'s VRPs (unknown without).
std::vector<RouteProbe> probes_for(const Document& document, const World& world, const ProbeOptions& options);

// The state by the World's VRPs; unknown without any.
Validation rov_of(const World& world, const Prefix& prefix, const PathOrigin& origin);

Decision expected(const Document& document, const RouteProbe& probe);

}  // namespace fairway::filtering
