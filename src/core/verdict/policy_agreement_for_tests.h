// When a policy verdict is as it is defined (policy_definition_for_tests.h).
#pragma once

#include "core/tables/policy.h"
#include "core/tables/world.h"
#include "core/verdict/policy_state.h"

namespace fairway::definition {

// Whether two verdicts agree. What of a structured policy's reasons comes first is not defined.
inline bool agree(const World& world, const PolicyHop& a, const PolicyHop& b) {
  const auto same = [&](const PolicyCheck& x, const PolicyCheck& y) {
    if (x.state != y.state || x.rule != y.rule) return false;
    if (x.reason == y.reason) return true;
    if (x.rule == PolicyTable::kNone) return false;
    const AutNumPolicy& policy = world.policies->policies()[world.policies->policy_of(x.rule)];
    return policy.steps[world.policies->rule(x.rule).step].kind != PolicyStep::Kind::factors;
  };
  return a.from == b.from && a.to == b.to && same(a.exported, b.exported) && same(a.imported, b.imported);
}

}  // namespace fairway::definition
