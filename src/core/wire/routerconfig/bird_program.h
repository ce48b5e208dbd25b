// The filters and functions of a BIRD configuration as a tree of nodes, and what a run of them answers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/wire/routerconfig/bird_value.h"
#include "core/wire/routerconfig/reading.h"

namespace fairway::reader::bird {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = ~NodeId{0};

struct Node {
  enum class Op : std::uint8_t {
    // terms
    constant,    // constants[a]
    variable,    // names[a], of a function or filter
    attribute,   // names[a], of the route
    property,    // kids[0] . names[a] (kids[1]...)
    call,        // functions[a] (kids...)
    chain,       // kids joined by && and || from left to right: bit i of `marks` of the chain is || before kid i + 1
    negation,    // ! kids[0]
    binary,      // kids[0] names[a] kids[1]
    tuple,       // (kids...): a pair or a large community
    extended,    // an extended community
    mask,        // [= =] of constants and terms
    validation,  // names[a] (kids...): roa_check, aspa_check and its like; tables[b]
    defined,
    unknown,  // names[a] says why
    // statements
    block,
    declaration,  // variable names[a], kids[0] if it is given a value
    assignment,   // kids[0] is the variable or attribute, kids[1] the value
    unset,
    condition,  // kids: condition, statement, condition, statement ... and at the end a statement if there is an else
    cases,      // kids[0] the term, then a constant set and a statement, by turns; a set that is kNoNode is `else`
    loop,       // for names[a] in kids[0] do kids[1]
    accept,
    reject,
    finish,  // return kids[0]
    nothing,
  };

  Op op = Op::nothing;
  std::uint32_t line = 0;
  std::uint32_t a = 0, b = 0;
  std::vector<NodeId> kids{};
};

struct Function {
  std::string name;
  std::vector<std::uint32_t> arguments;  // names
  NodeId body = kNoNode;
};

struct Program {
  std::vector<Node> nodes;
  std::vector<Value> constants;
  std::vector<std::string> names;
  std::vector<Function> functions;
  std::vector<std::vector<bool>> chains;  // of a chain node by its `a`: true for ||
};

// A table of ROAs or ASPAs that something fills: a session to a cache, whose answer the probe brings, or routes that
// stand in the configuration.
struct FedTable {
  struct Roa {
    Prefix prefix;
    std::uint8_t most = 0;
    Asn origin;
    friend auto operator<=>(const Roa&, const Roa&) = default;
  };
  bool rtr = false;
  std::vector<Roa> roas;  // sorted

  // RFC 6811 section 2, by the routes that stand there.
  Validation judge(const Prefix& prefix, Asn origin) const;
};

// What a filter sees besides the route itself.
struct Surroundings {
  const RouterSession* session = nullptr;
  const RouterSession* learned_from = nullptr;  // on export; null: no session
  Direction direction = Direction::import;
  const std::map<std::string, FedTable, std::less<>>* fed_tables = nullptr;
};

// Runs a filter (`term`: what stands behind `where`) on a route. Ends: work is bounded, `unknown` beyond.
Decision run(const Program& program, NodeId filter, bool term, const Surroundings& surroundings, const Probe& probe,
             Doubt& doubt);
// The value of a term that needs no route.
Value evaluate(const Program& program, NodeId term);

}  // namespace fairway::reader::bird
