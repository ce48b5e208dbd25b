#include "core/verdict/policy_value.h"

#include <algorithm>

#include "core/tables/policy.h"
#include "core/tables/relationship.h"

namespace fairway {

namespace {

using Kind = PolicyNode::Kind;

PolicyValue of_leaf(PolicyReason reason, const PolicyParts& parts, const PolicyNode& node) {
  return {state_of(reason), reason, &parts, &node};
}

// Of equals the first.
PolicyValue worse(const PolicyValue& a, const PolicyValue& b) { return b.state < a.state ? b : a; }
PolicyValue better(const PolicyValue& a, const PolicyValue& b) { return b.state > a.state ? b : a; }

PolicyValue opposite(PolicyValue value) {
  if (value.state == PolicyState::ok) {
    value.reason = PolicyReason::filter;
  } else if (value.state <= PolicyState::special) {
    value.reason = PolicyReason::none;
  }
  value.state = state_of(value.reason);
  return value;
}

constexpr PolicyValue kNothing = {PolicyState::bad, PolicyReason::filter, nullptr, nullptr};

// The value of NOT, AND and OR; `value_of` gives that of an operand.
PolicyValue combined(const PolicyParts& parts, const PolicyNode& node, auto value_of) {
  PolicyValue value = value_of(parts.operands[node.first]);
  if (node.kind == Kind::negation) return opposite(value);
  const bool all = node.kind == Kind::conjunction;
  const PolicyState settled = all ? PolicyState::bad : PolicyState::ok;
  for (std::uint32_t i = node.first + 1; i < node.end && value.state != settled; ++i) {
    const PolicyValue next = value_of(parts.operands[i]);
    value = all ? worse(value, next) : better(value, next);
  }
  return value;
}

}  // namespace

PolicyValue PolicyValues::filter(const PolicyParts& parts, std::uint32_t expression, const PolicyPlace& place) {
  depth_ = nodes_ = 0;
  return value(parts, expression, place);
}

PolicyValue PolicyValues::peering(const PolicyParts& parts, std::uint32_t expression, Asn other, Family family) {
  depth_ = nodes_ = 0;
  return neighbours(parts, expression, other, family);
}

PolicyValue PolicyValues::value(const PolicyParts& parts, std::uint32_t expression, const PolicyPlace& place) {
  const PolicyNode& node = parts.nodes[expression];
  if (too_much()) return of_leaf(PolicyReason::limit, parts, node);
  switch (node.kind) {
    case Kind::negation:
    case Kind::conjunction:
    case Kind::disjunction:
      return combined(parts, node, [&](std::uint32_t operand) { return value(parts, operand, place); });
    case Kind::filter_set: return filter_set(parts, node, place);
    default: return of_leaf(leaf(parts, node, place), parts, node);
  }
}

PolicyReason PolicyValues::leaf(const PolicyParts& parts, const PolicyNode& node, const PolicyPlace& place) {
  const auto fits = [](bool truth) { return truth ? PolicyReason::none : PolicyReason::filter; };
  switch (node.kind) {
    case Kind::any: return fits(node.range.is_none() || is_meant(node.range, place.prefix.parent(0), place.prefix));
    case Kind::asn: return routes_of(Asn{node.first}, node.range, place);
    case Kind::peer_as: return routes_of(place.other, node.range, place);
    case Kind::as_set:
    case Kind::route_set: return routes_of(members_.of(node.first, place.other), node.range, place);
    case Kind::registered:
      return has_route(place, node.range, [](Asn) { return true; }) ? PolicyReason::none : PolicyReason::missing_route;
    case Kind::prefixes:
      return fits(std::any_of(parts.ranges.begin() + node.first, parts.ranges.begin() + node.end,
                              [&](const PrefixRange& range) { return range.accepts(place.prefix); }));
    case Kind::path: return as_path(parts.paths[node.first], place);
    case Kind::attribute: return PolicyReason::attribute;
    case Kind::unread: return PolicyReason::unread;
    default: return PolicyReason::filter;
  }
}

PolicyValue PolicyValues::filter_set(const PolicyParts& parts, const PolicyNode& node, const PolicyPlace& place) {
  const std::uint32_t found = world_.policies->find_set(node.first);
  if (found == PolicyTable::kNone) return of_leaf(PolicyReason::no_set, parts, node);
  const PolicySet& set = world_.policies->sets()[found];
  const auto& expression = place.prefix.family() == Family::ipv4 ? set.ipv4 : set.ipv6;
  if (!expression) return of_leaf(PolicyReason::unread, parts, node);
  ++depth_;
  const PolicyValue inside = value(set.parts, *expression, place);
  --depth_;
  return inside;
}

PolicyValue PolicyValues::neighbours(const PolicyParts& parts, std::uint32_t expression, Asn other, Family family) {
  const PolicyNode& node = parts.nodes[expression];
  if (too_much()) return of_leaf(PolicyReason::limit, parts, node);
  const auto is = [&](bool truth) {
    return of_leaf(truth ? PolicyReason::none : PolicyReason::no_peering, parts, node);
  };
  switch (node.kind) {
    case Kind::negation:
    case Kind::conjunction:
    case Kind::disjunction:
      return combined(parts, node, [&](std::uint32_t operand) { return neighbours(parts, operand, other, family); });
    case Kind::any: return is(true);
    case Kind::asn: return is(other.value == node.first);
    case Kind::as_set: {
      const PolicyMembers& set = members_.of(node.first, other);
      if (set.has(other)) return is(true);
      return set.whole ? is(false) : of_leaf(PolicyReason::no_set, parts, node);
    }
    case Kind::peering_set: return peering_set(parts, node, other, family);
    default: return of_leaf(PolicyReason::unread, parts, node);
  }
}

PolicyValue PolicyValues::peering_set(const PolicyParts& parts, const PolicyNode& node, Asn other, Family family) {
  const std::uint32_t found = world_.policies->find_set(node.first);
  if (found == PolicyTable::kNone) return of_leaf(PolicyReason::no_set, parts, node);
  const PolicySet& set = world_.policies->sets()[found];
  const auto& expression = family == Family::ipv4 ? set.ipv4 : set.ipv6;
  if (!expression) return of_leaf(PolicyReason::unread, parts, node);
  ++depth_;
  const PolicyValue inside = neighbours(set.parts, *expression, other, family);
  --depth_;
  return inside;
}

PolicyValue PolicyValues::terms(const AutNumPolicy& policy, std::uint32_t place_of_step, const PolicyPlace& place,
                                bool whoever) {
  const PolicyStep& step = policy.steps[place_of_step];
  const Family family = place.prefix.family();
  const auto is = [&](std::uint32_t side, bool of_whom) { return terms(policy, side, place, of_whom); };
  switch (step.kind) {
    case PolicyStep::Kind::except:
      if ((step.afi & unicast(family)) == 0 || whoever) return is(step.first, whoever);
      return better(worse(is(step.end, false), is(step.first, true)),
                    worse(is(step.first, false), opposite(is(step.end, true))));
    case PolicyStep::Kind::refine:
      if ((step.afi & unicast(family)) == 0) return is(step.first, whoever);
      return worse(is(step.first, whoever), is(step.end, whoever));
    case PolicyStep::Kind::factors: break;
  }
  PolicyValue value = kNothing;
  for (std::uint32_t i = step.first; i < step.end && value.state != PolicyState::ok; ++i) {
    const PolicyFactor& factor = policy.factors[i];
    PolicyValue next = filter(policy.parts, factor.filter, place);
    if (!whoever) next = worse(of_factor(policy, factor, place.other, family), next);
    value = better(value, next);
  }
  return value;
}

PolicyValue PolicyValues::of_factor(const AutNumPolicy& policy, const PolicyFactor& factor, Asn other, Family family) {
  PolicyValue value = peering(policy.parts, factor.peering, other, family);
  if (factor.via != PolicyFactor::kNone) value = better(value, peering(policy.parts, factor.via, other, family));
  return value;
}

bool PolicyValues::has_route(const PolicyPlace& place, RangeOperator range, auto accepts) const {
  if (world_.irr == nullptr) return false;
  const auto runs = world_.irr->runs();
  const auto objects = world_.irr->objects();
  for (std::uint32_t run = place.run; run != IrrTable::kNone; run = runs[run].parent) {
    const Prefix& listed = objects[runs[run].first].prefix;
    if (range.is_none() ? listed != place.prefix : !is_meant(range, listed, place.prefix)) {
      if (range.is_none()) return false;  // those that follow are shorter
      continue;
    }
    for (std::uint32_t id = runs[run].first; id < runs[run].end; ++id) {
      if (accepts(objects[id].origin)) return true;
    }
  }
  return false;
}

bool PolicyValues::has_routes(Asn asn) const {
  return world_.irr != nullptr &&
         (!world_.irr->of_origin(asn, Family::ipv4).empty() || !world_.irr->of_origin(asn, Family::ipv6).empty());
}

bool PolicyValues::is_customer(Asn of, Asn asn) const {
  return world_.relationships != nullptr && world_.relationships->of(of, asn) == Relationship::customer;
}

// The exporter's own routes alone, and it hands on one of a customer; the neighbour's alone, and that is a customer.
PolicyReason PolicyValues::of_customer(bool self_alone, bool other_alone, const PolicyPlace& place) const {
  if (place.exporting) {
    if (self_alone && place.own < place.path.size() && is_customer(place.self, place.path[place.own])) {
      return PolicyReason::export_self;
    }
  } else if (other_alone && is_customer(place.self, place.other)) {
    return PolicyReason::import_customer;
  }
  return PolicyReason::filter;
}

PolicyReason PolicyValues::routes_of(Asn asn, RangeOperator range, const PolicyPlace& place) const {
  if (has_route(place, range, [asn](Asn origin) { return origin == asn; })) return PolicyReason::none;
  if (std::find(place.path.begin(), place.path.end(), asn) != place.path.end() && !has_routes(asn)) {
    return PolicyReason::no_routes;
  }
  const PolicyReason reason = of_customer(asn == place.self, asn == place.other, place);
  return reason == PolicyReason::filter && place.origin == asn ? PolicyReason::missing_route : reason;
}

PolicyReason PolicyValues::routes_of(const PolicyMembers& set, RangeOperator range, const PolicyPlace& place) const {
  if (!set.known) return PolicyReason::no_set;
  if (has_route(place, range, [&](Asn origin) { return set.asns.contains(origin); })) return PolicyReason::none;
  if (set.accepts(place.prefix, range)) return PolicyReason::none;
  for (const auto& [asn, inner] : set.ranged_asns) {
    const auto both = inner.then(range);
    if (both && has_route(place, *both, [member = asn](Asn origin) { return origin == member; })) {
      return PolicyReason::none;
    }
  }
  const PolicyReason reason = of_customer(set.only(place.self), set.only(place.other), place);
  if (reason != PolicyReason::filter) return reason;
  if (place.origin && set.has(*place.origin)) {
    return has_routes(*place.origin) ? PolicyReason::missing_route : PolicyReason::no_routes;
  }
  return set.whole ? PolicyReason::filter : PolicyReason::no_set;
}

// Registries have both ways: what an AS announces with its own number in front, and without.
PolicyReason PolicyValues::as_path(const PathRegex& regex, const PolicyPlace& place) {
  if (place.has_set) return PolicyReason::as_set;
  const auto member = [&](std::uint32_t name, Asn asn) -> std::optional<bool> {
    const PolicyMembers& set = members_.of(name, place.other);
    if (set.has(asn)) return true;
    return set.whole ? std::optional(false) : std::nullopt;
  };
  auto found = matcher_.matches(regex, place.path, place.other, member);
  if (found != true && place.exporting) {
    const auto without = matcher_.matches(regex, place.path.subspan(place.own), place.other, member);
    if (without != false) found = without;
  }
  if (!found) return PolicyReason::no_set;
  return *found ? PolicyReason::none : PolicyReason::filter;
}

}  // namespace fairway
