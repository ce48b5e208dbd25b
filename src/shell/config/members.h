// The members of an exchange point as neighbours of its route server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "core/tables/expectation.h"

namespace fairway::config {

struct MemberChoice {
  std::optional<std::uint32_t> exchange, vlan;  // `ixp_id` and `vlan_id`; unset: all
};

// Adds the members of the export that speak with the route servers to `network`, as neighbours of role rs-client, with
// what their ports say: addresses, limits, as-sets. A neighbour that stands there already stays as it is. The peering
// LANs are added to the exchanges. Errors: of the file; refused where no member is left.
Result<void> add_members(Network& network, const std::string& path, const MemberChoice& choice);

}  // namespace fairway::config
