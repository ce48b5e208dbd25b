// The registry verdict: do the Internet routing registries know this origin for this prefix? The states are those of
// the Internet Health Report's route-origin-validator.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "core/tables/irr.h"

namespace fairway {

enum class RegistryState : std::uint8_t {
  unknown,                // no table is loaded, or the origin is the speaker itself
  not_found,              // no route object covers the prefix
  valid,                  // an object of exactly this prefix names this origin
  invalid,                // objects cover the prefix, none names this origin
  invalid_more_specific,  // this origin is named, for a shorter prefix alone
};
std::string_view to_string(RegistryState state);  // "unknown", "not-found", "valid", "invalid", "invalid-more-specific"

struct RegistryVerdict {
  RegistryState state = RegistryState::unknown;
  std::uint32_t object = IrrTable::kNone;  // the object that decided, the longest; kNone: none covers

  friend bool operator==(const RegistryVerdict&, const RegistryVerdict&) = default;
};

// `irr` null: no table is loaded.
RegistryVerdict judge_registry(const IrrTable* irr, const Prefix& prefix, PathOrigin origin);

struct RegistryExplanation {
  RegistryVerdict verdict;
  std::vector<RouteObject> matching;  // of this origin, exact prefix first
  std::vector<RouteObject> others;    // covering the prefix, of other origins, longest first
};
RegistryExplanation explain_registry(const IrrTable* irr, const Prefix& prefix, PathOrigin origin);

}  // namespace fairway
