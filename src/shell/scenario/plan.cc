#include "shell/scenario/plan.h"

#include <algorithm>
#include <set>

namespace fairway::scenario {

namespace {

using Act = EventFact::Act;

bool named(const std::vector<Asn>& asns, Asn asn) { return std::find(asns.begin(), asns.end(), asn) != asns.end(); }

// The route that a fact gives to a view; empty if it gives none.
Hops route_of(const PathFact& fact, const View& view) {
  for (const AsPath& path : fact.paths) {
    if (path.neighbour() == view.asn()) return {path.asns().begin(), path.asns().end()};
  }
  if (fact.tails.empty() || (!fact.views.empty() && !named(fact.views, view.asn()))) return {};
  // The tail that the view's chain meets soonest; else the first.
  for (const Asn asn : view.chain) {
    for (const AsPath& tail : fact.tails) {
      if (tail.contains(asn)) return join(view.chain, tail.asns());
    }
  }
  return join(view.chain, fact.tails.front().asns());
}

class Planner {
 public:
  Planner(const Scenario& scenario, Plan& plan) : scenario_(scenario), plan_(plan) {}

  void table() {
    for (const TableFact& fact : scenario_.table) {
      for (std::size_t view = 0; view < scenario_.views.size(); ++view) {
        Hops path = route_of(fact.route, scenario_.views[view]);
        if (path.empty()) continue;
        for (const Prefix& prefix : fact.prefixes) {
          Row& row = plan_.table[prefix];
          row.resize(scenario_.views.size());
          row[view] = path;
        }
      }
    }
  }

  void events() {
    std::vector<const EventFact*> in_time;
    for (const EventFact& event : scenario_.events) in_time.push_back(&event);
    std::stable_sort(in_time.begin(), in_time.end(), [](auto* a, auto* b) { return a->at < b->at; });
    for (const EventFact* event : in_time) this->event(*event);
  }

 private:
  void event(const EventFact& event) {
    // The views hear it one after the other, the last one after `within` seconds.
    const auto count = static_cast<std::int64_t>(scenario_.views.size());
    std::int64_t heard = 0;
    for (std::size_t view = 0; view < scenario_.views.size(); ++view) {
      const Instant at = event.at + seconds(count < 2 ? 0 : event.within * heard / (count - 1));
      if (hears(event, view, at)) ++heard;
    }
  }

  bool hears(const EventFact& event, std::size_t view, Instant at) {
    const Asn asn = scenario_.views[view].asn();
    if (event.act == Act::announce) {
      Hops path = route_of(event.route, scenario_.views[view]);
      if (path.empty()) return false;
      for (const Prefix& prefix : event.prefixes) changed_.insert({view, prefix});
      plan_.told.push_back({at, view, Told::What::announce, event.prefixes, std::move(path)});
      return true;
    }
    if (!event.route.views.empty() && !named(event.route.views, asn)) return false;
    bool told = false;
    for (const Prefix& prefix : event.prefixes) {
      if (event.act == Act::restore && changed_.erase({view, prefix}) == 0) continue;
      const Hops* before = event.act == Act::restore ? route_before(prefix, view) : nullptr;
      say(at, view, prefix, before);
      told = true;
    }
    return told;
  }

  const Hops* route_before(const Prefix& prefix, std::size_t view) const {
    const auto row = plan_.table.find(prefix);
    if (row == plan_.table.end() || row->second[view].empty()) return nullptr;
    return &row->second[view];
  }

  // Prefixes with the same route share an update.
  void say(Instant at, std::size_t view, const Prefix& prefix, const Hops* path) {
    const auto what = path == nullptr ? Told::What::withdraw : Told::What::announce;
    if (!plan_.told.empty()) {
      Told& last = plan_.told.back();
      if (last.time == at && last.view == view && last.what == what && (path == nullptr || last.path == *path)) {
        last.prefixes.push_back(prefix);
        return;
      }
    }
    plan_.told.push_back({at, view, what, {prefix}, path == nullptr ? Hops() : *path});
  }

  const Scenario& scenario_;
  Plan& plan_;
  std::set<std::pair<std::size_t, Prefix>> changed_;
};

}  // namespace

Hops join(const std::vector<Asn>& chain, std::span<const Asn> tail) {
  Hops path;
  for (const Asn asn : chain) {
    const auto meeting = std::find(tail.begin(), tail.end(), asn);
    if (meeting != tail.end()) {
      path.insert(path.end(), meeting, tail.end());
      return path;
    }
    path.push_back(asn);
  }
  path.insert(path.end(), tail.begin(), tail.end());
  return path;
}

Plan make_plan(const Scenario& scenario, const PlanOptions& options) {
  Plan plan;
  Planner planner(scenario, plan);
  planner.table();
  if (options.events) planner.events();
  if (options.background) add_background(scenario, plan);
  std::stable_sort(plan.told.begin(), plan.told.end(), [](const Told& a, const Told& b) { return a.time < b.time; });
  return plan;
}

}  // namespace fairway::scenario
