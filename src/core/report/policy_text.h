// The policy verdict on one route, for people and as JSON.
#pragma once

#include <span>
#include <string>

#include "core/verdict/policy.h"

namespace fairway {

// One JSON object of one line, without the line feed; `version` 1: each hop with both sides, the rule that decided and
// the reason.
void append_policy_json(std::string& out, const World& world, const Prefix& prefix, const AsPath& path,
                        std::span<const PolicyHop> hops);
// The same with every rule that is about the neighbour, and what in it decided.
void append_policy_json(std::string& out, const World& world, const Prefix& prefix, const AsPath& path,
                        const PolicyExplanation& explanation);

// A paragraph for each hop, the rule that decided first, and of the others a few.
void append_policy_text(std::string& out, const PolicyExplanation& explanation);

// Why, as a sentence without its end: "no rule is about this neighbour".
std::string_view sentence(PolicyReason reason);

}  // namespace fairway
