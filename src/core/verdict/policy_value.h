// The value of a policy's expressions for one route at one hop.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/model/asn.h"
#include "core/model/path_regex.h"
#include "core/model/policy.h"
#include "core/model/prefix.h"
#include "core/tables/irr.h"
#include "core/tables/world.h"
#include "core/verdict/policy_members.h"
#include "core/verdict/policy_state.h"

namespace fairway {

struct PolicyValue {
  PolicyState state = PolicyState::ok;
  PolicyReason reason = PolicyReason::none;
  const PolicyParts* parts = nullptr;  // of the leaf that decided
  const PolicyNode* leaf = nullptr;
};

// Where a rule is asked.
struct PolicyPlace {
  Asn self, other;            // whose rule, and its neighbour
  bool exporting = false;     // self hands the route to other
  std::span<const Asn> path;  // as the receiver has it: begins with the exporter, repetitions and all
  std::size_t own = 0;        // how many of the path the exporter put in front
  std::optional<Asn> origin;  // nothing: an AS_SET stands there
  bool has_set = false;       // in the path from here on
  Prefix prefix;
  std::uint32_t run = IrrTable::kNone;  // IrrTable::longest_covering(prefix)
};

class PolicyValues {
 public:
  explicit PolicyValues(const World& world) : world_(world), members_(world) {}

  PolicyValue filter(const PolicyParts& parts, std::uint32_t expression, const PolicyPlace& place);
  PolicyValue peering(const PolicyParts& parts, std::uint32_t expression, Asn other, Family family);
  // Whether a factor is about that neighbour.
  PolicyValue of_factor(const AutNumPolicy& policy, const PolicyFactor& factor, Asn other, Family family);

  // An expression of terms: the neighbour and the route at once.
  PolicyValue step(const AutNumPolicy& policy, std::uint32_t step, const PolicyPlace& place) {
    return terms(policy, step, place, false);
  }

 private:
  static constexpr unsigned kDeepest = 16;         // filter-sets within filter-sets
  static constexpr unsigned kMostNodes = 100'000;  // asked for one filter

  PolicyValue value(const PolicyParts& parts, std::uint32_t expression, const PolicyPlace& place);
  PolicyReason leaf(const PolicyParts& parts, const PolicyNode& node, const PolicyPlace& place);
  PolicyValue filter_set(const PolicyParts& parts, const PolicyNode& node, const PolicyPlace& place);
  PolicyValue neighbours(const PolicyParts& parts, std::uint32_t expression, Asn other, Family family);
  PolicyValue peering_set(const PolicyParts& parts, const PolicyNode& node, Asn other, Family family);
  PolicyValue terms(const AutNumPolicy& policy, std::uint32_t step, const PolicyPlace& place, bool whoever);
  PolicyReason routes_of(Asn asn, RangeOperator range, const PolicyPlace& place) const;
  PolicyReason routes_of(const PolicyMembers& set, RangeOperator range, const PolicyPlace& place) const;
  PolicyReason of_customer(bool self_alone, bool other_alone, const PolicyPlace& place) const;
  PolicyReason as_path(const PathRegex& regex, const PolicyPlace& place);
  bool has_route(const PolicyPlace& place, RangeOperator range, auto accepts) const;
  bool has_routes(Asn asn) const;
  bool is_customer(Asn of, Asn asn) const;
  bool too_much() { return depth_ > kDeepest || ++nodes_ > kMostNodes; }

  const World& world_;
  PolicyMemberTable members_;
  PathMatcher matcher_;
  unsigned depth_ = 0, nodes_ = 0;
};

}  // namespace fairway
