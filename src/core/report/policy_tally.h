// PolicyTally: how the hops of many routes stand against the policies that their ASes publish: by verdict and reason,
// by side of the hop, and by its distance from the origin; and the routes by their worst check. Tallies of parts add up
// to that of the whole, in any order.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "core/verdict/policy.h"

namespace fairway {

struct PolicyTally {
  static constexpr std::size_t kHops =
      8;  // told one by one: from the origin, from there on, ...; the last is all others
  static constexpr std::size_t kStates = std::size(kPolicyStates);

  std::array<std::array<std::uint64_t, kStates>, 2> checks{};          // exports, imports; by PolicyState
  std::array<std::array<std::uint64_t, kPolicyReasons>, 2> reasons{};  // by PolicyReason; checks of no reason are ok
  std::array<std::array<std::uint64_t, kStates>, kHops> hops{};        // both sides
  std::array<std::uint64_t, kStates> routes{};                         // by their worst check
  std::uint64_t without_hops = 0;                                      // routes of a single AS

  void add(std::span<const PolicyHop> hops_of_route);
  void add(const PolicyTally& other);
  std::uint64_t all_routes() const;
};

// A table for people; one JSON object of one line with `version` 1 and the line feed.
void append_policy_tally_text(std::string& out, const PolicyTally& tally);
void append_policy_tally_json(std::string& out, const PolicyTally& tally, const std::string& world);

}  // namespace fairway
