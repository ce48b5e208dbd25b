// What an Engine consists of, and the order in which its parts hear of a route.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/incident/casebook.h"
#include "core/incident/engine.h"
#include "core/incident/outage.h"

namespace fairway {

// Whole seconds since 1970, as cells and the baseline keep them; never 0.
inline std::uint32_t second_of(Instant time) {
  return static_cast<std::uint32_t>(std::max<std::int64_t>(time.whole_seconds(), 1));
}

struct Engine::State {
  State(const World& world, const EngineOptions& options, IncidentSink& sink);

  struct Collector {
    std::string name;
    bool has_table = false;  // one was read, and is not too old
    bool loading = false;    // one is being read
    bool updated = false;    // an update was heard since
    bool stale = false;      // nothing was heard between the table and the first update
    Instant table_time;      // of its first entry
    std::optional<Instant> learn_until;
    Instant settled;               // until then, after a gap, nothing is judged
    std::vector<ViewId> in_table;  // views that the table names, sorted
  };
  struct Source {
    std::size_t collector = 0;
    // The last peer it told of, and its view: records come in runs of one peer.
    ViewKey peer;
    ViewId view{};
    bool has_peer = false;
    // Attribute sets by the decoder's key, one reference each.
    boost::unordered_flat_map<std::uint32_t, AttributeStore::Interned> sets;
  };

  void apply(Source& source, const RouteEvent& event);
  void table_route(Source& source, const RouteEvent& event);
  void announce(Source& source, const RouteEvent& event, Instant now);
  void withdraw(Source& source, const RouteEvent& event, Instant now);
  void end_of_rib(Source& source, const RouteEvent& event, Instant now);
  void change_session(Source& source, const RouteEvent& event, Instant now);

  void end_of_table(Collector& collector);
  void first_update(Collector& collector, Instant now);  // after a table
  void advance(Instant now);
  void settle_views(Instant now);
  void fill(ViewId view, Instant now);
  void flood(ViewId view);
  void find_full();
  void go_down(ViewId view, Condition condition, Instant now);
  void forget_prefixes(Instant now);

  ViewId view_of(Source& source, const Peer& peer, std::optional<Instant> now);
  PrefixId prefix_of(const RouteEvent& event);
  AttributeStore::Interned set_of(Source& source, const RouteEvent& event);
  void drop_sets(Source& source);
  bool has_another(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id) const;
  bool is_mine(const Prefix& prefix) const;
  void look(RouteChange& change, const RouteKey& route);
  void look_again(PrefixId prefix, Instant now);
  void world_changed();
  // What a route is that is looked at without having changed.
  RouteChange standing(const RouteKey& route, AttributesId attributes, bool has_otc, Instant now);
  std::uint32_t held(ViewId view, Family family) const { return rib.held(view, table_of(family, Safi::unicast)); }

  EngineOptions options;
  Facts facts;
  Rib rib;
  Baseline baseline;
  Views views;
  PathMemory paths;
  Knowledge knowledge;
  Casebook book;
  OutageWatch outages;

  std::vector<Collector> collectors;
  std::vector<Source> sources;
  std::optional<Instant> watermark;
  Instant next_settling{INT64_MAX}, next_forgetting;
  std::size_t grounded_collectors = 0;
  Accusations accusations;
  EngineStatistics counts;
  std::uint64_t watched_judged = 0, watched_not_judged = 0;
};

}  // namespace fairway
