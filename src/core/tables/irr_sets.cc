#include "core/tables/irr_sets.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"

namespace fairway {

std::string_view to_string(SetClass set_class) { return set_class == SetClass::as_set ? "as-set" : "route-set"; }

std::size_t SetTable::NameHash::operator()(std::string_view text) const { return hash_bytes(as_bytes(text)); }

namespace {

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether the set lets an object of these maintainers claim to be its member.
bool allows(const SetObject& set, const MemberClaim& claim) {
  return contains(set.by_reference, "ANY") ||
         std::any_of(claim.maintainers.begin(), claim.maintainers.end(),
                     [&](const std::string& maintainer) { return contains(set.by_reference, maintainer); });
}

auto key(const SetObject& set) { return std::tuple(std::string_view(set.name), set.registry, set.set_class); }

// Joins what claims to be a member to the sets. `objects` is sorted by key.
void join(std::vector<SetObject>& objects, std::span<const MemberClaim> claims) {
  for (const MemberClaim& claim : claims) {
    const bool as = std::holds_alternative<Asn>(claim.member);
    const SetClass set_class = as ? SetClass::as_set : SetClass::route_set;
    for (const std::string& name : claim.sets) {
      const auto wanted = std::tuple(std::string_view(name), claim.registry, set_class);
      const auto found = std::lower_bound(objects.begin(), objects.end(), wanted,
                                          [](const SetObject& set, const auto& key_) { return key(set) < key_; });
      if (found == objects.end() || key(*found) != wanted || !allows(*found, claim)) continue;
      if (as) {
        found->asns.push_back({std::get<Asn>(claim.member), {}});
      } else {
        found->prefixes.push_back({std::get<Prefix>(claim.member), {}});
      }
    }
  }
}

}  // namespace

std::uint32_t SetTable::intern(const std::string& name) {
  const auto [found, fresh] = ids_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.push_back(name);
  return found->second;
}

SetTable SetTable::build(std::vector<SetObject> objects, std::span<const MemberClaim> claims,
                         std::vector<std::string> registries) {
  // The last of equal ones first, where unique leaves it.
  std::reverse(objects.begin(), objects.end());
  std::stable_sort(objects.begin(), objects.end(),
                   [](const SetObject& a, const SetObject& b) { return key(a) < key(b); });
  objects.erase(std::unique(objects.begin(), objects.end(),
                            [](const SetObject& a, const SetObject& b) { return key(a) == key(b); }),
                objects.end());
  join(objects, claims);

  SetTable table;
  table.registries_ = std::move(registries);
  // Names of sets come first, in the order of the sets.
  for (const SetObject& object : objects) {
    const std::uint32_t name = table.intern(object.name);
    if (name == table.first_.size()) table.first_.push_back(static_cast<std::uint32_t>(table.sets_.size()));
    table.sets_.push_back({name, object.set_class, object.registry, 0, 0, 0});
  }
  std::vector<Member> members;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    SetObject& object = objects[i];
    Set& set = table.sets_[i];
    set.asns = static_cast<std::uint32_t>(table.asns_.size());
    set.sets = static_cast<std::uint32_t>(table.members_.size());
    set.prefixes = static_cast<std::uint32_t>(table.prefixes_.size());
    members.clear();
    for (const SetObject::Named& named : object.sets) {
      Member member{table.intern(named.name), kAnyRegistry, true, named.range};
      if (!named.source.empty()) {
        const auto at = std::find(table.registries_.begin(), table.registries_.end(), named.source);
        member.known_registry = at != table.registries_.end();
        if (member.known_registry) member.registry = static_cast<std::uint8_t>(at - table.registries_.begin());
      }
      members.push_back(member);
    }
    sort_unique(members);
    sort_unique(object.asns);
    sort_unique(object.prefixes);
    table.asns_.insert(table.asns_.end(), object.asns.begin(), object.asns.end());
    table.members_.insert(table.members_.end(), members.begin(), members.end());
    table.prefixes_.insert(table.prefixes_.end(), object.prefixes.begin(), object.prefixes.end());
    object = {};
  }
  table.first_.resize(table.names_.size() + 1, static_cast<std::uint32_t>(table.sets_.size()));
  table.sets_.push_back({SetTable::kNone,
                         {},
                         0,
                         static_cast<std::uint32_t>(table.asns_.size()),
                         static_cast<std::uint32_t>(table.members_.size()),
                         static_cast<std::uint32_t>(table.prefixes_.size())});
  return table;
}

std::uint32_t SetTable::find(std::string_view name) const {
  const auto found = ids_.find(name);
  return found == ids_.end() ? kNone : found->second;
}

std::size_t SetTable::octets() const {
  std::size_t octets = names_.capacity() * sizeof(std::string) + ids_.bucket_count() * (sizeof(std::string) + 8) +
                       first_.capacity() * sizeof first_[0] + sets_.capacity() * sizeof sets_[0] +
                       asns_.capacity() * sizeof asns_[0] + members_.capacity() * sizeof members_[0] +
                       prefixes_.capacity() * sizeof prefixes_[0];
  for (const std::string& name : names_) octets += name.size() > 15 ? 2 * (name.size() + 1) : 0;
  return octets;
}

}  // namespace fairway
