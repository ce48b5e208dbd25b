// SetTable: the as-set and route-set objects of Internet routing registries (RFC 2622 section 5), frozen: names and the
// members that stand in their objects, with those that claim to be members (`member-of`) already joined where the set
// allows it (`mbrs-by-ref`). A maintainer's name means something in its own registry alone, so a claim holds for a set
// of the same registry only. Const for ever, shareable between threads. Recursion is irr_expand.h's.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/model/range_operator.h"

namespace fairway {

enum class SetClass : std::uint8_t { as_set, route_set };
std::string_view to_string(SetClass set_class);  // "as-set", "route-set"

// A set as its registry has it. All names in upper case.
struct SetObject {
  struct As {
    Asn asn;
    RangeOperator range;
    friend auto operator<=>(const As&, const As&) = default;
  };
  struct Named {
    std::string name, source;  // `source`: the registry it is pinned to, or empty
    RangeOperator range;
    friend auto operator<=>(const Named&, const Named&) = default;
  };
  struct Ranged {
    Prefix prefix;
    RangeOperator range;
    friend auto operator<=>(const Ranged&, const Ranged&) = default;
  };
  std::string name;
  SetClass set_class = SetClass::as_set;
  std::uint8_t registry = 0;
  std::vector<As> asns;
  std::vector<Named> sets;
  std::vector<Ranged> prefixes;
  std::vector<std::string> by_reference;  // maintainers whose objects may claim to be members; "ANY": everybody's
};

// An aut-num (of an as-set) or route object (of a route-set) that claims to be a member.
struct MemberClaim {
  std::variant<Asn, Prefix> member;
  std::uint8_t registry = 0;
  std::vector<std::string> sets, maintainers;
};

class SetTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  static constexpr std::uint8_t kAnyRegistry = 255;

  struct Member {  // a set by its name
    std::uint32_t name = 0;
    std::uint8_t registry = kAnyRegistry;  // the one it is pinned to
    bool known_registry = true;            // false: pinned to one that is not loaded
    RangeOperator range;
    friend auto operator<=>(const Member&, const Member&) = default;
  };
  struct Set {
    std::uint32_t name = 0;
    SetClass set_class{};
    std::uint8_t registry = 0;
    std::uint32_t asns = 0, sets = 0, prefixes = 0;  // where its members begin; they end where the next set's begin
  };

  // Any order; of objects of one name, class and registry the last stays. At most 255 registries.
  static SetTable build(std::vector<SetObject> objects, std::span<const MemberClaim> claims,
                        std::vector<std::string> registries);

  std::size_t size() const { return sets_.size() - 1; }
  std::span<const std::string> registries() const { return registries_; }
  std::span<const Set> sets() const { return {sets_.data(), size()}; }  // by name, then registry

  // Every name of a set, and every name that a set has for a member. kNone if it is neither.
  std::uint32_t find(std::string_view name) const;  // upper case
  std::string_view name(std::uint32_t id) const { return names_[id]; }
  std::size_t names() const { return names_.size(); }
  // The ids [first, second) of the sets of that name: one a registry and class; none if the name is only a member's.
  std::pair<std::uint32_t, std::uint32_t> named(std::uint32_t name) const { return {first_[name], first_[name + 1]}; }

  // Sorted, each once.
  std::span<const SetObject::As> asns(std::uint32_t set) const { return part(asns_, &Set::asns, set); }
  std::span<const Member> members(std::uint32_t set) const { return part(members_, &Set::sets, set); }
  std::span<const SetObject::Ranged> prefixes(std::uint32_t set) const { return part(prefixes_, &Set::prefixes, set); }

  std::size_t octets() const;  // everything

 private:
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  template <class T>
  std::span<const T> part(const std::vector<T>& all, std::uint32_t Set::* begin, std::uint32_t set) const {
    return std::span(all).subspan(sets_[set].*begin, sets_[set + 1].*begin - sets_[set].*begin);
  }
  std::uint32_t intern(const std::string& name);

  std::vector<std::string> registries_, names_;
  boost::unordered_flat_map<std::string, std::uint32_t, NameHash, std::equal_to<>> ids_;
  std::vector<std::uint32_t> first_;  // of each name: its first set
  std::vector<Set> sets_;             // one more behind the last
  std::vector<SetObject::As> asns_;
  std::vector<Member> members_;
  std::vector<SetObject::Ranged> prefixes_;
};

}  // namespace fairway
