// The bogon verdict: are this prefix and this origin such that nobody should see them in the global table? By IANA's
// special-purpose registries, which are built in, and by the delegations of the regional registries, as far as they are
// loaded: space that no loaded file speaks of is unknown, and never a bogon for that. judge_bogon is hot.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "core/tables/bogon.h"
#include "core/tables/delegation.h"

namespace fairway {

enum class BogonState : std::uint8_t { none, prefix, asn, both };  // asn: the origin alone
std::string_view to_string(BogonState state);                      // "none", "prefix", "asn", "both"

enum class BogonReason : std::uint8_t {
  none,             // delegated: no bogon
  unknown,          // no loaded registry speaks of it: no bogon as far as is known
  special_purpose,  // IANA
  unallocated,      // free or reserved at its registry, all of it
};

struct BogonVerdict {
  static constexpr std::uint16_t kNone = 0xFFFF;

  BogonState state = BogonState::none;
  BogonReason prefix = BogonReason::unknown;
  BogonReason asn = BogonReason::unknown;  // none if the path has no origin
  std::uint16_t prefix_row = kNone;        // in bogon_prefixes()
  std::uint16_t asn_row = kNone;           // in bogon_asns()

  friend bool operator==(const BogonVerdict&, const BogonVerdict&) = default;
};
static_assert(sizeof(BogonVerdict) == 8);

// `delegations` null: none are loaded. The two halves can be judged apart and put together, since one belongs to the
// prefix and the other to the path.
BogonVerdict judge_bogon_prefix(const DelegationTable* delegations, const Prefix& prefix);
BogonVerdict judge_bogon_asn(const DelegationTable* delegations, PathOrigin origin);
BogonVerdict both_of(const BogonVerdict& prefix, const BogonVerdict& asn);
BogonVerdict judge_bogon(const DelegationTable* delegations, const Prefix& prefix, PathOrigin origin);

struct BogonExplanation {
  BogonVerdict verdict;
  const BogonPrefix* special_prefix = nullptr;
  const BogonAsn* special_asn = nullptr;
  Delegation prefix_delegation, asn_delegation;    // status unknown: no loaded file speaks of it as a whole
  std::optional<Prefix> unallocated_part;          // of a prefix that no block covers: free space inside
  std::string_view prefix_registry, asn_registry;  // "lacnic"; empty where the delegation is unknown
};
BogonExplanation explain_bogon(const DelegationTable* delegations, const Prefix& prefix, PathOrigin origin);

}  // namespace fairway
