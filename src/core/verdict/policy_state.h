// What can be said of one AS handing a route to another, held against the policy that one of the two publishes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/model/asn.h"
#include "core/tables/policy.h"

namespace fairway {

// In this order a filter's value is the better the later: AND takes the worst of its operands, OR the best, and NOT
// turns bad and special into ok, ok into bad. `unknown` is no value of a filter: no policies are loaded.
enum class PolicyState : std::uint8_t {
  unknown,
  bad,         // the rules do not let the route through
  special,     // neither, but what is amiss is how people write rules rather than the route: see the reason
  unrecorded,  // what would decide is not in the registries
  skipped,     // what would decide is not in the route, or could not be read
  ok,          // a rule lets the route through
};
inline constexpr PolicyState kPolicyStates[] = {PolicyState::ok,      PolicyState::skipped, PolicyState::unrecorded,
                                                PolicyState::special, PolicyState::bad,     PolicyState::unknown};
std::string_view to_string(PolicyState state);

enum class PolicyReason : std::uint8_t {
  none,
  // skipped
  attribute,  // the filter asks for communities or other attributes, which other hops may have had otherwise
  unread,     // a rule or set that could not be read
  as_set,     // an AS_SET in the path
  limit,      // filter-sets within filter-sets that do not end, or too many
  // unrecorded
  no_aut_num,  // the AS has no aut-num object
  no_rules,    // it has no rule of this direction for this address family
  no_set,      // a set that is named is in no registry at hand
  no_routes,   // an AS that is named, and that the route passes, has no route object at all
  // special: where the rule's filter does not match
  export_self,      // it names the exporter alone, and the route is from one of its customers
  import_customer,  // it names the neighbour alone, which is a customer and has the route from others
  missing_route,    // it names the route's origin; the route object is missing
  // special: where no rule matches
  uphill,          // from a customer to its provider
  tier1_pair,      // between two networks without providers
  only_providers,  // its rules are about its providers alone, and this neighbour is none
  // bad
  no_peering,  // no rule is about this neighbour
  filter,      // rules are, and none lets this route through
};
inline constexpr std::size_t kPolicyReasons = static_cast<std::size_t>(PolicyReason::filter) + 1;
std::string_view to_string(PolicyReason reason);  // "no-aut-num", ...; of none ""
PolicyState state_of(PolicyReason reason);        // of none ok

// One direction of one hop.
struct PolicyCheck {
  PolicyState state = PolicyState::unknown;
  PolicyReason reason = PolicyReason::none;
  std::uint32_t rule = PolicyTable::kNone;  // that decided: PolicyTable::rule; kNone where none is about this neighbour

  friend bool operator==(const PolicyCheck&, const PolicyCheck&) = default;
};

// A hop of the path: `from` hands the route to `to`. What stands where an AS_SET does is 0.
struct PolicyHop {
  Asn from, to;
  PolicyCheck exported;  // the rules of `from` towards `to`
  PolicyCheck imported;  // the rules of `to` towards `from`

  friend bool operator==(const PolicyHop&, const PolicyHop&) = default;
};

// "64500>64501:ok/bad(filter)" for each hop, blanks between: the exporter's side, then the importer's.
void append_to(std::string& out, std::span<const PolicyHop> hops);

}  // namespace fairway
