// PathFacts: what follows from an AS path alone, worked out once a path (by PathId) instead of once a route.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/incident/baseline.h"
#include "core/incident/facts.h"
#include "core/rib/attribute_store.h"

namespace fairway {

struct PathFacts {
  PathOrigin origin;
  Asn before_origin;               // the AS next to the origin; 0: none
  LeakKey leak;                    // type 0: none
  bool known = false;              // the rest was worked out
  bool plain = false;              // of AS_SEQUENCEs alone
  bool may_have_new_link = false;  // some link was not known when the path was first seen
};

// The path as the ASes handed it on: without repetitions, without a collector's own AS at its head, without route
// servers that put themselves in.
void handed_on(std::span<const Asn> asns, const Facts& facts, std::vector<Asn>& out);

class PathMemory {
 public:
  PathMemory(const AttributeStore& store, const Facts& facts, Baseline& baseline)
      : store_(store), facts_(facts), baseline_(baseline) {}

  // `since` for links and leaks that are not known yet: 0 where the route is part of the baseline.
  const PathFacts& get(PathId path, Since since);
  // The id means another path than before.
  void reset(PathId path) {
    if (static_cast<std::size_t>(path) < facts_of_.size()) facts_of_[static_cast<std::size_t>(path)].known = false;
  }
  // What was worked out from tables is worked out again.
  void forget() {
    for (PathFacts& facts : facts_of_) facts.known = false;
  }
  // Links (a, b), a nearer to us, that are not normal at `now`; nearest to the origin first.
  std::vector<std::pair<Asn, Asn>> new_links(PathId path, std::uint32_t now);
  std::span<const Asn> clean(PathId path);  // handed_on; until the next call

 private:
  const PathFacts& work_out(PathId path, PathFacts& facts, Since since);

  const AttributeStore& store_;
  const Facts& facts_;
  Baseline& baseline_;
  std::vector<PathFacts> facts_of_;
  std::vector<Asn> scratch_;
};

}  // namespace fairway
