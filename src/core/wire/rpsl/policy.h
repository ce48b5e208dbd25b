// The policy attributes of RPSL objects: import, export, default and their multi-protocol kin (RFC 2622 section 6, RFC
// 4012 section 2.5), import-via and export-via (draft-ietf-grow-rpsl-via), filter, peering and theirs (RFC 2622
// sections 5.4 and 5.6, RFC 4012 sections 4.3 and 4.4).
//
// What cannot be read of a text stands in its expression as PolicyNode::Kind::unread, and the error says what was not
// understood. Where a rule is read more liberally than the RFCs say: docs/deviations/rpsl.md.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "core/model/policy.h"
#include "core/wire/rpsl/objects.h"

namespace fairway {

// "import", "mp-export", "export-via", "default", ...: ignoring case.
bool is_policy_attribute(std::string_view name);

// Appends the rule of an attribute whose name is a policy attribute's; `value` as rpsl_value gives it. Whatever the
// text, there is a rule then. What was not understood of it, if something was not; `where`: the octet of the value.
std::optional<Error> read_policy_rule(std::string_view name, std::string_view value, AutNumPolicy& policy);

// Of a filter-set or peering-set object; the registry is left to the caller. Nothing if its name is none of its class.
// RFC 4012 leaves open what a filter-set with both a filter and an mp-filter means: here the first is for IPv4, the
// second for IPv6.
struct PolicySetReading {
  PolicySet set;
  std::optional<Error> error;  // the first; `where`: as above
};
std::optional<PolicySetReading> read_policy_set(const RpslObject& object);

// What the name of a set says it is: "AS1:FLTR-FOO" is a filter_set. Nothing if it is the name of no set that policies
// can use. `text` may be pinned to a registry: "RIPE::AS-FOO".
std::optional<PolicyNode::Kind> kind_of_set(std::string_view text);

}  // namespace fairway
