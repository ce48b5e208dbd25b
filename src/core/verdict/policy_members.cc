#include "core/verdict/policy_members.h"

#include <algorithm>

#include "core/tables/irr_expand.h"
#include "core/tables/policy.h"

namespace fairway {

bool PolicyMembers::has(Asn asn) const {
  return asns.contains(asn) ||
         std::any_of(ranged_asns.begin(), ranged_asns.end(), [asn](const auto& ranged) { return ranged.first == asn; });
}

bool PolicyMembers::accepts(const Prefix& prefix, RangeOperator outer) const {
  for (const std::uint8_t length : lengths[prefix.family() == Family::ipv4 ? 0 : 1]) {
    if (length > prefix.length()) return false;
    const Prefix listed = prefix.parent(length);
    const auto found = prefixes.find(listed);
    if (found == prefixes.end()) continue;
    for (const RangeOperator range : found->second) {
      const auto both = range.then(outer);
      if (both && is_meant(*both, listed, prefix)) return true;
    }
  }
  return false;
}

PolicyMemberTable::PolicyMemberTable(const World& world)
    : world_(world), by_name_(world.policies ? world.policies->names().size() : 0) {}

const PolicyMembers& PolicyMemberTable::of(std::uint32_t name, Asn peer) {
  if (by_name_[name]) return *by_name_[name];
  std::string text = world_.policies->names()[name];
  constexpr std::string_view kPeer = "PEERAS";
  const std::size_t at = text.find(kPeer);
  if (at == std::string::npos) return *(by_name_[name] = expand(text));
  auto& members = by_name_and_peer_[std::uint64_t{name} << 32 | peer.value];
  if (!members) members = expand(text.replace(at, kPeer.size(), "AS" + to_string(peer)));
  return *members;
}

std::unique_ptr<PolicyMembers> PolicyMemberTable::expand(const std::string& name) const {
  auto members = std::make_unique<PolicyMembers>();
  ExpandOptions options;
  options.allow_private = true;
  const std::string named[] = {name};
  const Expansion expansion = expand_asns(world_, named, options);
  members->known = !expansion.sets.empty();
  members->whole =
      expansion.complete && std::none_of(expansion.findings.begin(), expansion.findings.end(),
                                         [](const auto& finding) { return finding.kind == SetFinding::Kind::missing; });
  for (const ExpandedAsn& found : expansion.asns) {
    if (found.range.is_none()) {
      members->asns.insert(found.asn);
    } else {
      members->ranged_asns.emplace_back(found.asn, found.range);
    }
  }
  for (const ExpandedSet& set : expansion.sets) {
    if (set.id == SetTable::kNone) continue;
    for (const SetObject::Ranged& member : world_.sets->prefixes(set.id)) {
      const auto range = member.range.then(set.range);
      if (range) members->prefixes[member.prefix].push_back(*range);
    }
  }
  for (const auto& [prefix, ranges] : members->prefixes) {
    members->lengths[prefix.family() == Family::ipv4 ? 0 : 1].push_back(static_cast<std::uint8_t>(prefix.length()));
  }
  for (auto& lengths : members->lengths) {
    std::sort(lengths.begin(), lengths.end());
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
  }
  return members;
}

}  // namespace fairway
