#include "core/wire/routerconfig/openbgpd_rules.h"

#include <algorithm>
#include <array>

namespace fairway::reader::openbgpd {

namespace {

std::uint32_t value_of(const Number& number, const RouterSession& session) {
  if (number.kind == Number::Kind::neighbour) return session.remote_asn.value_or(Asn{0}).value;
  if (number.kind == Number::Kind::local) return session.local_asn.value_or(Asn{0}).value;
  return number.value;
}

bool fits(const Number& number, std::uint32_t value, const RouterSession& session) {
  return number.kind == Number::Kind::any || value_of(number, session) == value;
}

bool fits(const CommunityPattern& pattern, Community community, const RouterSession& session) {
  return fits(pattern.parts[0], community.value >> 16, session) &&
         fits(pattern.parts[1], community.value & 0xffff, session);
}

bool fits(const CommunityPattern& pattern, const LargeCommunity& value, const RouterSession& session) {
  return fits(pattern.parts[0], value.global, session) && fits(pattern.parts[1], value.local1, session) &&
         fits(pattern.parts[2], value.local2, session);
}

bool has(const CommunityPattern& pattern, const RouterSession& session, const Probe& route) {
  const auto fit = [&](const auto& value) { return fits(pattern, value, session); };
  return pattern.parts.size() == 2 ? std::ranges::any_of(route.communities, fit)
                                   : std::ranges::any_of(route.large_communities, fit);
}

bool fits(const AsMatch& match, Asn asn, const RouterSession& session) {
  if (match.set != nullptr) return match.set->asns.contains(asn);
  const std::uint32_t first = value_of(match.first, session), last = value_of(match.last, session);
  return (asn.value >= first && asn.value <= last) != match.outside;
}

// The rightmost AS of the last sequence: an AS_SET behind it is not looked at.
std::optional<Asn> source_as(const AsPath& path) {
  std::optional<Asn> last;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    if (path.segments()[i].type == SegmentType::sequence && !path.asns_of(i).empty()) last = path.asns_of(i).back();
  }
  return last;
}

bool fits(const AsMatch& match, const RouterSession& session, const AsPath& path) {
  switch (match.part) {
    case AsMatch::Part::empty: return path.empty();
    case AsMatch::Part::peer: {
      const auto asn = path.empty() ? session.local_asn : path.neighbour();
      return fits(match, asn.value_or(Asn{0}), session);
    }
    case AsMatch::Part::source: {
      if (path.segments().empty()) return false;
      return fits(match, source_as(path).value_or(Asn{0}), session);
    }
    case AsMatch::Part::transit:
    case AsMatch::Part::any: break;
  }
  const std::size_t size = path.asns().size();
  for (std::size_t i = 0; i < size; ++i) {
    if (match.part == AsMatch::Part::transit && i + 1 == size) break;
    if (fits(match, path.asns()[i], session)) return true;
  }
  return false;
}

bool fits(const PeerMatch& match, const RouterSession& session) {
  switch (match.kind) {
    case PeerMatch::Kind::any: return true;
    case PeerMatch::Kind::ibgp: return session.internal;
    case PeerMatch::Kind::ebgp: return !session.internal;
    case PeerMatch::Kind::address: return session.remote == match.address;
    case PeerMatch::Kind::group: return session.group == match.group;
    case PeerMatch::Kind::asn: return session.remote_asn == match.asn;
  }
  return false;
}

unsigned longest_run(const AsPath& path) {
  unsigned longest = 0, run = 0;
  std::optional<Asn> before;
  for (const Asn asn : path.asns()) {
    run = before == asn ? run + 1 : 1;
    before = asn;
    longest = std::max(longest, run);
  }
  return longest;
}

bool covers(const PrefixSetMatch& set, const Prefix& prefix) {
  bool found = false;
  set.ranges.covering(prefix, [&](const PrefixRange&, std::uint32_t) { return found = true; });
  return found;
}

// Whether a prefix and its origin are in the set (RFC 6811's valid).
bool valid_in(const PrefixSetMatch& set, const Probe& route) {
  const PathOrigin origin = route.path.origin();
  bool found = false;
  set.ranges.covering(route.prefix, [&](const PrefixRange& range, std::uint32_t value) {
    found = range.accepts(route.prefix) && origin.kind == PathOrigin::Kind::as && set.origins[value] == origin.asn;
    return found;
  });
  return found;
}

// States that nothing was loaded for are "not-found", and "unknown".
bool same(Validation asked, Validation state, bool validates) {
  if (!validates || state == Validation::not_loaded) state = Validation::unknown;
  return asked == state;
}

std::uint32_t moved(std::optional<std::uint32_t> from, const Action& action, std::uint32_t initially) {
  const std::int64_t target = action.relative ? std::int64_t{from.value_or(initially)} + action.number : action.number;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(target, 0, ~std::uint32_t{0}));
}

AsPath prepended(const AsPath& path, Asn asn, std::int64_t times) {
  AsPath result;
  const std::vector<Asn> front(static_cast<std::size_t>(std::clamp<std::int64_t>(times, 0, 255)), asn);
  std::vector<Asn> first = front;
  std::size_t next = 0;
  if (!path.segments().empty() && path.segments()[0].type == SegmentType::sequence) {
    first.insert(first.end(), path.asns_of(0).begin(), path.asns_of(0).end());
    next = 1;
  }
  if (!first.empty()) result.add(SegmentType::sequence, first);
  for (; next < path.segments().size(); ++next) result.add(path.segments()[next].type, path.asns_of(next));
  return result;
}

}  // namespace

std::optional<bool> matches(const Rule& rule, const RouterSession& session, const RouterSession* learned_from,
                            bool validates, const Probe& route) {
  if (!std::ranges::any_of(rule.peers, [&](const PeerMatch& peer) { return fits(peer, session); })) return false;
  if (rule.ovs && !same(*rule.ovs, route.origin, validates)) return false;
  if (rule.avs && !same(*rule.avs, route.providers, validates)) return false;
  if (rule.family && *rule.family != route.prefix.family()) return false;
  if (!rule.as_matches.empty() &&
      !std::ranges::any_of(rule.as_matches, [&](const AsMatch& match) { return fits(match, session, route.path); })) {
    return false;
  }
  if (rule.max_as_len && route.path.length() <= *rule.max_as_len) return false;
  if (rule.max_as_seq && longest_run(route.path) <= *rule.max_as_seq) return false;
  if (rule.max_communities && route.communities.size() <= *rule.max_communities) return false;
  if (rule.max_large_communities && route.large_communities.size() <= *rule.max_large_communities) return false;
  for (const CommunityPattern& pattern : rule.communities) {
    if (!has(pattern, session, route)) return false;
  }
  if (rule.next_hop || rule.next_hop_is_neighbour) {
    const RouterSession* source = rule.direction == Direction::import ? &session : learned_from;
    if (source == nullptr) return false;
    const auto next_hop = route.next_hop ? route.next_hop : source->remote;
    if (next_hop != (rule.next_hop_is_neighbour ? source->remote : rule.next_hop)) return false;
  }
  if (rule.origin_set != nullptr && !valid_in(*rule.origin_set, route)) return false;
  if (rule.prefix_set != nullptr &&
      !(rule.or_longer ? covers(*rule.prefix_set, route.prefix) : rule.prefix_set->ranges.accepts(route.prefix))) {
    return false;
  }
  if (rule.prefixes && !rule.prefixes->ranges.accepts(route.prefix)) return false;
  if (!rule.not_understood.empty()) return std::nullopt;
  return true;
}

void apply(const Action& action, const RouterSession& session, const RouterSession* learned_from, Probe& route) {
  switch (action.kind) {
    case Action::Kind::local_pref: route.local_pref = moved(route.local_pref, action, 100); break;
    case Action::Kind::med: route.med = moved(route.med, action, 0); break;
    case Action::Kind::weight: {
      const auto held = route.marks.find("weight");
      const std::uint32_t before = held == route.marks.end() ? 0 : held->second;
      route.marks["weight"] = moved(before, action, 0);
      break;
    }
    case Action::Kind::community: {
      const std::vector<Number>& parts = action.community.parts;
      const auto fit = [&](const auto& value) { return fits(action.community, value, session); };
      if (action.remove) {
        if (parts.size() == 2) std::erase_if(route.communities, fit);
        if (parts.size() == 3) std::erase_if(route.large_communities, fit);
      } else if (parts.size() == 2) {
        const Community value = community(value_of(parts[0], session), value_of(parts[1], session));
        if (std::ranges::find(route.communities, value) == route.communities.end()) route.communities.push_back(value);
      } else {
        const LargeCommunity value = {value_of(parts[0], session), value_of(parts[1], session),
                                      value_of(parts[2], session)};
        auto& list = route.large_communities;
        if (std::ranges::find(list, value) == list.end()) list.push_back(value);
      }
      break;
    }
    case Action::Kind::next_hop:
      if (action.next_hop) route.next_hop = action.next_hop;
      break;
    case Action::Kind::prepend_self:
      route.path = prepended(route.path, session.local_asn.value_or(Asn{0}), action.number);
      break;
    case Action::Kind::prepend_neighbour: {
      const RouterSession* source = learned_from == nullptr ? &session : learned_from;
      route.path = prepended(route.path, source->remote_asn.value_or(Asn{0}), action.number);
      break;
    }
    case Action::Kind::other: break;
  }
}

}  // namespace fairway::reader::openbgpd
