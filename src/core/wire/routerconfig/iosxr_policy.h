// Route policies of IOS-XR (RPL), and all that one configuration holds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/filter/path_pattern.h"
#include "core/wire/routerconfig/range_set.h"
#include "core/wire/routerconfig/reading.h"

namespace fairway::reader::iosxr {

using Truth = std::optional<bool>;

// An entry of an as-path-set, or written in place.
struct PathTest {
  enum class Kind : std::uint8_t {
    expression,
    originates_from,
    neighbour_is,
    passes_through,
    length,
    unique_length,
    not_understood
  };
  Kind kind = Kind::not_understood;
  std::optional<PathPattern> pattern{};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> asns{};  // consecutive places of the path, each a range
  std::string comparison{};                                     // eq, is, ge, le
  unsigned length = 0;
};

// A part of a community: a number, a range, or any.
struct CommunityEntry {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> parts{};  // two or three; empty: not understood
};
using CommunitySet = std::vector<CommunityEntry>;

using NodeId = std::uint32_t;

// A condition or a statement.
struct Node {
  enum class Op : std::uint8_t {
    // conditions
    both,
    either,
    negation,
    destination,  // sets[a]
    as_path,      // any of path_sets[a]
    community,    // `word` says how: matches-any, matches-every, is-empty; community_sets[a]
    large,        // likewise
    validation,   // value
    number,       // word: med, local-preference, tag; comparison in `text`; value
    next_hop,     // sets[a]
    family,       // value 4 or 6
    unknown,      // word says why
    // statements
    block,
    condition,  // kids: condition, block, condition, block, ..., and a last block if there is an else
    pass,
    drop,
    done,
    apply,   // word
    set,     // word: what; text: how; value; community_sets[a]
    remove,  // communities in community_sets[a]; b: 1 not in
    prepend,
    nothing,
  } op = Op::nothing;
  std::uint32_t line = 0;
  std::uint32_t a = 0, b = 0, value = 0;
  std::string word{}, text{};
  std::vector<NodeId> kids{};
};

class Filters : public Interpreter {
 public:
  std::vector<Node> nodes;
  std::vector<RangeSet> prefix_sets;
  std::vector<std::vector<PathTest>> path_sets;
  std::vector<CommunitySet> community_sets;
  std::map<std::string, NodeId, std::less<>> policies;
  std::vector<RouterSession> sessions;
  std::vector<std::array<std::array<std::string, 2>, 2>> hooks;  // by session, family, direction; empty: none
  bool validates = false;

  Decision run(std::size_t session, Direction direction, const Probe& probe, Doubt& doubt) const override;

 private:
  enum class Flow : std::uint8_t { on, done, drop, unknown };
  struct Asking {
    const RouterSession* source;
    Decision& decision;
    Doubt& doubt;
    bool passed = false;  // pass, or a change: not dropped at the end
    std::uint32_t pass_line = 0;
  };
  Flow execute(NodeId id, Asking& asking, unsigned deep) const;
  Flow set(const Node& node, Asking& asking) const;
  Truth holds(NodeId id, Asking& asking, unsigned deep) const;
  Truth test(const PathTest& test, const AsPath& path) const;
  Truth communities(const Node& node, const Probe& route) const;
};

}  // namespace fairway::reader::iosxr
