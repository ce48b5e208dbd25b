// The policy verdict: a route held against the import and export rules that the ASes of its path publish (RFC 2622, RFC
// 4012), hop by hop from the origin to the neighbour, both sides of each hop. Only what two neighbouring ASes of the
// path say of each other is judged: repetitions and confederations are passed over, and the collector has no policy.
//
// Which rule decides a check: the first that lets the route through, those first that do so for every route; else the
// first of those that come nearest. Where RPSL leaves open what a rule means: docs/deviations/rpsl.md.
//
// The states and special cases are those of RPSLyzer ("RPSLyzer: Characterization and Verification of Policies in
// Internet Routing Registries", IMC 2024), so that counts can be compared.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "core/tables/world.h"
#include "core/verdict/policy_state.h"
#include "core/verdict/policy_value.h"

namespace fairway {

// With everything it rests on.
struct PolicyExplanation {
  struct Rule {
    std::string text, registry;
    PolicyState state;
    PolicyReason reason;
    std::string what;      // the part of the rule that decided: "AS-FOO"
    bool decides = false;  // this rule is PolicyCheck::rule
  };
  struct Check {
    PolicyCheck check;
    std::vector<Rule> rules;  // all that are about the neighbour, in their order
  };
  struct Hop {
    Asn from, to;
    Check exported, imported;
  };
  std::vector<Hop> hops;
};

// For one thread; remembers paths and pairs of neighbours. The World must outlive it.
class PolicyJudge {
 public:
  explicit PolicyJudge(const World& world);

  // Origin first; empty if the path has one AS or none. `key` as RouteEvent::attributes_key of one decoder: equal keys,
  // equal paths; 0: not known. Lives until the next call.
  std::span<const PolicyHop> judge(const Prefix& prefix, const AsPath& path, std::uint32_t key = 0);

  PolicyExplanation explain(const Prefix& prefix, const AsPath& path);

 private:
  // A rule that is about a neighbour.
  struct Candidate {
    std::uint32_t rule = 0;                      // PolicyTable::rule
    std::uint32_t step = 0;                      // the rule
    std::uint32_t filter = PolicyFactor::kNone;  // of a rule with one factor
    PolicyValue peering;                         // of the same
  };
  // The rules of an AS in one direction for one family, by whom they are about.
  struct Rules {
    std::vector<std::uint32_t> all;                                        // places in AutNumPolicy::rules
    boost::unordered_flat_map<Asn, std::vector<std::uint32_t>> about_one;  // those about a single AS
    std::vector<std::uint32_t> about_more;                                 // the others
    bool only_providers = false;                                           // all are about providers
  };
  // One side of two neighbours.
  struct Pair {
    std::uint32_t policy = PolicyTable::kNone;
    bool settled = false;  // the same for every route: `check`
    PolicyCheck check;
    PolicyReason pardon = PolicyReason::none;  // of what the rules do not let through
    std::vector<Candidate> candidates;
  };
  struct Hop {
    Asn from, to;
    std::uint32_t exported = 0, imported = 0;  // places in pairs_
    std::uint32_t first = 0, own = 0;          // the path as `to` has it begins there; PolicyPlace::own
    bool by_set = false;                       // an AS_SET stands at one end
    bool has_set = false;                      // or further away
  };
  struct Path {
    std::vector<Hop> hops;
    std::vector<Asn> asns;  // neighbour first, without confederations
    std::optional<Asn> origin;
  };
  struct PathHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view words) const;
  };

  std::uint32_t find(const AsPath& path, Family family, std::uint32_t key);
  Path read(const AsPath& path, Family family);
  std::uint32_t pair(Asn self, Asn other, bool exporting, Family family);
  Pair make_pair(Asn self, Asn other, bool exporting, Family family);
  Candidate candidate(const AutNumPolicy& policy, std::uint32_t rule, const PolicyRule& of, Asn other, Family family,
                      PolicyValue& peering);
  PolicyReason pardon(Asn self, Asn other, bool exporting) const;
  const Rules& rules_of(std::uint32_t policy, bool exporting, Family family);
  PolicyValue value(const Pair& pair, const Candidate& candidate, const PolicyPlace& place);
  PolicyCheck check(const Pair& pair, const PolicyPlace& place);
  PolicyCheck settle(const Pair& pair, PolicyValue best, std::uint32_t rule) const;
  PolicyExplanation::Check explain_check(const Pair& pair, const PolicyPlace& place);
  PolicyPlace place_of(const Path& path, const Hop& hop, const Prefix& prefix, bool exporting) const;
  void forget();

  const World& world_;
  PolicyValues values_;
  std::deque<Pair> pairs_;
  std::array<boost::unordered_flat_map<std::uint64_t, std::uint32_t>, 4> pair_of_;  // by direction and family
  boost::unordered_flat_map<std::uint64_t, std::unique_ptr<Rules>> rules_;
  std::vector<Path> paths_;
  boost::unordered_flat_map<std::string, std::uint32_t, PathHash, std::equal_to<>> path_of_;
  std::vector<std::uint32_t> path_of_key_;  // by key and family: its place plus one
  std::string words_;                       // the path at hand
  std::vector<PolicyHop> hops_;
  Prefix last_prefix_;
  std::uint32_t last_run_ = 0;
  bool has_last_ = false;
};

}  // namespace fairway
