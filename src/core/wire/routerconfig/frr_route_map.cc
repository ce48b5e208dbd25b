#include "core/wire/routerconfig/frr_route_map.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace fairway::reader::frr {

namespace {

constexpr unsigned kDeepest = 20;

std::string joined(const Clause& clause) {
  std::string text;
  for (const std::string& word : clause.words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

template <class Lists>
const auto* named(const Lists& lists, std::string_view name) {
  const auto found = lists.find(name);
  return found == lists.end() ? nullptr : &found->second;
}

}  // namespace

Decision Filters::run(std::size_t index, Direction direction, const Probe& probe, Doubt& doubt) const {
  const RouterSession& session = sessions[index];
  const std::size_t family = probe.prefix.family() == Family::ipv4 ? 0 : 1;
  const Hooks& filter = hooks[index][family][direction == Direction::import ? 0 : 1];
  const std::uint32_t line = session.families[family].policy(direction).line;
  const auto refused = [&](std::string why, std::uint32_t at) {
    return Decision{.outcome = Outcome::reject, .line = at, .why = std::move(why)};
  };
  if (!session.families[family].active) return refused("the address family is not activated", session.line);
  if (!session.internal && requires_policy && !filter.any()) {
    return refused("EBGP without a policy (RFC 8212)", session.line);
  }
  Decision decision{.outcome = Outcome::accept, .line = line, .why = "no filter refuses it", .route = probe};
  if (!filter.distribute_list.empty() && doubt.ask(line, "distribute-list is not followed")) {
    return refused("distribute-list", line);
  }
  if (!filter.prefix_list.empty()) {
    const PrefixList* list = named(prefix_lists[family], filter.prefix_list);
    if (list == nullptr || !list->permits(probe.prefix)) return refused("prefix-list " + filter.prefix_list, line);
  }
  if (!filter.filter_list.empty()) {
    const PathList* list = named(path_lists, filter.filter_list);
    Truth permits = list == nullptr ? Truth(false) : list->permits(fairway::to_string(probe.path));
    if (!permits) permits = doubt.ask(line, "an AS path expression is not understood");
    if (!*permits) return refused("filter-list " + filter.filter_list, line);
  }
  if (filter.route_map.empty()) return decision;
  const RouteMap* map = named(route_maps, filter.route_map);
  if (map == nullptr) return refused("there is no route-map " + filter.route_map, line);
  const RouterSession* source = direction == Direction::import ? &session : nullptr;
  for (const RouterSession& other : sessions) {
    if (source == nullptr && !probe.learned_from.empty() && other.name == probe.learned_from) source = &other;
  }
  Asking asking{session, source, decision, doubt};
  const Answer answer = ask_route_map(*map, asking, 0);
  decision.outcome = answer == Answer::permit ? Outcome::accept
                     : answer == Answer::deny ? Outcome::reject
                                              : Outcome::unknown;
  return decision;
}

bool Filters::matches(const RouteMapEntry& entry, Asking& asking) const {
  std::optional<const Clause*> unclear;
  for (const Clause& clause : entry.matches) {
    const Truth truth = match(clause, asking);
    if (truth && !*truth) return false;
    if (!truth && !unclear) unclear = &clause;
  }
  return !unclear || asking.doubt.ask((*unclear)->line, "not understood: match " + joined(**unclear));
}

Filters::Answer Filters::ask_route_map(const RouteMap& map, Asking& asking, unsigned deep) const {
  Answer answer = Answer::deny;
  asking.decision.line = map.empty() ? 0 : map.begin()->second.line;
  asking.decision.why = "no entry of the route-map matches";
  for (auto at = map.begin(); at != map.end();) {
    if (!asking.doubt.work()) return Answer::unknown;
    const RouteMapEntry& entry = at->second;
    if (!matches(entry, asking)) {
      answer = Answer::deny;  // also behind one that permitted and went on: what was asked last decides
      ++at;
      continue;
    }
    asking.matched = true;
    asking.decision.line = entry.line;
    asking.decision.why = entry.permit ? "route-map permit" : "route-map deny";
    if (!entry.permit) return Answer::deny;
    answer = Answer::permit;
    for (const Clause& clause : entry.sets) {
      if (set(clause, asking)) continue;
      asking.decision.line = clause.line;
      asking.decision.why = "not understood: set " + joined(clause);
      asking.decision.changes_known = false;
    }
    if (!entry.call.empty()) {
      if (const RouteMap* called = named(route_maps, entry.call)) {
        if (deep == kDeepest) return Answer::unknown;
        asking.matched = false;
        answer = ask_route_map(*called, asking, deep + 1);
        asking.matched = true;
        if (answer != Answer::permit) return answer;
      }
    }
    if (entry.then == RouteMapEntry::Then::stop) return answer;
    at = entry.then == RouteMapEntry::Then::next ? std::next(at)
                                                 : map.lower_bound(std::max(entry.target, at->first + 1));
  }
  return answer;
}

Truth Filters::match_address(const Clause& clause, const Asking& asking, const Prefix& prefix, std::size_t at,
                             Family family) const {
  const auto& words = clause.words;
  if (words.size() < at + 2) return std::nullopt;
  if (words[at] == "prefix-list") {
    const PrefixList* list = named(prefix_lists[family == Family::ipv4 ? 0 : 1], words[at + 1]);
    // FRR looks for the first entry that matches by an index of the lists' prefixes: there an empty list has none.
    if (list == nullptr || (list->entries().empty() && !asking.matched)) return false;
    return list->permits(prefix);
  }
  if (words[at] == "prefix-len") {
    const auto length = parse_number<unsigned>(words[at + 1]);
    if (!length) return std::nullopt;
    return prefix.family() == family && prefix.length() == *length;
  }
  if (words[at] == "address") {
    const auto ip = parse_ip(words[at + 1]);
    if (!ip) return std::nullopt;
    return prefix == Prefix::host(*ip);
  }
  return std::nullopt;
}

Truth Filters::match(const Clause& clause, const Asking& asking) const {
  const auto& words = clause.words;
  const Probe& route = asking.decision.route;
  const auto word = [&](std::size_t i) { return i < words.size() ? std::string_view(words[i]) : std::string_view(); };
  const auto is = [](std::optional<std::uint32_t> asked, std::uint32_t held) -> Truth {
    if (!asked) return std::nullopt;
    return *asked == held;
  };
  const Family family = word(0) == "ipv6" ? Family::ipv6 : Family::ipv4;
  if (word(0) == "ip" || word(0) == "ipv6") {
    if (word(1) == "address") return match_address(clause, asking, route.prefix, 2, family);
    if (word(1) == "next-hop" || word(1) == "route-source") {
      const std::optional<IpAddress> remote = asking.source == nullptr ? std::nullopt : asking.source->remote;
      const auto address = word(1) == "next-hop" && route.next_hop ? route.next_hop : remote;
      if (!address) return std::nullopt;
      if (address->family != family) return false;
      return match_address(clause, asking, Prefix::host(*address), 2, family);
    }
    return std::nullopt;
  }
  if (word(0) == "as-path") {
    const PathList* list = named(path_lists, word(1));
    return list == nullptr ? Truth(false) : list->permits(fairway::to_string(route.path));
  }
  if (word(0) == "community" || word(0) == "large-community") {
    const bool exact = word(2) == "exact-match";
    if (words.size() > 3 || (words.size() == 3 && !exact)) return std::nullopt;
    if (word(0) == "community") {
      const auto* list = named(community_lists, word(1));
      return list == nullptr ? Truth(false) : list->permits(route.communities, exact);
    }
    const auto* list = named(large_lists, word(1));
    return list == nullptr ? Truth(false) : list->permits(route.large_communities, exact);
  }
  if (word(0) == "rpki") {
    if (!validates) return false;
    if (word(1) == "valid") return route.origin == Validation::valid;
    if (word(1) == "invalid") return route.origin == Validation::invalid;
    if (word(1) == "notfound") return route.origin == Validation::unknown;
    return std::nullopt;
  }
  if (word(0) == "local-preference") return is(parse_number<std::uint32_t>(word(1)), route.local_pref.value_or(0));
  if (word(0) == "metric") return is(parse_number<std::uint32_t>(word(1)), route.med.value_or(0));
  if (word(0) == "tag") {
    const auto tag = route.marks.find("tag");
    return is(parse_number<std::uint32_t>(word(1)), tag == route.marks.end() ? 0 : tag->second);
  }
  if (word(0) == "peer") {
    const auto ip = parse_ip(word(1));
    if (word(1) == "local") return route.own;
    if (!ip || asking.source == nullptr) return std::nullopt;
    return asking.source->remote == ip;
  }
  if (word(0) == "source-protocol" && !route.own) return word(1) == "bgp";
  return std::nullopt;
}

}  // namespace fairway::reader::frr
