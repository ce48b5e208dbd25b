// What routing policies say (RFC 2622 sections 5.4, 5.6 and 6, RFC 4012 section 2): rules, each with the neighbours it
// is about and the routes that it lets through. Both are expressions, kept as nodes in a few shared lists. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/ip_address.h"
#include "core/model/path_regex.h"
#include "core/model/prefix_range.h"
#include "core/model/range_operator.h"

namespace fairway {

struct PolicyNode {
  enum class Kind : std::uint8_t {
    any,        // every AS, every route
    asn,        // of a neighbour; the routes an AS originates. first: its number
    peer_as,    // the same of the neighbour at hand (PeerAS)
    as_set,     // first: a place in names, as for all sets. A part of the name may be PEERAS: the neighbour's "AS64500"
    route_set,  //
    filter_set,   //
    peering_set,  //
    registered,   // every route that has a route object (RS-ANY, AS-ANY)
    prefixes,     // [first, end) in ranges
    path,         // first: a place in paths
    attribute,    // a condition on what is not known at every hop, such as communities. first: its text in names
    unread,       // what could not be read
    negation,     // of one operand
    conjunction,  // operands [first, end) in operands
    disjunction,
  };
  Kind kind = Kind::any;
  RangeOperator range;  // of asn, peer_as, as_set, route_set and registered, as filters
  std::uint32_t first = 0, end = 0;

  friend bool operator==(const PolicyNode&, const PolicyNode&) = default;
};

// The material of expressions. An expression is the place of its last node; operands stand before their operators.
struct PolicyParts {
  std::vector<PolicyNode> nodes;
  std::vector<std::uint32_t> operands;  // places in nodes
  std::vector<std::string> names;       // of sets in upper case, "RIPE::AS-FOO" if pinned to a registry
  std::vector<PrefixRange> ranges;
  std::vector<PathRegex> paths;

  std::uint32_t add(PolicyNode node);
  // A single operand of an 'and' or 'or' is the expression itself.
  std::uint32_t add(PolicyNode::Kind operation, const std::vector<std::uint32_t>& operands);
};

// One leaf as it would be written: "AS64500^+", "AS-FOO", "{192.0.2.0/24, ...}". `names`: those its places are of.
std::string leaf_text(const PolicyParts& parts, std::span<const std::string> names, const PolicyNode& node);

// Address families that a rule is about (RFC 4012 section 2.2), as bits.
enum AfiBits : std::uint8_t { kIpv4Unicast = 1, kIpv4Multicast = 2, kIpv6Unicast = 4, kIpv6Multicast = 8 };
inline constexpr std::uint8_t kEveryAfi = 15;
constexpr std::uint8_t unicast(Family family) { return family == Family::ipv4 ? kIpv4Unicast : kIpv6Unicast; }

// "from PEERING ... accept FILTER". Numbers are expressions.
struct PolicyFactor {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t peering = 0, filter = 0;
  std::uint32_t via = kNone;  // of import-via and export-via: the AS in between
};

// A term or an expression of terms (RFC 2622 section 6.6).
struct PolicyStep {
  enum class Kind : std::uint8_t {
    factors,  // [first, end) of the factors, any of them
    except,   // first, but what end matches as end says; both places in the steps
    refine,   // what both let through
  };
  Kind kind = Kind::factors;
  std::uint8_t afi = kEveryAfi;  // of except and refine: for other families they are `first` alone
  std::uint32_t first = 0, end = 0;
};

enum class PolicyDirection : std::uint8_t { imports, exports, defaults };

struct PolicyRule {
  PolicyDirection direction = PolicyDirection::imports;
  std::uint8_t afi = kEveryAfi;
  bool between_ases = true;  // false: it is about another protocol than BGP
  bool unread = false;       // not all of it could be read: what was not is a node of that kind
  std::uint32_t step = 0;    // the whole of it
  std::string text;          // "import: from AS64500 accept ANY", one line
};

// The routing policy that an aut-num publishes: its rules in their order, and what they are made of.
struct AutNumPolicy {
  Asn asn;
  std::uint8_t registry = 0;
  std::vector<PolicyRule> rules;
  std::vector<PolicyStep> steps;
  std::vector<PolicyFactor> factors;
  PolicyParts parts;
};

// A filter-set (RFC 2622 section 5.4, RFC 4012 section 4.3) or a peering-set (5.6, 4.4): a name for an expression.
struct PolicySet {
  bool of_peerings = false;  // a peering-set
  std::string name;          // upper case
  std::uint8_t registry = 0;
  bool unread = false;                      // as of rules
  std::optional<std::uint32_t> ipv4, ipv6;  // the expression for each family
  PolicyParts parts;
};

}  // namespace fairway
