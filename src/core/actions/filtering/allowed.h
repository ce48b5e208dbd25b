// Allowed: what a neighbour may announce by the registries and the RPKI: the ASes of its as-sets, and what these have
// route objects and ROAs for. Made for each neighbour apart, so that the caller may make many at once.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/actions/filtering/document.h"
#include "core/tables/irr_expand.h"
#include "core/tables/world.h"

namespace fairway::filtering {

struct Allowed {
  std::vector<std::string> objects{};                // what was asked for: its as-sets, or its AS; empty: nothing was
  std::array<std::vector<PrefixRange>, 2> ranges{};  // by family, the fewest, no longer than the table takes
  std::vector<AsnRange> origins{};
  std::vector<PairList::Pair> pairs{};  // only of a neighbour that may blackhole
  std::vector<std::string> remarks{};   // what a reader should know: sets that are missing, members left out
  std::string refused{};                // why nothing is known that could be used; empty: all is well
};

// The longest prefixes that the global table takes (RFC 7454 section 6.1.3), and the shortest that can be.
inline constexpr std::array<unsigned, 2> kLongest{24, 48}, kShortest{8, 12};

// What the neighbour's as-sets say, or its own AS where it has none. Allowed::refused, and no ranges, where a set that
// was named is not in the registries, a limit was reached, or no registry is loaded: such a list must not replace an
// older one.
Allowed allowed_for(const Neighbour& neighbour, const World& world, const ExpandOptions& options);

// Whether policies for neighbours of this role ask what it may announce.
bool asks_registry(const Neighbour& neighbour);

}  // namespace fairway::filtering
