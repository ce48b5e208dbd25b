#include "core/wire/routerconfig/junos_policy.h"

#include <algorithm>

#include "base/text.h"
#include "core/wire/routerconfig/community_named.h"

namespace fairway::reader::junos {

namespace {

constexpr unsigned kDeepest = 20;

template <class Map>
const auto* named(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : &found->second;
}

// Of several that are alternatives: one that holds is enough, else one that is not known spoils it.
template <class List, class Ask>
Truth any_of(const List& list, Ask ask) {
  bool unclear = false;
  for (const auto& one : list) {
    const Truth truth = ask(one);
    if (truth && *truth) return true;
    unclear = unclear || !truth;
  }
  return unclear ? Truth() : Truth(false);
}

Truth both(Truth a, Truth b) {
  if ((a && !*a) || (b && !*b)) return false;
  if (!a || !b) return std::nullopt;
  return true;
}

// "65000:*" and "65000:.*" are whole-part wildcards; other expressions are not followed.
std::optional<bool> part_fits(std::string_view pattern, std::uint32_t value) {
  if (pattern == "*" || pattern == ".*") return true;
  if (const auto number = parse_number<std::uint32_t>(pattern)) return *number == value;
  return std::nullopt;
}

}  // namespace

bool RouteFilters::matches(const Prefix& prefix, bool walks_up) const {
  std::optional<unsigned> longest;
  bool accepted = false;
  ranges.covering(prefix, [&](const PrefixRange& range, std::uint32_t) {
    if (!walks_up && longest && range.prefix.length() < *longest) return true;
    longest = range.prefix.length();
    accepted = accepted || range.accepts(prefix);
    return accepted;
  });
  return accepted;
}

Decision Filters::run(std::size_t index, Direction direction, const Probe& probe, Doubt& doubt) const {
  const RouterSession& session = sessions[index];
  const Chain& chain = chains[index][direction == Direction::import ? 0 : 1];
  Decision decision{.outcome = Outcome::reject, .line = chain.line, .why = "the default policy", .route = probe};
  if (!session.family(probe.prefix.family()).active) {
    decision.why = "the address family is not configured";
    return decision;
  }
  const bool by_default = direction == Direction::import || !probe.own;
  const RouterSession* source = direction == Direction::import ? &session : nullptr;
  for (const RouterSession& other : sessions) {
    if (source == nullptr && !probe.learned_from.empty() && other.name == probe.learned_from) source = &other;
  }
  Asking asking{session, source, decision, doubt, by_default};
  for (const std::string& name : chain.policies) {
    const Answer answer = ask_policy(name, asking, 0);
    if (answer == Answer::next) continue;
    decision.outcome = answer == Answer::accept   ? Outcome::accept
                       : answer == Answer::reject ? Outcome::reject
                                                  : Outcome::unknown;
    return decision;
  }
  decision.line = chain.line;
  decision.why = "the default policy";
  const bool refuses = chain.policies.empty() && !session.internal && reject_by_default[index];
  if (asking.default_accept && !refuses) decision.outcome = Outcome::accept;
  if (refuses) decision.why = "EBGP without a policy (RFC 8212)";
  return decision;
}

Filters::Answer Filters::ask_policy(const std::string& name, Asking& asking, unsigned deep) const {
  const Policy* policy = named(policies, name);
  if (policy == nullptr || deep > kDeepest) {
    asking.decision.why = policy == nullptr ? "there is no policy " + name : "policies are nested too deeply";
    return Answer::unknown;
  }
  for (const Term& term : policy->terms) {
    if (!asking.doubt.work()) {
      asking.decision.why = "the policies do too much work";
      return Answer::unknown;
    }
    Truth truth = matches(term, policy->walks_up.value_or(walks_up), asking, deep);
    if (!truth) {
      truth = asking.doubt.ask(term.line, term.not_understood.empty() ? "a condition that is not known"
                                                                      : "not understood: " + term.not_understood);
    }
    if (!*truth) continue;
    std::optional<Answer> answer;
    bool passes = false;
    for (const Term::Action& action : term.actions) {
      using enum Term::Action::Kind;
      switch (action.kind) {
        case accept: answer = Answer::accept; break;
        case reject: answer = Answer::reject; break;
        case next_policy: answer = Answer::next; break;
        case next_term: passes = true; break;
        case default_accept: asking.default_accept = true; break;
        case default_reject: asking.default_accept = false; break;
        default:
          if (!act(action, asking)) asking.decision.changes_known = false;
      }
      if (answer || passes) break;
    }
    if (!term.understood_actions && !answer) {
      asking.decision.line = term.line;
      asking.decision.why = "an action that is not understood";
      return Answer::unknown;
    }
    if (!answer) continue;
    asking.decision.line = term.line;
    asking.decision.why = "policy " + name + (term.name.empty() ? "" : " term " + term.name);
    return *answer;
  }
  return Answer::next;
}

Truth Filters::match_prefixes(const Term& term, bool filters_walk_up, const Prefix& prefix) const {
  const bool lists = !term.prefix_lists.empty();
  const bool filters = term.route_filters.lines > 0 || !term.route_filter_lists.empty();
  const auto in_list = [&](const auto& asked) -> Truth {
    const RangeSet* list = named(prefix_lists, asked.first);
    if (list == nullptr) return std::nullopt;
    bool found = false;
    list->covering(prefix, [&](const PrefixRange& range, std::uint32_t) {
      const bool same = range.prefix.length() == prefix.length();
      found = asked.second == "exact" ? same : asked.second == "longer" ? !same : true;
      return found;
    });
    return found;
  };
  const auto in_filters = [&]() -> Truth {
    if (term.route_filters.lines > 0 && term.route_filters.matches(prefix, filters_walk_up)) return true;
    return any_of(term.route_filter_lists, [&](const std::string& name) -> Truth {
      const RouteFilters* list = named(route_filter_lists, name);
      return list == nullptr ? Truth() : Truth(list->matches(prefix, filters_walk_up));
    });
  };
  if (!lists && !filters) return true;
  if (!filters) return any_of(term.prefix_lists, in_list);
  if (!lists) return in_filters();
  // Lists and filters in one term: releases differ in whether one or both must match.
  const Truth a = any_of(term.prefix_lists, in_list), b = in_filters();
  return a == b ? a : Truth();
}

Truth Filters::in_list(const AsListQuestion& question, const AsPath& path) const {
  using enum AsListQuestion::Place;
  const auto* list = named(as_lists, question.name);
  if (list == nullptr) return std::nullopt;
  const auto listed = [&](Asn asn) { return list->asns.contains(asn); };
  const auto& segments = path.segments();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto asns = path.asns_of(i);
    const bool set = segments[i].type == SegmentType::set;
    if (question.place == neighbour && i > 0) break;
    if (question.place == origin && i + 1 < segments.size()) continue;
    if (question.place == neighbour && !set) asns = asns.first(std::min<std::size_t>(1, asns.size()));
    if (question.place == origin && !set) asns = asns.last(std::min<std::size_t>(1, asns.size()));
    if (std::ranges::any_of(asns, listed)) return true;
  }
  return list->understood ? Truth(false) : Truth();
}

Truth Filters::match_paths(const Term& term, const AsPath& path) const {
  Truth truth = true;
  for (const auto place :
       {AsListQuestion::Place::origin, AsListQuestion::Place::neighbour, AsListQuestion::Place::any}) {
    const auto asked = [&](const AsListQuestion& question) { return question.place == place; };
    if (std::ranges::none_of(term.as_lists, asked)) continue;
    truth = both(truth, any_of(term.as_lists, [&](const AsListQuestion& question) {
                   return asked(question) ? in_list(question, path) : Truth(false);
                 }));
  }
  if (!term.as_paths.empty()) {
    truth = both(truth, any_of(term.as_paths, [&](const std::string& name) -> Truth {
                   const auto* expression = named(as_paths, name);
                   return expression == nullptr || !*expression ? Truth() : Truth((*expression)->matches(path));
                 }));
  }
  if (!term.as_path_groups.empty()) {
    truth = both(truth, any_of(term.as_path_groups, [&](const std::string& name) -> Truth {
                   const auto* group = named(as_path_groups, name);
                   if (group == nullptr) return std::nullopt;
                   return any_of(*group, [&](const auto& expression) -> Truth {
                     return expression ? Truth(expression->matches(path)) : Truth();
                   });
                 }));
  }
  return truth;
}

Truth Filters::has(const std::string& name, const Probe& route) const {
  const CommunityDefinition* definition = named(communities, name);
  if (definition == nullptr) return std::nullopt;
  Truth all = true;
  for (const std::string& member : definition->members) {
    Truth one = false;
    std::string_view text = member;
    const bool large = text.starts_with("large:");
    if (large) text.remove_prefix(6);
    const auto parts = split(text, ':');
    if (const auto value = community_named(text); value && !large) {
      one = std::ranges::find(route.communities, *value) != route.communities.end();
    } else if (large && parts.size() == 3) {
      one = any_of(route.large_communities, [&](const LargeCommunity& held) {
        return both(both(part_fits(parts[0], held.global), part_fits(parts[1], held.local1)),
                    part_fits(parts[2], held.local2));
      });
    } else if (!large && parts.size() == 2) {
      one = any_of(route.communities, [&](Community held) {
        return both(part_fits(parts[0], held.value >> 16), part_fits(parts[1], held.value & 0xffff));
      });
    } else {
      one = std::nullopt;
    }
    all = both(all, one);
  }
  if (all && definition->inverted) return !*all;
  return all;
}

Truth Filters::matches(const Term& term, bool filters_walk_up, Asking& asking, unsigned deep) const {
  const Probe& route = asking.decision.route;
  Truth truth = both(match_prefixes(term, filters_walk_up, route.prefix), match_paths(term, route.path));
  const auto need = [&](Truth more) { truth = both(truth, more); };
  const auto one_of = [](const auto& list, const auto& value) {
    return list.empty() || std::ranges::find(list, value) != list.end();
  };
  need(one_of(term.families, route.prefix.family()));
  if (!term.communities.empty()) {
    need(any_of(term.communities, [&](const std::string& name) { return has(name, route); }));
  }
  if (!term.validation.empty()) {
    const bool known = validates && route.origin != Validation::not_loaded;
    need(one_of(term.validation, known ? route.origin : Validation::unknown));
  }
  if (!term.protocols.empty()) {
    // What is the router's own came by another protocol, whichever.
    need(std::ranges::any_of(term.protocols, [&](const std::string& name) { return route.own != (name == "bgp"); }));
  }
  const auto remote = asking.source == nullptr ? std::nullopt : asking.source->remote;
  if (!term.neighbours.empty()) need(remote ? Truth(one_of(term.neighbours, *remote)) : Truth(false));
  if (!term.next_hops.empty()) {
    const auto next_hop = route.next_hop ? route.next_hop : remote;
    need(next_hop ? Truth(one_of(term.next_hops, *next_hop)) : Truth());
  }
  if (term.local_preference) need(route.local_pref.value_or(100) == *term.local_preference);
  if (term.metric) need(route.med == term.metric);
  if (term.tag) {
    const auto tag = route.marks.find("tag");
    need(tag != route.marks.end() && tag->second == *term.tag);
  }
  if (term.path_length) {
    const auto& [length, how] = *term.path_length;
    const unsigned held = route.path.length();
    need(how == "orhigher" ? held >= length : how == "orlower" ? held <= length : held == length);
  }
  if (truth && *truth && !term.policies.empty()) {
    need(any_of(term.policies, [&](const std::string& name) -> Truth {
      const Answer answer = ask_policy(name, asking, deep + 1);
      if (answer == Answer::unknown) return std::nullopt;
      return answer == Answer::accept || (answer == Answer::next && asking.default_accept);
    }));
  }
  if (!term.not_understood.empty()) need(std::nullopt);
  return truth;
}

bool Filters::act(const Term::Action& action, Asking& asking) const {
  using enum Term::Action::Kind;
  Probe& route = asking.decision.route;
  const auto moved = [&](std::uint32_t from) {
    if (action.sign == '+') return from + action.number;
    if (action.sign == '-') return from - std::min(from, action.number);
    return action.number;
  };
  switch (action.kind) {
    case local_preference: route.local_pref = moved(route.local_pref.value_or(100)); return true;
    case metric: route.med = moved(route.med.value_or(0)); return true;
    case tag: route.marks["tag"] = action.number; return true;
    case next_hop:
      if (const auto ip = parse_ip(action.name)) route.next_hop = *ip;
      return true;
    case prepend: {
      std::vector<Asn> asns;
      std::string_view text = action.name;
      for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
        const auto asn = parse_asn(word);
        if (!asn) return false;
        asns.push_back(*asn);
      }
      AsPath path(asns);
      for (std::size_t i = 0; i < route.path.segments().size(); ++i) {
        path.add(route.path.segments()[i].type, route.path.asns_of(i));
      }
      route.path = std::move(path);
      return true;
    }
    case community_add:
    case community_set:
    case community_delete: break;
    default: return true;
  }
  const CommunityDefinition* definition = named(communities, action.name);
  if (definition == nullptr) return false;
  if (action.kind == community_set) {
    route.communities.clear();
    route.large_communities.clear();
  }
  for (const std::string& member : definition->members) {
    std::string_view text = member;
    const bool large = text.starts_with("large:");
    if (large) text.remove_prefix(6);
    const auto parts = split(text, ':');
    if (action.kind == community_delete) {
      bool understood = true;
      const auto fits = [&](std::initializer_list<std::uint32_t> values) {
        Truth all = parts.size() == values.size();
        std::size_t i = 0;
        for (const std::uint32_t value : values) {
          if (i < parts.size()) all = both(all, part_fits(parts[i++], value));
        }
        understood = understood && all;
        return all.value_or(false);
      };
      if (const auto value = large ? std::nullopt : community_named(text)) {
        std::erase(route.communities, *value);
      } else if (large) {
        std::erase_if(route.large_communities,
                      [&](const LargeCommunity& held) { return fits({held.global, held.local1, held.local2}); });
      } else {
        std::erase_if(route.communities, [&](Community held) { return fits({held.value >> 16, held.value & 0xffff}); });
      }
      if (!understood) return false;
    } else if (const auto large_value = large ? parse_large_community(text) : std::nullopt) {
      route.large_communities.push_back(*large_value);
    } else if (const auto value = large ? std::nullopt : community_named(text)) {
      route.communities.push_back(*value);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace fairway::reader::junos
