// A routing registry's dump: its route and route6 objects (RFC 2622 section 4, RFC 4012 section 3), which say which AS
// may originate a prefix; its as-sets and route-sets (RFC 2622 section 5); the aut-nums and routes that claim to be
// members of those; and, if asked for, the policies of aut-nums with the filter-sets and peering-sets they are made of.
// Any RPSL dump can be read: objects of other classes are counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/policy.h"
#include "core/read/reading.h"
#include "core/tables/irr.h"
#include "core/tables/irr_sets.h"
#include "core/tables/object_store.h"

namespace fairway {

struct RegistryDump {
  // How many objects of a class a registry has in the file, those left out included.
  struct Count {
    std::string registry;  // "" where the objects have no source
    std::string name;      // of the class, lower case
    std::size_t objects = 0;
    friend bool operator==(const Count&, const Count&) = default;
  };

  // All in the file's order; `registry` counts into `registries`.
  std::vector<RouteObject> objects;
  std::vector<SetObject> sets;          // members that cannot be read are left out and counted
  std::vector<MemberClaim> claims;      // of aut-nums, routes and routes6 that have a member-of
  std::vector<AutNumPolicy> policies;   // of every aut-num; a rule that cannot be read stays in, as one that may be any
  std::vector<PolicySet> policy_sets;   // filter-sets and peering-sets, likewise
  std::vector<std::string> registries;  // by their `source`, upper case
  std::vector<Count> counts;            // sorted
  Skips skips;                          // route objects and sets that cannot be read; where: their line
  Skips members;                        // members of sets that cannot be read; where: the line of their set
  Skips rules;                          // rules and policy sets that cannot be read whole; where: their line
};

// Error: refused without any object; malformed if most route objects and sets cannot be read. A dump of other classes
// alone is fine, and has nothing but `counts`. `texts`, if there is one, gets every object; the caller freezes it.
// `policies`: whether they are asked for.
Result<RegistryDump> read_registry_dump(Bytes bytes, ObjectStore* texts = nullptr, bool policies = false);

// Whether it begins as such a text does: a line "class: value" with a class that registries have.
bool is_rpsl(Bytes head);

}  // namespace fairway
