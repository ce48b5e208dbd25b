// The bogon verdict: a prefix or an origin that must not be seen in the global table, by IANA's special-purpose
// registries (built in) and by the RIRs' delegations (where loaded: unallocated space, unassigned ASNs).
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "core/tables/bogon.h"
#include "core/tables/delegation.h"

namespace fairway {

enum class BogonState : std::uint8_t { none, prefix, asn, both };
std::string_view to_string(BogonState state);

struct BogonVerdict {
  BogonState state = BogonState::none;
  // What decided; null where another did. They live as long as the tables.
  const BogonPrefix* special_prefix = nullptr;
  const Delegation* unallocated_prefix = nullptr;
  const BogonAsn* special_asn = nullptr;
  const Delegation* unallocated_asn = nullptr;

  friend bool operator==(const BogonVerdict&, const BogonVerdict&) = default;
};

// `delegations` null: not loaded; unallocated space is then unknown, and counts as none.
BogonVerdict judge_bogon(const DelegationTable* delegations, const Prefix& prefix, PathOrigin origin);

}  // namespace fairway
