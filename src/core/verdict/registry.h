// The registry verdict: do the Internet routing registries (IRR) say that this AS originates this prefix? Route objects
// (RFC 2622 section 4) have no maximum length: an object speaks of its own prefix alone. The words are those of the
// Internet Health Report's route-origin-validator. judge_registry is hot: eight octets, no allocation.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "core/tables/irr.h"
#include "core/verdict/origin.h"

namespace fairway {

enum class RegistryState : std::uint8_t {
  unknown,                // no table, or the origin is the speaker itself and nobody said which AS that is
  not_found,              // no route object covers the prefix
  valid,                  // an object of this prefix names this origin
  invalid_more_specific,  // an object of a shorter prefix names this origin, none of this prefix does
  invalid,                // objects cover the prefix, all of other origins
};
std::string_view to_string(RegistryState state);  // "unknown", "not-found", "valid", "invalid-more-specific", "invalid"

enum class RegistryReason : std::uint8_t { none, no_table, local };

struct RegistryVerdict {
  RegistryState state = RegistryState::unknown;
  RegistryReason reason = RegistryReason::no_table;
  // The object that decided: of the route's origin where there is one, else any that covers; the longest prefix first.
  // IrrTable::kNone if none covers.
  std::uint32_t object = IrrTable::kNone;

  friend bool operator==(const RegistryVerdict&, const RegistryVerdict&) = default;
};
static_assert(sizeof(RegistryVerdict) == 8);

RegistryVerdict judge_registry(const IrrTable& irr, const Prefix& prefix, PathOrigin origin);

// verdicts[i] = judge_registry(irr, routes[i]), the table's memory asked for ahead. Spans of one length.
void judge_registries(const IrrTable& irr, std::span<const PrefixOrigin> routes, std::span<RegistryVerdict> verdicts);

struct RegistryExplanation {
  RegistryVerdict verdict;
  std::string_view description;                                   // one sentence
  std::string_view rule;                                          // "RFC 2622 section 4"
  std::vector<RouteObject> matched, more_specific, other_origin;  // each longest prefix first
};

// `irr` null: no table is loaded.
RegistryExplanation explain_registry(const IrrTable* irr, const Prefix& prefix, PathOrigin origin);

}  // namespace fairway
