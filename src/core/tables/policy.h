// PolicyTable: the routing policies that ASes publish in their aut-num objects, and the filter-sets and peering-sets
// they name (RFC 2622 sections 5 and 6), frozen. Where several registries have an object of one AS or name, that of the
// first registry holds, of ASes the first with a rule. Const for ever, shareable between threads.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/policy.h"

namespace fairway {

class PolicyTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Any order. `registries`: the most trusted first.
  static PolicyTable build(std::vector<AutNumPolicy> policies, std::vector<PolicySet> sets,
                           std::vector<std::string> registries);

  std::span<const std::string> registries() const { return registries_; }
  std::span<const AutNumPolicy> policies() const { return policies_; }  // by AS
  std::span<const PolicySet> sets() const { return sets_; }             // by name and registry
  // Their places; kNone.
  std::uint32_t find(Asn asn) const;
  std::uint32_t find_set(std::uint32_t name) const { return set_of_name_[name]; }

  // The names in the nodes of all policies and sets are places here: of each table once.
  std::span<const std::string> names() const { return names_; }

  // Rules are counted through all policies.
  std::uint32_t first_rule(std::uint32_t policy) const { return first_rule_[policy]; }
  std::size_t rules() const { return first_rule_.back(); }
  const PolicyRule& rule(std::uint32_t rule) const { return policies_[policy_of(rule)].rules[place_of(rule)]; }
  std::uint32_t policy_of(std::uint32_t rule) const;

  std::size_t octets() const;  // everything, about

 private:
  std::uint32_t place_of(std::uint32_t rule) const { return rule - first_rule_[policy_of(rule)]; }
  std::uint32_t intern(std::string name);
  void intern_names(PolicyParts& parts);

  std::vector<std::string> registries_, names_;
  std::vector<AutNumPolicy> policies_;
  std::vector<std::uint32_t> first_rule_ = {0};  // of each policy, and one more
  std::vector<PolicySet> sets_;
  std::vector<std::uint32_t> set_of_name_;
  boost::unordered_flat_map<std::string, std::uint32_t> ids_;  // of names; empty once it is built
  boost::unordered_flat_map<Asn, std::uint32_t> places_;
};

}  // namespace fairway
