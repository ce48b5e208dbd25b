// PathRegex: an AS-path regular expression of RPSL (RFC 2622 section 5.4), compiled. Its alphabet is the AS numbers; a
// path matches if some run of it does, unless '^' and '$' tie the run to the path's ends. A value.
//
// The program is a nondeterministic automaton, run over the path with all its states at once: time is bounded by
// states times ASes, whatever the expression and the path. What as-sets contain is asked of the caller, who may not
// know.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model/asn.h"

namespace fairway {

struct PathRegex {
  static constexpr std::size_t kMostStates = 4096;

  // What one AS may be: any of the items, or none of them.
  struct Item {
    enum class Kind : std::uint8_t {
      asns /* from first to last */,
      as_set /* first: see PolicyParts::names */,
      peer_as
    };
    Kind kind = Kind::asns;
    std::uint32_t first = 0, last = 0;
    friend bool operator==(const Item&, const Item&) = default;
  };
  struct Atom {
    bool complement = false;           // of no item: '.'
    std::uint32_t first = 0, end = 0;  // items
    friend bool operator==(const Atom&, const Atom&) = default;
  };
  struct State {
    enum class Kind : std::uint8_t {
      atom,    // a: the atom that the next AS must be; then the next state
      same,    // the next AS is the one before it; then the next state
      fork,    // a and b
      begin,   // only in front of the first AS
      end,     // only behind the last AS
      accept,  //
    };
    Kind kind = Kind::accept;
    std::uint32_t a = 0, b = 0;
    friend bool operator==(const State&, const State&) = default;
  };
  std::vector<Item> items;
  std::vector<Atom> atoms;
  std::vector<State> states;  // from the first one; the last one accepts
  std::string text;           // as written, without the brackets

  friend bool operator==(const PathRegex&, const PathRegex&) = default;
};

// Runs them; keeps its memory.
class PathMatcher {
 public:
  // Whether an AS is in the as-set of that place; nothing: the caller does not know.
  template <class Member>
  std::optional<bool> matches(const PathRegex& regex, std::span<const Asn> path, Asn peer, Member member) {
    bool doubtful = false;
    const auto is = [&](const PathRegex::Atom& atom, Asn asn) -> std::optional<bool> {
      std::optional<bool> found = false;
      for (std::uint32_t i = atom.first; i < atom.end && found != true; ++i) {
        const PathRegex::Item& item = regex.items[i];
        switch (item.kind) {
          case PathRegex::Item::Kind::asns:
            if (item.first <= asn.value && asn.value <= item.last) found = true;
            break;
          case PathRegex::Item::Kind::peer_as:
            if (asn == peer) found = true;
            break;
          case PathRegex::Item::Kind::as_set:
            const std::optional<bool> in = member(item.first, asn);
            if (in != false) found = in;
            break;
        }
      }
      if (!found) doubtful = true;
      return found && atom.complement ? !*found : found;
    };
    // What is not known is taken for no, then for yes: more ASes that fit never make a match disappear.
    if (run(regex, path, [&](const PathRegex::Atom& atom, Asn asn) { return is(atom, asn) == true; })) return true;
    if (!doubtful) return false;
    if (!run(regex, path, [&](const PathRegex::Atom& atom, Asn asn) { return is(atom, asn) != false; })) return false;
    return std::nullopt;
  }

 private:
  // Puts a state and what follows from it without an AS into `to`.
  void follow(const PathRegex& regex, std::uint32_t state, std::size_t at, std::size_t size,
              std::vector<std::uint32_t>& to);

  template <class Is>
  bool run(const PathRegex& regex, std::span<const Asn> path, Is is) {
    now_.clear();
    waiting_.clear();
    for (std::size_t at = 0;; ++at) {
      start(regex);
      for (const std::uint32_t state : waiting_) follow(regex, state, at, path.size(), now_);
      follow(regex, 0, at, path.size(), now_);
      if (accepted_) return true;
      if (at == path.size()) return false;
      waiting_.clear();
      for (const std::uint32_t state : now_) {
        const PathRegex::State& of = regex.states[state];
        const bool goes = of.kind == PathRegex::State::Kind::same ? at > 0 && path[at] == path[at - 1]
                                                                  : is(regex.atoms[of.a], path[at]);
        if (goes) waiting_.push_back(state + 1);
      }
      now_.clear();
    }
  }
  void start(const PathRegex& regex);  // forgets which states were entered

  std::vector<std::uint32_t> now_, waiting_, stack_;
  std::vector<std::uint64_t> entered_;  // bits
  bool accepted_ = false;
};

}  // namespace fairway
