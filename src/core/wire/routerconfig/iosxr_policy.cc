#include "core/wire/routerconfig/iosxr_policy.h"

#include <algorithm>
#include <utility>

namespace fairway::reader::iosxr {

namespace {

using Op = Node::Op;

constexpr unsigned kDeepest = 60;

Truth negated(Truth truth) { return truth ? Truth(!*truth) : truth; }

bool in(const std::pair<std::uint32_t, std::uint32_t>& range, std::uint32_t value) {
  return value >= range.first && value <= range.second;
}

Truth compare(std::string_view how, std::uint32_t held, std::uint32_t asked) {
  if (how == "eq" || how == "is") return held == asked;
  if (how == "ge") return held >= asked;
  if (how == "le") return held <= asked;
  return std::nullopt;
}

Truth fits(const CommunityEntry& entry, Community held) {
  if (entry.parts.size() != 2) return entry.parts.empty() ? Truth() : Truth(false);
  return in(entry.parts[0], held.value >> 16) && in(entry.parts[1], held.value & 0xffff);
}

Truth fits(const CommunityEntry& entry, const LargeCommunity& held) {
  if (entry.parts.size() != 3) return entry.parts.empty() ? Truth() : Truth(false);
  return in(entry.parts[0], held.global) && in(entry.parts[1], held.local1) && in(entry.parts[2], held.local2);
}

template <class Value>
Truth has(const std::vector<Value>& list, const CommunityEntry& entry) {
  if (entry.parts.empty()) return std::nullopt;
  return std::ranges::any_of(list, [&](const Value& held) { return fits(entry, held).value_or(false); });
}

template <class Value>
Truth matches(std::string_view how, const std::vector<Value>& list, const CommunitySet& set) {
  if (how == "is-empty") return list.empty();
  const bool every = how == "matches-every";
  bool unclear = false;
  for (const CommunityEntry& entry : set) {
    const Truth one = has(list, entry);
    if (one && *one != every) return *one;
    unclear = unclear || !one;
  }
  return unclear ? Truth() : Truth(every);
}

}  // namespace

Decision Filters::run(std::size_t index, Direction direction, const Probe& probe, Doubt& doubt) const {
  const RouterSession& session = sessions[index];
  const std::size_t family = probe.prefix.family() == Family::ipv4 ? 0 : 1;
  const std::string& name = hooks[index][family][direction == Direction::import ? 0 : 1];
  Decision decision{
      .outcome = Outcome::reject, .line = session.families[family].policy(direction).line, .route = probe};
  if (!session.families[family].active) {
    decision.why = "the address family is not configured";
    return decision;
  }
  if (name.empty()) {  // EBGP lets nothing in or out without a policy
    decision.outcome = session.internal ? Outcome::accept : Outcome::reject;
    decision.why = "no route-policy";
    decision.line = session.line;
    return decision;
  }
  const auto policy = policies.find(name);
  if (policy == policies.end()) {
    decision.outcome = Outcome::unknown;
    decision.why = "there is no route-policy " + name;
    return decision;
  }
  const RouterSession* source = direction == Direction::import ? &session : nullptr;
  for (const RouterSession& other : sessions) {
    if (source == nullptr && !probe.learned_from.empty() && other.name == probe.learned_from) source = &other;
  }
  Asking asking{source, decision, doubt};
  switch (execute(policy->second, asking, 0)) {
    case Flow::unknown: decision.outcome = Outcome::unknown; break;
    case Flow::drop: decision.outcome = Outcome::reject; break;
    case Flow::done: decision.outcome = Outcome::accept; break;
    case Flow::on:
      decision.outcome = asking.passed ? Outcome::accept : Outcome::reject;
      decision.line = asking.passed ? asking.pass_line : nodes[policy->second].line;
      decision.why = asking.passed ? "pass" : "the policy ends without pass";
  }
  return decision;
}

Filters::Flow Filters::execute(NodeId id, Asking& asking, unsigned deep) const {
  const Node& node = nodes[id];
  const auto stop = [&](Flow flow, std::string why) {
    asking.decision.line = node.line;
    asking.decision.why = std::move(why);
    return flow;
  };
  if (deep > kDeepest || !asking.doubt.work()) return stop(Flow::unknown, "the policies do too much work");
  switch (node.op) {
    case Op::block:
      for (const NodeId kid : node.kids) {
        const Flow flow = execute(kid, asking, deep + 1);
        if (flow != Flow::on) return flow;
      }
      return Flow::on;
    case Op::condition: {
      std::size_t i = 0;
      for (; i + 1 < node.kids.size(); i += 2) {
        Truth truth = holds(node.kids[i], asking, deep + 1);
        if (!truth) truth = asking.doubt.ask(nodes[node.kids[i]].line, "a condition that is not understood");
        if (*truth) return execute(node.kids[i + 1], asking, deep + 1);
      }
      return i < node.kids.size() ? execute(node.kids[i], asking, deep + 1) : Flow::on;
    }
    case Op::pass:
      asking.passed = true;
      asking.pass_line = node.line;
      return Flow::on;
    case Op::drop: return stop(Flow::drop, "drop");
    case Op::done: return stop(Flow::done, "done");
    case Op::apply: {
      const auto policy = policies.find(node.word);
      if (policy == policies.end()) return stop(Flow::unknown, "there is no route-policy " + node.word);
      return execute(policy->second, asking, deep + 1);
    }
    case Op::nothing: return Flow::on;
    case Op::set:
    case Op::remove:
    case Op::prepend: return set(node, asking);
    default: return stop(Flow::unknown, node.word.empty() ? "not understood" : node.word);
  }
}

// What changes a route passes it too.
Filters::Flow Filters::set(const Node& node, Asking& asking) const {
  Probe& route = asking.decision.route;
  asking.passed = true;
  asking.pass_line = node.line;
  const auto moved = [&](std::uint32_t from) {
    if (node.text == "+") return from + node.value;
    if (node.text == "-") return from - std::min(from, node.value);
    return node.value;
  };
  if (node.op == Op::prepend) {
    AsPath path(std::vector<Asn>(node.b, Asn{node.value}));
    for (std::size_t i = 0; i < route.path.segments().size(); ++i) {
      path.add(route.path.segments()[i].type, route.path.asns_of(i));
    }
    route.path = std::move(path);
  } else if (node.op == Op::remove) {
    bool understood = true;
    const auto erase = [&](auto& list) {
      std::erase_if(list, [&](const auto& held) {
        bool found = false;
        for (const CommunityEntry& entry : community_sets[node.a]) {
          const Truth truth = fits(entry, held);
          understood = understood && truth;
          found = found || truth.value_or(false);
        }
        return found != (node.b == 1);
      });
    };
    node.word == "large-community" ? erase(route.large_communities) : erase(route.communities);
    if (!understood) asking.decision.changes_known = false;
  } else if (node.word == "local-preference") {
    route.local_pref = moved(route.local_pref.value_or(100));
  } else if (node.word == "med") {
    route.med = moved(route.med.value_or(0));
  } else if (node.word == "tag" || node.word == "weight") {
    route.marks[node.word] = node.value;
  } else if (node.word == "next-hop") {
    if (const auto ip = parse_ip(node.text)) route.next_hop = *ip;
  } else if (node.word == "community" || node.word == "large-community") {
    const bool large = node.word == "large-community";
    if (node.text != "additive") large ? route.large_communities.clear() : route.communities.clear();
    for (const CommunityEntry& entry : community_sets[node.a]) {
      const auto& parts = entry.parts;
      const bool plain = std::ranges::all_of(parts, [](const auto& part) { return part.first == part.second; });
      if (!plain || parts.size() != (large ? 3u : 2u)) {
        asking.decision.changes_known = false;
      } else if (large) {
        route.large_communities.push_back({parts[0].first, parts[1].first, parts[2].first});
      } else {
        route.communities.push_back(community(parts[0].first, parts[1].first));
      }
    }
  }
  return Flow::on;
}

Truth Filters::test(const PathTest& test, const AsPath& path) const {
  const auto asns = path.asns();
  const std::size_t size = test.asns.size();
  const auto at = [&](std::size_t place) {
    if (place + size > asns.size()) return false;
    for (std::size_t i = 0; i < size; ++i) {
      if (!in(test.asns[i], asns[place + i].value)) return false;
    }
    return true;
  };
  switch (test.kind) {
    case PathTest::Kind::expression:
      return test.pattern ? Truth(test.pattern->matches(fairway::to_string(path))) : Truth();
    case PathTest::Kind::neighbour_is: return at(0);
    case PathTest::Kind::originates_from: return asns.size() >= size && at(asns.size() - size);
    case PathTest::Kind::passes_through:
      for (std::size_t place = 0; place < asns.size(); ++place) {
        if (at(place)) return true;
      }
      return false;
    case PathTest::Kind::length: return compare(test.comparison, path.length(), test.length);
    case PathTest::Kind::unique_length: {
      std::vector<Asn> unique(asns.begin(), asns.end());
      std::ranges::sort(unique);
      const auto behind = std::ranges::unique(unique);
      return compare(test.comparison, static_cast<std::uint32_t>(behind.begin() - unique.begin()), test.length);
    }
    case PathTest::Kind::not_understood: return std::nullopt;
  }
  return std::nullopt;
}

Truth Filters::communities(const Node& node, const Probe& route) const {
  const CommunitySet& set = community_sets[node.a];
  return node.op == Op::large ? matches(node.word, route.large_communities, set)
                              : matches(node.word, route.communities, set);
}

Truth Filters::holds(NodeId id, Asking& asking, unsigned deep) const {
  const Node& node = nodes[id];
  const Probe& route = asking.decision.route;
  if (deep > kDeepest || !asking.doubt.work()) return std::nullopt;
  switch (node.op) {
    case Op::both:
    case Op::either: {
      const bool decides = node.op == Op::either;
      bool unclear = false;
      for (const NodeId kid : node.kids) {
        const Truth truth = holds(kid, asking, deep + 1);
        if (truth && *truth == decides) return decides;
        unclear = unclear || !truth;
      }
      return unclear ? Truth() : Truth(!decides);
    }
    case Op::negation: return negated(holds(node.kids[0], asking, deep + 1));
    case Op::destination: return prefix_sets[node.a].accepts(route.prefix);
    case Op::as_path: {
      bool unclear = false;
      for (const PathTest& one : path_sets[node.a]) {
        const Truth truth = test(one, route.path);
        if (truth && *truth) return true;
        unclear = unclear || !truth;
      }
      return unclear ? Truth() : Truth(false);
    }
    case Op::community:
    case Op::large: return communities(node, route);
    case Op::validation: {
      const auto state = validates && route.origin != Validation::not_loaded ? route.origin : Validation::unknown;
      return static_cast<std::uint32_t>(state) == node.value;
    }
    case Op::number: {
      if (node.word == "local-preference") return compare(node.text, route.local_pref.value_or(100), node.value);
      if (node.word == "med") return compare(node.text, route.med.value_or(0), node.value);
      const auto tag = route.marks.find("tag");
      return compare(node.text, tag == route.marks.end() ? 0 : tag->second, node.value);
    }
    case Op::next_hop: {
      auto next_hop = route.next_hop;
      if (!next_hop && asking.source != nullptr) next_hop = asking.source->remote;
      return next_hop ? Truth(prefix_sets[node.a].accepts(Prefix::host(*next_hop))) : Truth();
    }
    case Op::family: return (route.prefix.family() == Family::ipv4) == (node.value == 4);
    default: return std::nullopt;
  }
}

}  // namespace fairway::reader::iosxr
