#include "core/verdict/bogon.h"

namespace fairway {

std::string_view to_string(BogonState state) {
  switch (state) {
    case BogonState::prefix: return "prefix";
    case BogonState::asn: return "asn";
    case BogonState::both: return "both";
    case BogonState::none: break;
  }
  return "none";
}

BogonVerdict judge_bogon(const DelegationTable* delegations, const Prefix& prefix, PathOrigin origin) {
  BogonVerdict verdict;
  verdict.special_prefix = bogon_prefix(prefix);
  if (origin.kind == PathOrigin::Kind::as) verdict.special_asn = bogon_asn(origin.asn);
  if (delegations != nullptr) {
    if (verdict.special_prefix == nullptr) {
      const Delegation* given = delegations->of(prefix);
      if (given != nullptr && given->unallocated()) verdict.unallocated_prefix = given;
    }
    if (verdict.special_asn == nullptr && origin.kind == PathOrigin::Kind::as) {
      const Delegation* given = delegations->of(origin.asn);
      if (given != nullptr && given->unallocated()) verdict.unallocated_asn = given;
    }
  }
  const bool prefix_is = verdict.special_prefix != nullptr || verdict.unallocated_prefix != nullptr;
  const bool asn_is = verdict.special_asn != nullptr || verdict.unallocated_asn != nullptr;
  verdict.state = prefix_is ? (asn_is ? BogonState::both : BogonState::prefix)
                  : asn_is  ? BogonState::asn
                            : BogonState::none;
  return verdict;
}

}  // namespace fairway
