// Whether an AS-path expression matches, by trying everything depth first: a part of policy_definition_for_tests.h.
#pragma once

#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "core/model/path_regex.h"

namespace fairway::definition {

// Whether an AS is what an atom asks for.
using IsAtom = std::function<bool(const PathRegex::Atom&, Asn)>;

inline bool runs(const PathRegex& regex, const std::vector<Asn>& path, const IsAtom& is, std::uint32_t state,
                 std::size_t at, std::set<std::pair<std::uint32_t, std::size_t>>& tried) {
  if (!tried.emplace(state, at).second) return false;
  const auto go = [&](std::uint32_t next, std::size_t there) { return runs(regex, path, is, next, there, tried); };
  const PathRegex::State& of = regex.states[state];
  switch (of.kind) {
    case PathRegex::State::Kind::accept: return true;
    case PathRegex::State::Kind::fork: return go(of.a, at) || go(of.b, at);
    case PathRegex::State::Kind::begin: return at == 0 && go(state + 1, at);
    case PathRegex::State::Kind::end: return at == path.size() && go(state + 1, at);
    case PathRegex::State::Kind::same:
      return at < path.size() && at > 0 && path[at] == path[at - 1] && go(state + 1, at + 1);
    case PathRegex::State::Kind::atom: break;
  }
  return at < path.size() && is(regex.atoms[of.a], path[at]) && go(state + 1, at + 1);
}

inline bool path_holds(const PathRegex& regex, const std::vector<Asn>& path, const IsAtom& is) {
  for (std::size_t begin = 0; begin <= path.size(); ++begin) {
    std::set<std::pair<std::uint32_t, std::size_t>> tried;
    if (runs(regex, path, is, 0, begin, tried)) return true;
  }
  return false;
}

}  // namespace fairway::definition
