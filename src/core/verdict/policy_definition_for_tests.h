// The policy verdict once more, as slowly and plainly as policy.h and RFC 2622 say it: sets by recursion, AS-path
// expressions by trying everything, structured policies turned into the list of plain ones that RFC 2622 section 6.6
// says they are. What tests and fuzzers hold the hot one against.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/model/as_path.h"
#include "core/tables/irr.h"
#include "core/tables/policy.h"
#include "core/tables/relationship.h"
#include "core/tables/world.h"
#include "core/verdict/path_regex_definition_for_tests.h"
#include "core/verdict/policy_sets_definition_for_tests.h"
#include "core/verdict/policy_state.h"

namespace fairway::definition {

// One AS handing a route to another, from the side of `self`.
struct Side {
  Asn self, other;
  bool exporting = false;
  Prefix prefix;
  std::vector<Asn> with_own, without_own;  // the path with the exporter's numbers in front, and without
  std::optional<Asn> origin;
  bool has_set = false;
};

class Policy {
 public:
  using Kind = PolicyNode::Kind;
  using Value = PolicyReason;  // none: yes

  explicit Policy(const World& world) : world_(world), table_(*world.policies), sets_(world) {}

  static PolicyState rank(Value value) { return state_of(value); }
  static Value all(Value a, Value b) { return rank(b) < rank(a) ? b : a; }
  static Value any(Value a, Value b) { return rank(b) > rank(a) ? b : a; }
  static Value opposite(Value value) {
    if (rank(value) == PolicyState::ok) return Value::filter;
    return rank(value) <= PolicyState::special ? Value::none : value;
  }

  PolicyCheck check(const Side& side) const {
    const auto found = [&](Value value, std::uint32_t rule = PolicyTable::kNone) {
      return PolicyCheck{rank(value), value, rule};
    };
    const AutNumPolicy* policy = nullptr;
    std::uint32_t id = 0;
    for (const AutNumPolicy& one : table_.policies()) {
      if (one.asn == side.self) policy = &one;
      if (policy != nullptr) break;
      id += static_cast<std::uint32_t>(one.rules.size());
    }
    if (policy == nullptr) return found(Value::no_aut_num);
    std::vector<std::pair<std::uint32_t, Value>> values;  // of the rules about the neighbour
    bool has_rules = false, only_providers = world_.relationships != nullptr;
    std::optional<std::uint32_t> always;
    for (const PolicyRule& rule : policy->rules) {
      const std::uint32_t number = id++;
      if (rule.direction != (side.exporting ? PolicyDirection::exports : PolicyDirection::imports)) continue;
      if (!rule.between_ases || (rule.afi & unicast(side.prefix.family())) == 0) continue;
      has_rules = true;
      only_providers = only_providers && is_about_providers(*policy, rule);
      const auto plain = list(*policy, rule.step, side);
      Value about = Value::no_peering;
      for (const Plain& one : all_plain(*policy, rule.step, side)) about = any(about, one.peering);
      if (rank(about) == PolicyState::bad) continue;
      Value value = Value::filter;
      for (const Plain& one : plain) value = any(value, all(one.peering, one.filter()));
      values.emplace_back(number, value);
      const bool single = policy->steps[rule.step].kind == PolicyStep::Kind::factors && plain.size() == 1;
      if (!always && single && plain[0].everything && plain[0].peering == Value::none) always = number;
    }
    if (!has_rules) return found(Value::no_rules);
    if (always) return found(Value::none, *always);
    const Value pardon = pardon_of(side);
    if (values.empty()) {
      if (pardon != Value::none) return found(pardon);
      const bool provider =
          world_.relationships != nullptr && world_.relationships->of(side.self, side.other) == Relationship::provider;
      return found(only_providers && !provider ? Value::only_providers : Value::no_peering);
    }
    auto best = values.front();
    for (const auto& value : values) {
      if (rank(value.second) > rank(best.second)) best = value;
    }
    if (rank(best.second) != PolicyState::bad) return found(best.second, best.first);
    return found(pardon == Value::none ? Value::filter : pardon, best.first);
  }

 private:
  struct Plain {
    Value peering;
    std::function<Value()> filter;
    bool everything = false;
  };

  // Whether a route is matched by a term, whoever the neighbour is.
  Value matched(const AutNumPolicy& policy, std::uint32_t place, const Side& side) const {
    const PolicyStep& step = policy.steps[place];
    const bool applies = (step.afi & unicast(side.prefix.family())) != 0;
    if (step.kind == PolicyStep::Kind::except || (step.kind == PolicyStep::Kind::refine && !applies))
      return matched(policy, step.first, side);
    if (step.kind == PolicyStep::Kind::refine)
      return all(matched(policy, step.first, side), matched(policy, step.end, side));
    Value value = Value::filter;
    for (std::uint32_t i = step.first; i < step.end; ++i) {
      value = any(value, filter(policy.parts, policy.factors[i].filter, side, 0));
    }
    return value;
  }

  // RFC 2622 section 6.6: the equivalent plain policies.
  std::vector<Plain> list(const AutNumPolicy& policy, std::uint32_t place, const Side& side) const {
    const PolicyStep step = policy.steps[place];
    const bool applies = (step.afi & unicast(side.prefix.family())) != 0;
    std::vector<Plain> result;
    if (step.kind == PolicyStep::Kind::factors) {
      for (std::uint32_t i = step.first; i < step.end; ++i) {
        const PolicyFactor& factor = policy.factors[i];
        Value about = peering(policy.parts, factor.peering, side, 0);
        if (factor.via != PolicyFactor::kNone) about = any(about, peering(policy.parts, factor.via, side, 0));
        const PolicyNode& node = policy.parts.nodes[factor.filter];
        result.push_back({about, [&policy, factor, side, this] { return filter(policy.parts, factor.filter, side, 0); },
                          node.kind == Kind::any && node.range.is_none()});
      }
      return result;
    }
    const auto left = list(policy, step.first, side);
    if (!applies) return left;
    const auto right = list(policy, step.end, side);
    if (step.kind == PolicyStep::Kind::refine) {
      for (const Plain& a : left) {
        for (const Plain& b : right) {
          result.push_back({all(a.peering, b.peering), [a, b] { return all(a.filter(), b.filter()); }});
        }
      }
      return result;
    }
    const Value in_left = matched(policy, step.first, side), in_right = matched(policy, step.end, side);
    for (const Plain& b : right) result.push_back({b.peering, [b, in_left] { return all(b.filter(), in_left); }});
    for (const Plain& a : left)
      result.push_back({a.peering, [a, in_right] { return all(a.filter(), opposite(in_right)); }});
    return result;
  }

  // Every factor of a rule, whatever the operators between them.
  std::vector<Plain> all_plain(const AutNumPolicy& policy, std::uint32_t place, const Side& side) const {
    const PolicyStep& step = policy.steps[place];
    if (step.kind == PolicyStep::Kind::factors) return list(policy, place, side);
    std::vector<Plain> result = all_plain(policy, step.first, side);
    for (Plain& one : all_plain(policy, step.end, side)) result.push_back(std::move(one));
    return result;
  }

  bool is_about_providers(const AutNumPolicy& policy, const PolicyRule& rule) const {
    const PolicyStep& step = policy.steps[rule.step];
    if (step.kind != PolicyStep::Kind::factors) return false;
    for (std::uint32_t i = step.first; i < step.end; ++i) {
      const PolicyNode& node = policy.parts.nodes[policy.factors[i].peering];
      if (node.kind != Kind::asn) return false;
      if (world_.relationships->of(policy.asn, Asn{node.first}) != Relationship::provider) return false;
    }
    return true;
  }

  Value pardon_of(const Side& side) const {
    if (world_.relationships == nullptr) return Value::none;
    const Asn from = side.exporting ? side.self : side.other, to = side.exporting ? side.other : side.self;
    if (world_.relationships->of(from, to) == Relationship::provider) return Value::uphill;
    return world_.relationships->in_clique(from) && world_.relationships->in_clique(to) ? Value::tier1_pair
                                                                                        : Value::none;
  }

  std::string name(std::uint32_t place, const Side& side) const {
    std::string text = table_.names()[place];
    if (const std::size_t at = text.find("PEERAS"); at != std::string::npos)
      text.replace(at, 6, "AS" + to_string(side.other));
    return text;
  }

  const PolicySet* named(const std::string& text) const {
    const PolicySet* best = nullptr;
    for (const PolicySet& set : table_.sets()) {
      const bool fits = text == set.name || text == table_.registries()[set.registry] + "::" + set.name;
      if (fits && (best == nullptr || set.registry < best->registry)) best = &set;
    }
    return best;
  }

  Value peering(const PolicyParts& parts, std::uint32_t place, const Side& side, int depth) const {
    const PolicyNode& node = parts.nodes[place];
    if (depth > 16) return Value::limit;
    const auto is = [](bool truth) { return truth ? Value::none : Value::no_peering; };
    switch (node.kind) {
      case Kind::negation:
      case Kind::conjunction:
      case Kind::disjunction:
        return joined(parts, node, [&](std::uint32_t operand) { return peering(parts, operand, side, depth); });
      case Kind::any: return is(true);
      case Kind::asn: return is(side.other == Asn{node.first});
      case Kind::as_set: {
        const SetContent content = sets_.content(name(node.first, side));
        return content.has(side.other) || content.whole ? is(content.has(side.other)) : Value::no_set;
      }
      case Kind::peering_set: {
        const PolicySet* set = named(table_.names()[node.first]);
        if (set == nullptr) return Value::no_set;
        const auto& inside = side.prefix.family() == Family::ipv4 ? set->ipv4 : set->ipv6;
        return inside ? peering(set->parts, *inside, side, depth + 1) : Value::unread;
      }
      default: return Value::unread;
    }
  }

  static Value joined(const PolicyParts& parts, const PolicyNode& node, const std::function<Value(std::uint32_t)>& of) {
    if (node.kind == Kind::negation) return opposite(of(parts.operands[node.first]));
    Value value = of(parts.operands[node.first]);
    for (std::uint32_t i = node.first + 1; i < node.end; ++i) {
      const Value next = of(parts.operands[i]);
      value = node.kind == Kind::conjunction ? all(value, next) : any(value, next);
    }
    return value;
  }

  Value filter(const PolicyParts& parts, std::uint32_t place, const Side& side, int depth) const {
    const PolicyNode& node = parts.nodes[place];
    if (depth > 16) return Value::limit;
    const auto is = [](bool truth) { return truth ? Value::none : Value::filter; };
    switch (node.kind) {
      case Kind::negation:
      case Kind::conjunction:
      case Kind::disjunction:
        return joined(parts, node, [&](std::uint32_t operand) { return filter(parts, operand, side, depth); });
      case Kind::any: return is(node.range.is_none() || meant(Prefix(side.prefix).parent(0), node.range, side.prefix));
      case Kind::asn: return of_as(Asn{node.first}, node.range, side);
      case Kind::peer_as: return of_as(side.other, node.range, side);
      case Kind::as_set:
      case Kind::route_set: return of_set(sets_.content(name(node.first, side)), node.range, side);
      case Kind::registered:
        return registered(side, node.range, [](Asn) { return true; }) ? Value::none : Value::missing_route;
      case Kind::prefixes: {
        bool found = false;
        for (std::uint32_t i = node.first; i < node.end; ++i) found = found || parts.ranges[i].accepts(side.prefix);
        return is(found);
      }
      case Kind::path: return of_path(parts.paths[node.first], side);
      case Kind::attribute: return Value::attribute;
      case Kind::filter_set: {
        const PolicySet* set = named(table_.names()[node.first]);
        if (set == nullptr) return Value::no_set;
        const auto& inside = side.prefix.family() == Family::ipv4 ? set->ipv4 : set->ipv6;
        return inside ? filter(set->parts, *inside, side, depth + 1) : Value::unread;
      }
      default: return Value::unread;
    }
  }

  bool registered(const Side& side, RangeOperator range, const std::function<bool(Asn)>& by) const {
    if (world_.irr == nullptr) return false;
    return std::any_of(world_.irr->objects().begin(), world_.irr->objects().end(), [&](const RouteObject& object) {
      return by(object.origin) && meant(object.prefix, range, side.prefix);
    });
  }
  bool has_objects(Asn asn) const {
    return world_.irr != nullptr && std::any_of(world_.irr->objects().begin(), world_.irr->objects().end(),
                                                [&](const RouteObject& object) { return object.origin == asn; });
  }

  bool from_customer(const Side& side) const {
    return world_.relationships != nullptr && !side.without_own.empty() &&
           world_.relationships->of(side.self, side.without_own.front()) == Relationship::customer;
  }
  bool is_customer(const Side& side) const {
    return world_.relationships != nullptr && world_.relationships->of(side.self, side.other) == Relationship::customer;
  }

  Value of_as(Asn asn, RangeOperator range, const Side& side) const {
    if (registered(side, range, [&](Asn origin) { return origin == asn; })) return Value::none;
    const bool passed = std::find(side.with_own.begin(), side.with_own.end(), asn) != side.with_own.end();
    if (passed && !has_objects(asn)) return Value::no_routes;
    if (side.exporting && asn == side.self && from_customer(side)) return Value::export_self;
    if (!side.exporting && asn == side.other && is_customer(side)) return Value::import_customer;
    return side.origin == asn ? Value::missing_route : Value::filter;
  }

  Value of_set(const SetContent& set, RangeOperator range, const Side& side) const {
    if (!set.known) return Value::no_set;
    for (const auto& [asn, inner] : set.asns) {
      const auto both = inner.then(range);
      if (both && registered(side, *both, [member = asn](Asn origin) { return origin == member; })) return Value::none;
    }
    for (const auto& [prefix, inner] : set.prefixes) {
      const auto both = inner.then(range);
      if (both && meant(prefix, *both, side.prefix)) return Value::none;
    }
    if (side.exporting && set.is_only(side.self) && from_customer(side)) return Value::export_self;
    if (!side.exporting && set.is_only(side.other) && is_customer(side)) return Value::import_customer;
    if (side.origin && set.has(*side.origin))
      return has_objects(*side.origin) ? Value::missing_route : Value::no_routes;
    return set.whole ? Value::filter : Value::no_set;
  }

  Value of_path(const PathRegex& regex, const Side& side) const {
    if (side.has_set) return Value::as_set;
    Value value = matches(regex, side.with_own, side);
    if (side.exporting) value = any(value, matches(regex, side.without_own, side));
    return value;
  }

  Value matches(const PathRegex& regex, const std::vector<Asn>& path, const Side& side) const {
    const auto holds = [&](bool doubt) {
      return path_holds(regex, path,
                        [&](const PathRegex::Atom& atom, Asn asn) { return is(regex, atom, asn, side, doubt); });
    };
    if (holds(false)) return Value::none;
    return holds(true) ? Value::no_set : Value::filter;
  }

  // `doubt`: what is not known is taken for what helps.
  bool is(const PathRegex& regex, const PathRegex::Atom& atom, Asn asn, const Side& side, bool doubt) const {
    bool yes = false, unsure = false;
    for (std::uint32_t i = atom.first; i < atom.end; ++i) {
      const PathRegex::Item& item = regex.items[i];
      if (item.kind == PathRegex::Item::Kind::as_set) {
        const SetContent set = sets_.content(name(item.first, side));
        yes = yes || set.has(asn);
        unsure = unsure || !set.whole;
      } else if (item.kind == PathRegex::Item::Kind::peer_as) {
        yes = yes || asn == side.other;
      } else {
        yes = yes || (item.first <= asn.value && asn.value <= item.last);
      }
    }
    if (!yes && unsure) return doubt;
    return yes != atom.complement;
  }

  const World& world_;
  const PolicyTable& table_;
  Sets sets_;
};

inline std::vector<PolicyHop> policy_hops(const World& world, const Prefix& prefix, const AsPath& path) {
  struct Stop {
    std::optional<Asn> asn;  // nothing: an AS_SET
    std::size_t times = 1;
  };
  std::vector<Stop> stops;  // origin first
  for (std::size_t s = path.segments().size(); s-- > 0;) {
    const auto asns = path.asns_of(s);
    if (path.segments()[s].type == SegmentType::set && !asns.empty()) stops.push_back({std::nullopt});
    if (path.segments()[s].type != SegmentType::sequence) continue;
    for (std::size_t i = asns.size(); i-- > 0;) {
      if (!stops.empty() && stops.back().asn == asns[i]) {
        ++stops.back().times;
      } else {
        stops.push_back({asns[i]});
      }
    }
  }
  std::vector<PolicyHop> hops;
  std::vector<Asn> behind;  // the path in front of the hop, origin last
  bool has_set = false;
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    const Stop &from = stops[i], &to = stops[i + 1];
    PolicyHop& hop = hops.emplace_back();
    hop.from = from.asn.value_or(Asn{0});
    hop.to = to.asn.value_or(Asn{0});
    has_set = has_set || !from.asn;
    std::vector<Asn> with_own = behind;
    if (from.asn) with_own.insert(with_own.begin(), from.times, *from.asn);
    if (world.policies != nullptr && (!from.asn || !to.asn)) {
      hop.exported = hop.imported = {PolicyState::skipped, PolicyReason::as_set, PolicyTable::kNone};
    } else if (world.policies != nullptr) {
      const Policy policy(world);
      Side side{*from.asn, *to.asn, true, prefix, with_own, behind, stops.front().asn, has_set};
      hop.exported = policy.check(side);
      std::swap(side.self, side.other);
      side.exporting = false;
      hop.imported = policy.check(side);
    }
    behind = std::move(with_own);
  }
  return hops;
}

}  // namespace fairway::definition
