// Reasons: why a verdict is what it is, one for each check that found something to say: the check's name, the rule
// (RFC and section, draft) and the fact that decided, as people write it.
#pragma once

#include <string>
#include <vector>

#include "core/report/verdict.h"

namespace fairway {

struct Reason {
  std::string check;  // "origin", "aspa", "irr", "leak", "bogon", "sanity"
  std::string state;  // the check's word
  std::string rule;
  std::string fact;
};

// In the order of the checks. A check that could not be made says so.
std::vector<Reason> reasons(const World& world, const RouteQuestion& question, const RouteVerdict& verdict);

}  // namespace fairway
