// How the engine takes a route: into the RIB, past the detectors, into the baseline.
#include <algorithm>

#include "core/incident/engine_state.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

constexpr std::size_t kMostSets = 1u << 16;  // attribute sets remembered a source: about as many as its decoder keeps

}  // namespace

ViewId Engine::State::view_of(Source& source, const Peer& peer, std::optional<Instant> now) {
  const ViewKey key{static_cast<std::uint32_t>(source.collector), peer.address, peer.asn, peer.rib, peer.distinguisher};
  if (source.has_peer && source.peer == key) return source.view;
  const std::size_t known = rib.views();
  const ViewId view = rib.view(key);
  source.peer = key;
  source.view = view;
  source.has_peer = true;
  if (rib.views() == known) return view;
  View& fresh = views.at(view);
  if (!now) {
    fresh.condition = Condition::filling;  // until the end of the table
    fresh.until = Instant{INT64_MAX};
    return view;
  }
  const Collector& collector = collectors[source.collector];
  if (collector.has_table) {
    fill(view, *now);
  } else {
    fresh.condition =
        collector.learn_until && *now < *collector.learn_until ? Condition::learning : Condition::provisional;
    fresh.until = collector.learn_until.value_or(Instant{});
    next_settling = std::min(next_settling, fresh.until);
  }
  return view;
}

PrefixId Engine::State::prefix_of(const RouteEvent& event) {
  const PrefixId id = rib.prefix(event.prefix, event.safi);
  PrefixMemory& memory = baseline.memory(id);
  if (!memory.live) {
    memory.live = true;
    memory.mine = is_mine(event.prefix);
  }
  return id;
}

AttributeStore::Interned Engine::State::set_of(Source& source, const RouteEvent& event) {
  const auto intern = [&] {
    AttributeStore::Interned set = rib.attributes().intern(*event.attributes);
    if (set.fresh_path) paths.reset(set.path);
    return set;
  };
  if (event.attributes_key == 0) return intern();
  if (const auto found = source.sets.find(event.attributes_key); found != source.sets.end()) {
    rib.attributes().retain(found->second.id);
    return found->second;
  }
  if (source.sets.size() >= kMostSets) drop_sets(source);
  const AttributeStore::Interned set = intern();
  rib.attributes().retain(set.id);
  source.sets.emplace(event.attributes_key, set);
  return set;
}

void Engine::State::drop_sets(Source& source) {
  for (const auto& [key, set] : source.sets) rib.attributes().release(set.id);
  source.sets.clear();
}

// The view fills from now on, and counts for nothing until it has.
void Engine::State::flood(ViewId view) {
  next_settling = std::min(next_settling, views.at(view).until);
  find_full();
}

// Whether the view has the prefix by another route than this one.
bool Engine::State::has_another(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id) const {
  if (path_id && rib.get(view, prefix).held()) return true;
  return rib.more_paths(view, prefix) > (path_id && rib.get(view, prefix, path_id).held() ? 1u : 0u);
}

void Engine::State::table_route(Source& source, const RouteEvent& event) {
  Collector& collector = collectors[source.collector];
  if (!collector.loading) {
    collector.loading = true;
    collector.in_table.clear();
    collector.table_time = event.time;
  }
  ++counts.rib_entries;
  const ViewId view = view_of(source, event.peer, std::nullopt);
  if (const auto place = std::ranges::lower_bound(collector.in_table, view);
      place == collector.in_table.end() || *place != view) {
    collector.in_table.insert(place, view);
  }
  if (event.safi == Safi::unicast) views.table_read(event.prefix.family());

  const PrefixId id = prefix_of(event);
  const AttributeStore::Interned set = set_of(source, event);
  const bool had = rib.get(view, id, event.path_id).held() || has_another(view, id, event.path_id);
  const Cell before = rib.announce(view, id, event.path_id, set.id, second_of(event.time));
  rib.release(before);
  PrefixMemory& memory = baseline.memory(id);
  if (!had && views.is_full(view, event.prefix.family())) ++memory.held_full;
  if (event.safi != Safi::unicast) return;

  const RouteKey route{view, id, event.path_id};
  RouteChange change = standing(route, set.id, set.has_otc, event.time);
  look(change, route);
  if (change.origin.value != 0 && !book.is_resumed(id, change.origin)) baseline.learn_origin(id, change.origin, 0);
}

RouteChange Engine::State::standing(const RouteKey& route, AttributesId attributes, bool has_otc, Instant now) {
  RouteChange change;
  change.now = now;
  change.second = second_of(now);
  change.view = route.view;
  change.table = rib.key(route.view).rib;
  change.id = route.prefix;
  change.prefix = rib.prefix(route.prefix);
  change.attributes = attributes;
  change.path = rib.attributes().path_of(attributes);
  change.facts = &paths.get(change.path, 0);
  const PathOrigin origin = with_speaker(change.facts->origin, rib.key(route.view).asn);
  if (origin.kind == PathOrigin::Kind::as) change.origin = origin.asn;
  change.has_otc = has_otc;
  change.novel = change.origin.value != 0 && !baseline.knows_origin(route.prefix, change.origin, change.second);
  return change;
}

void Engine::State::look_again(PrefixId prefix, Instant now) {
  std::vector<std::pair<RouteKey, AttributesId>> routes;
  rib.for_each_route(prefix, [&](ViewId view, std::optional<std::uint32_t> path_id, const Cell& cell) {
    routes.emplace_back(RouteKey{view, prefix, path_id}, cell.attributes);
  });
  for (const auto& [route, attributes] : routes) {
    RouteChange change = standing(route, attributes, rib.attributes().otc(attributes).has_value(), now);
    look(change, route);
  }
}

bool Engine::State::is_mine(const Prefix& prefix) const {
  const Expectation* mine = facts.expectation();
  return mine != nullptr && (mine->covering(prefix) != nullptr || !mine->under(prefix).empty());
}

void Engine::State::look(RouteChange& change, const RouteKey& route) {
  const PrefixMemory& memory = baseline.memory(change.id);
  accusations.clear();
  if (worth_a_look(change, memory)) {
    if (change.novel) {
      const Attributes attributes = rib.attributes().attributes(change.attributes);
      change.blackhole = std::ranges::find(attributes.communities, kBlackhole) != attributes.communities.end();
    }
    for (const Detector& detector : detectors()) {
      if (!change.judged && detector.judged_only) continue;
      if (is_sent(change.table) && !detector.sent) continue;
      detector.look(change, knowledge, accusations);
    }
  }
  book.judge(route, change, accusations);
}

void Engine::State::announce(Source& source, const RouteEvent& event, Instant now) {
  const Collector& collector = collectors[source.collector];
  const ViewId view = view_of(source, event.peer, now);
  if (views.at(view).condition == Condition::down) fill(view, now);  // nobody told that it came up
  const PrefixId id = prefix_of(event);
  const AttributeStore::Interned set = set_of(source, event);
  const bool another = has_another(view, id, event.path_id);
  const Cell before = rib.announce(view, id, event.path_id, set.id, second_of(now));
  if (before.attributes == set.id) {  // told again
    rib.release(before);
    return;
  }
  PrefixMemory& memory = baseline.memory(id);
  memory.touched = second_of(now);
  if (event.safi != Safi::unicast) {
    rib.release(before);
    return;
  }
  const Family family = event.prefix.family();
  if (!before.held() && !another) {
    if (views.is_full(view, family)) {
      ++memory.held_full;
      if (memory.lost) outages.returned(id, now);
    }
    if (views.count_fresh(view, now, held(view, family))) flood(view);
  }

  const Condition condition = views.at(view).condition;
  const bool settling = now < collector.settled;
  const bool had = before.held() || before.time != 0;
  RouteChange change;
  change.now = now;
  change.second = second_of(now);
  change.view = view;
  change.table = event.peer.rib;
  change.id = id;
  change.prefix = event.prefix;
  change.attributes = set.id;
  change.path = set.path;
  change.knows_absence = !settling && views.knows_absence(view, family);
  change.judged = !settling && ((condition == Condition::grounded && (had || change.knows_absence)) ||
                                (condition == Condition::provisional && had));
  change.provisional = !change.knows_absence;
  change.stale = collector.stale;
  // What a view tells while it fills was there before; so it is with the provisional baseline, unless others know
  // better.
  const bool was_there =
      condition == Condition::filling || (condition == Condition::learning && grounded_collectors == 0);
  const Since since = was_there ? 0 : change.second;
  change.facts = &paths.get(set.path, since);
  const PathOrigin origin = with_speaker(change.facts->origin, event.peer.asn);
  if (origin.kind == PathOrigin::Kind::as) change.origin = origin.asn;
  change.has_otc = set.has_otc;
  change.novel = change.origin.value != 0 && !baseline.knows_origin(id, change.origin, change.second);
  if (change.novel && before.held()) {
    const PathOrigin old =
        with_speaker(paths.get(rib.attributes().path_of(before.attributes), since).origin, event.peer.asn);
    change.replaced = old.kind == PathOrigin::Kind::as && baseline.knows_origin(id, old.asn, change.second);
    change.facts = &paths.get(set.path, since);
  }
  ++(change.judged ? counts.judged : counts.learned);
  if (is_about(options.watch, event.prefix)) ++(change.judged ? watched_judged : watched_not_judged);

  look(change, {view, id, event.path_id});
  if (change.origin.value != 0 && !book.is_resumed(id, change.origin)) baseline.learn_origin(id, change.origin, since);
  rib.release(before);
}

void Engine::State::withdraw(Source& source, const RouteEvent& event, Instant now) {
  const ViewId view = view_of(source, event.peer, now);
  const auto id = rib.find(event.prefix, event.safi);
  if (!id) return;
  const Cell before = rib.withdraw(view, *id, event.path_id, second_of(now));
  if (!before.held()) return;
  rib.release(before);
  PrefixMemory& memory = baseline.memory(*id);
  memory.touched = second_of(now);
  if (event.safi != Safi::unicast) return;
  book.release({view, *id, event.path_id}, now);
  const Family family = event.prefix.family();
  if (has_another(view, *id, event.path_id)) return;
  const bool full = views.is_full(view, family);
  if (full) --memory.held_full;
  if (views.count_gone(view, now, held(view, family))) {
    flood(view);
  } else if (full && now >= collectors[source.collector].settled) {
    outages.withdrawn(*id, now);
  }
}

}  // namespace fairway
