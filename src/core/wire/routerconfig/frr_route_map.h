// Route maps of FRR, and all that one configuration holds.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/wire/routerconfig/frr_lists.h"

namespace fairway::reader::frr {

// A `match` or `set` line: its words, kept until it is asked.
struct Clause {
  std::vector<std::string> words;
  std::uint32_t line = 0;
};

struct RouteMapEntry {
  bool permit = true;
  std::uint32_t line = 0;
  std::vector<Clause> matches, sets;
  std::string call;
  enum class Then : std::uint8_t { stop, next, go_to } then = Then::stop;
  std::uint32_t target = 0;
};

using RouteMap = std::map<std::uint32_t, RouteMapEntry>;

// Filters of a neighbour in one direction of one family, by name; empty: none.
struct Hooks {
  std::string distribute_list, prefix_list, filter_list, route_map;
  bool any() const {
    return !distribute_list.empty() || !prefix_list.empty() || !filter_list.empty() || !route_map.empty();
  }
};

class Filters : public Interpreter {
 public:
  std::map<std::string, PrefixList, std::less<>> prefix_lists[2];  // IPv4, IPv6
  std::map<std::string, PathList, std::less<>> path_lists;
  std::map<std::string, CommunityList<Community>, std::less<>> community_lists;
  std::map<std::string, CommunityList<LargeCommunity>, std::less<>> large_lists;
  std::map<std::string, RouteMap, std::less<>> route_maps;
  std::vector<RouterSession> sessions;
  std::vector<std::array<std::array<Hooks, 2>, 2>> hooks;  // by session, family, direction
  bool requires_policy = true;                             // RFC 8212
  bool validates = false;

  Decision run(std::size_t session, Direction direction, const Probe& probe, Doubt& doubt) const override;

 private:
  struct Asking {
    const RouterSession& session;
    const RouterSession* source;  // whose route it is; null: our own
    Decision& decision;
    Doubt& doubt;
    bool matched = false;  // an entry of this route-map has
  };
  enum class Answer : std::uint8_t { permit, deny, unknown };

  Answer ask_route_map(const RouteMap& map, Asking& asking, unsigned deep) const;
  bool matches(const RouteMapEntry& entry, Asking& asking) const;
  Truth match(const Clause& clause, const Asking& asking) const;
  Truth match_address(const Clause& clause, const Asking& asking, const Prefix& prefix, std::size_t at,
                      Family family) const;
  // False: not understood.
  bool set(const Clause& clause, Asking& asking) const;
  bool set_path(const Clause& clause, Asking& asking) const;
  template <class Value, class Lists, class Parse>
  bool set_communities(const Clause& clause, std::vector<Value>& held, const Lists& lists, Parse parse) const;
};

}  // namespace fairway::reader::frr
