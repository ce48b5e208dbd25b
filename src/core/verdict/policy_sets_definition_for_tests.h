// What is in the sets that policies name, found by looking through all sets at each step: a part of
// policy_definition_for_tests.h.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "core/tables/irr_sets.h"
#include "core/tables/world.h"

namespace fairway::definition {

// Whether of a listed prefix with its operators another one is meant.
inline bool meant(const Prefix& listed, RangeOperator range, const Prefix& prefix) {
  if (!listed.covers(prefix)) return false;
  const auto length = static_cast<std::uint8_t>(listed.length());
  const auto lengths = range.apply({length, length}, address_bits(prefix.family()));
  return lengths && lengths->least <= prefix.length() && prefix.length() <= lengths->most;
}

struct SetContent {
  bool known = false, whole = true;
  std::set<std::pair<Asn, RangeOperator>> asns;
  std::set<std::pair<Prefix, RangeOperator>> prefixes;

  bool has(Asn asn) const {
    return std::any_of(asns.begin(), asns.end(), [&](const auto& member) { return member.first == asn; });
  }
  bool is_only(Asn asn) const {
    return whole && prefixes.empty() && asns.size() == 1 && *asns.begin() == std::pair(asn, RangeOperator{});
  }
};

class Sets {
 public:
  explicit Sets(const World& world) : table_(world.sets.get()) {}

  SetContent content(std::string name) const {
    SetContent content;
    std::string registry;
    if (const std::size_t pin = name.find("::"); pin != std::string::npos) {
      registry = name.substr(0, pin);
      name.erase(0, pin + 2);
    }
    const auto set = find(name, registry, std::nullopt);
    content.known = set.has_value();
    content.whole = content.known;
    std::set<std::pair<std::uint32_t, RangeOperator>> seen;
    if (set) walk(*set, {}, seen, content);
    return content;
  }

 private:
  std::optional<std::uint32_t> find(std::string_view name, std::string_view registry,
                                    std::optional<SetClass> only) const {
    std::optional<std::uint32_t> best;
    if (table_ == nullptr) return best;
    for (std::uint32_t i = 0; i < table_->size(); ++i) {
      const SetTable::Set& set = table_->sets()[i];
      if (table_->name(set.name) != name || (only && set.set_class != *only)) continue;
      if (!registry.empty() && !equal_ignoring_case(table_->registries()[set.registry], registry)) continue;
      if (!best || set.registry < table_->sets()[*best].registry) best = i;
    }
    return best;
  }

  void walk(std::uint32_t set, RangeOperator outer, std::set<std::pair<std::uint32_t, RangeOperator>>& seen,
            SetContent& content) const {
    if (!seen.emplace(set, outer).second) return;
    const bool routes = table_->sets()[set].set_class == SetClass::route_set;
    const auto inner = [&](RangeOperator range) { return routes ? range.then(outer) : std::optional(outer); };
    for (const auto& member : table_->asns(set)) {
      if (const auto range = inner(member.range)) content.asns.emplace(member.asn, *range);
    }
    for (const auto& member : table_->prefixes(set)) {
      if (const auto range = member.range.then(outer)) content.prefixes.emplace(member.prefix, *range);
    }
    for (const auto& member : table_->members(set)) {
      const std::string_view registry =
          member.registry == SetTable::kAnyRegistry ? std::string_view() : table_->registries()[member.registry];
      std::optional<std::uint32_t> next;
      if (member.known_registry)
        next = find(table_->name(member.name), registry, routes ? std::nullopt : std::optional(SetClass::as_set));
      if (!next) {
        content.whole = false;
      } else if (const auto range = inner(member.range)) {
        walk(*next, *range, seen, content);
      }
    }
  }

  const SetTable* table_;
};

}  // namespace fairway::definition
