#include "core/tables/policy.h"

#include <algorithm>
#include <tuple>

namespace fairway {

namespace {

bool names_something(PolicyNode::Kind kind) {
  using Kind = PolicyNode::Kind;
  return kind == Kind::as_set || kind == Kind::route_set || kind == Kind::filter_set || kind == Kind::peering_set ||
         kind == Kind::attribute;
}

template <class T>
std::size_t octets_of(const std::vector<T>& all) {
  return all.capacity() * sizeof(T);
}

std::size_t octets_of(const PolicyParts& parts) {
  std::size_t octets = octets_of(parts.nodes) + octets_of(parts.operands) + octets_of(parts.ranges);
  for (const PathRegex& path : parts.paths) {
    octets += sizeof path + octets_of(path.items) + octets_of(path.atoms) + octets_of(path.states) + path.text.size();
  }
  return octets;
}

}  // namespace

std::uint32_t PolicyTable::intern(std::string name) {
  const auto [found, added] = ids_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (added) names_.push_back(std::move(name));
  return found->second;
}

void PolicyTable::intern_names(PolicyParts& parts) {
  for (PolicyNode& node : parts.nodes) {
    if (names_something(node.kind)) node.first = intern(parts.names[node.first]);
  }
  for (PathRegex& path : parts.paths) {
    for (PathRegex::Item& item : path.items) {
      if (item.kind == PathRegex::Item::Kind::as_set) item.first = intern(parts.names[item.first]);
    }
    path.items.shrink_to_fit();
    path.atoms.shrink_to_fit();
    path.states.shrink_to_fit();
  }
  parts.names = {};
  parts.nodes.shrink_to_fit();
  parts.operands.shrink_to_fit();
  parts.ranges.shrink_to_fit();
  parts.paths.shrink_to_fit();
}

PolicyTable PolicyTable::build(std::vector<AutNumPolicy> policies, std::vector<PolicySet> sets,
                               std::vector<std::string> registries) {
  PolicyTable table;
  table.registries_ = std::move(registries);
  std::stable_sort(policies.begin(), policies.end(), [](const AutNumPolicy& a, const AutNumPolicy& b) {
    return std::tuple(a.asn, a.rules.empty(), a.registry) < std::tuple(b.asn, b.rules.empty(), b.registry);
  });
  for (AutNumPolicy& policy : policies) {
    if (!table.policies_.empty() && table.policies_.back().asn == policy.asn) continue;
    table.places_.emplace(policy.asn, static_cast<std::uint32_t>(table.policies_.size()));
    table.intern_names(policy.parts);
    policy.rules.shrink_to_fit();
    policy.steps.shrink_to_fit();
    policy.factors.shrink_to_fit();
    table.policies_.push_back(std::move(policy));
    table.first_rule_.push_back(table.first_rule_.back() +
                                static_cast<std::uint32_t>(table.policies_.back().rules.size()));
  }
  std::stable_sort(sets.begin(), sets.end(), [](const PolicySet& a, const PolicySet& b) {
    return std::tie(a.name, a.registry) < std::tie(b.name, b.registry);
  });
  table.sets_ = std::move(sets);
  for (PolicySet& set : table.sets_) table.intern_names(set.parts);
  table.set_of_name_.assign(table.names_.size(), kNone);
  const auto put = [&](const std::string& name, std::size_t set) {
    const auto found = table.ids_.find(name);
    if (found == table.ids_.end() || table.set_of_name_[found->second] != kNone) return;
    table.set_of_name_[found->second] = static_cast<std::uint32_t>(set);
  };
  for (std::size_t i = 0; i < table.sets_.size(); ++i) {
    const PolicySet& set = table.sets_[i];
    put(set.name, i);
    put(table.registries_[set.registry] + "::" + set.name, i);
  }
  table.ids_ = {};
  return table;
}

std::uint32_t PolicyTable::find(Asn asn) const {
  const auto found = places_.find(asn);
  return found == places_.end() ? kNone : found->second;
}

std::uint32_t PolicyTable::policy_of(std::uint32_t rule) const {
  return static_cast<std::uint32_t>(std::upper_bound(first_rule_.begin(), first_rule_.end(), rule) -
                                    first_rule_.begin() - 1);
}

std::size_t PolicyTable::octets() const {
  std::size_t octets = octets_of(policies_) + octets_of(sets_) + octets_of(first_rule_) + octets_of(set_of_name_);
  for (const std::string& name : names_) octets += sizeof name + (name.size() > 15 ? name.capacity() + 1 : 0);
  for (const AutNumPolicy& policy : policies_) {
    octets += octets_of(policy.rules) + octets_of(policy.steps) + octets_of(policy.factors) + octets_of(policy.parts);
    for (const PolicyRule& rule : policy.rules) octets += rule.text.size() > 15 ? rule.text.capacity() + 1 : 0;
  }
  for (const PolicySet& set : sets_) octets += octets_of(set.parts);
  return octets + places_.size() * 3 * sizeof(std::uint32_t);
}

}  // namespace fairway
