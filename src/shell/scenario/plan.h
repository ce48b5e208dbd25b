// Plan: what every view tells the collector, and when: a scenario's facts joined with its background. Plain values,
// from which MRT is written (mrt.h) and relationships and ROAs of the background are taken (tables.h). The same
// scenario, the same plan.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/instant.h"
#include "core/model/prefix.h"
#include "shell/scenario/scenario.h"

namespace fairway::scenario {

// A path from the view's AS to the origin, neighbour first.
using Hops = std::vector<Asn>;

// The routes of all views to one prefix; empty: the view has none.
using Row = std::vector<Hops>;

// One thing that a view tells.
struct Told {
  enum class What : std::uint8_t { announce, withdraw, session_down, session_up };
  Instant time;
  std::size_t view = 0;  // index into Scenario::views
  What what = What::announce;
  std::vector<Prefix> prefixes{};
  Hops path{};
};

// An AS of the background, the provider of which it has one or two, and its prefixes.
struct BackgroundOrigin {
  Asn asn;
  std::vector<Asn> providers;
  std::vector<Prefix> prefixes;
  bool has_roas = false;
};

struct Plan {
  std::map<Prefix, Row> table;  // at Scenario::start
  std::vector<Told> told;       // by time
  std::vector<BackgroundOrigin> origins;
};

struct PlanOptions {
  bool events = true;  // what happened; without it only ordinary noise is left
  bool background = true;
};

Plan make_plan(const Scenario& scenario, const PlanOptions& options = {});

// How a view with this chain hears a route with this tail: up its chain to the first AS that the tail names, then down
// the tail; where they have none in common, the whole chain, then the whole tail.
Hops join(const std::vector<Asn>& chain, std::span<const Asn> tail);

// The background alone: its ASes, and what the views tell of them besides the table.
std::vector<BackgroundOrigin> background_origins(const Background& background);
void add_background(const Scenario& scenario, Plan& plan);

}  // namespace fairway::scenario
