// Policies of Junos: terms in order, each with conditions and actions; and all that one configuration holds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/wire/routerconfig/asn_expression.h"
#include "core/wire/routerconfig/asn_ranges.h"
#include "core/wire/routerconfig/range_set.h"
#include "core/wire/routerconfig/reading.h"

namespace fairway::reader::junos {

using Truth = std::optional<bool>;

// route-filter lines of one term, or a route-filter-list: of the lines that cover a route those with the longest prefix
// alone are asked for its length.
struct RouteFilters {
  RangeSet ranges;  // of what a line accepts; `none` among the values: a line that accepts no length (longer than /32)
  std::uint32_t lines = 0;
  // `walks_up`: where the longest does not accept, the shorter ones are asked in turn (route-filter walkup, 13.3).
  bool matches(const Prefix& prefix, bool walks_up) const;
};

// An as-list, or an as-list-group: they share their names.
struct AsList {
  AsnRanges asns;
  bool understood = true;  // all its members
};

// as-path-origins, as-path-neighbors, as-path-transits: whether the last AS of a path, the first, or any is in a list;
// an AS_SET in that place is, if one of its members is (21.3, "Improve the Performance of AS Path Lookup in BGP
// Policy").
struct AsListQuestion {
  enum class Place : std::uint8_t { origin, neighbour, any } place = Place::any;
  std::string name;
};

// What a community of that name is: all its members must be there.
struct CommunityDefinition {
  std::vector<std::string> members;
  bool inverted = false;
};

struct Term {
  std::string name;
  std::uint32_t line = 0;
  RouteFilters route_filters;
  std::vector<std::pair<std::string, std::string>> prefix_lists;  // name, and exact, orlonger or longer
  std::vector<std::string> route_filter_lists, as_paths, as_path_groups, communities, policies;
  std::vector<AsListQuestion> as_lists;
  std::vector<Family> families;
  std::vector<Validation> validation;
  std::vector<std::string> protocols;
  std::vector<IpAddress> neighbours, next_hops;
  std::optional<std::uint32_t> local_preference, metric, tag;
  std::optional<std::pair<unsigned, std::string>> path_length;  // equal, orhigher, orlower
  std::string not_understood;                                   // a condition that is not
  struct Action {
    enum class Kind : std::uint8_t {
      accept,
      reject,
      next_term,
      next_policy,
      default_accept,
      default_reject,
      local_preference,
      metric,
      tag,
      community_add,
      community_set,
      community_delete,
      prepend,
      next_hop,
      other,
    } kind = Kind::other;
    std::uint32_t number = 0;
    char sign = ' ';
    std::string name{};
    std::uint32_t line = 0;
  };
  std::vector<Action> actions;
  bool understood_actions = true;
};

struct Policy {
  std::vector<Term> terms;  // the last may be the nameless one
  std::uint32_t line = 0;
  std::optional<bool> walks_up;  // route filters; nothing: as `defaults` says for all
};

// What a session applies, in order, in one direction.
struct Chain {
  std::vector<std::string> policies;
  std::uint32_t line = 0;
};

class Filters : public Interpreter {
 public:
  std::map<std::string, RangeSet, std::less<>> prefix_lists;
  std::map<std::string, RouteFilters, std::less<>> route_filter_lists;
  std::map<std::string, std::optional<AsnExpression>, std::less<>> as_paths;
  std::map<std::string, std::vector<std::optional<AsnExpression>>, std::less<>> as_path_groups;
  std::map<std::string, AsList, std::less<>> as_lists;
  std::map<std::string, CommunityDefinition, std::less<>> communities;
  std::map<std::string, Policy, std::less<>> policies;
  std::vector<RouterSession> sessions;
  std::vector<std::array<Chain, 2>> chains;  // by session and direction
  std::vector<bool> reject_by_default;       // defaults ebgp no-policy (RFC 8212)
  bool validates = false;
  bool walks_up = false;

  Decision run(std::size_t session, Direction direction, const Probe& probe, Doubt& doubt) const override;

 private:
  enum class Answer : std::uint8_t { accept, reject, next, unknown };
  struct Asking {
    const RouterSession& session;
    const RouterSession* source;  // null: our own route
    Decision& decision;
    Doubt& doubt;
    bool default_accept;
  };

  Answer ask_policy(const std::string& name, Asking& asking, unsigned deep) const;
  Truth matches(const Term& term, bool filters_walk_up, Asking& asking, unsigned deep) const;
  Truth match_prefixes(const Term& term, bool filters_walk_up, const Prefix& prefix) const;
  Truth in_list(const AsListQuestion& question, const AsPath& path) const;
  Truth match_paths(const Term& term, const AsPath& path) const;
  Truth has(const std::string& community, const Probe& route) const;
  bool act(const Term::Action& action, Asking& asking) const;
};

}  // namespace fairway::reader::junos
