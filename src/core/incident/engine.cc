#include "core/incident/engine.h"

#include <algorithm>

#include "core/incident/engine_state.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

constexpr Duration kForgetting = hours(1);  // how often prefixes that nobody has are dropped
constexpr Duration kStale = seconds(600);   // between a table and the first update
constexpr Duration kAfterEndOfRib = seconds(30);

}  // namespace

Engine::State::State(const World& world, const EngineOptions& options_, IncidentSink& sink)
    : options(options_),
      facts(world),
      baseline(static_cast<std::uint32_t>(options.becomes_known.microseconds / 1'000'000)),
      views(rib, options),
      paths(rib.attributes(), facts, baseline),
      knowledge{options, facts, rib, baseline, views, paths},
      book(knowledge, baseline, sink),
      outages(knowledge, baseline, book) {}

void Engine::State::apply(Source& source, const RouteEvent& event) {
  if (event.kind == EventKind::rib) {
    table_route(source, event);
    return;
  }
  Collector& collector = collectors[source.collector];
  if (collector.loading) end_of_table(collector);
  if (collector.has_table && event.time < collector.table_time) {
    ++counts.before_table;
    return;
  }
  if (watermark && event.time < *watermark) {
    ++counts.late;
  } else {
    advance(event.time);
  }
  const Instant now = *watermark;
  if (collector.has_table && !collector.updated) first_update(collector, now);
  switch (event.kind) {
    case EventKind::announce:
      ++counts.updates;
      announce(source, event, now);
      break;
    case EventKind::withdraw:
      ++counts.updates;
      withdraw(source, event, now);
      break;
    case EventKind::state:
      ++counts.state_changes;
      change_session(source, event, now);
      break;
    case EventKind::end_of_rib: end_of_rib(source, event, now); break;
    case EventKind::rib: break;
  }
}

void Engine::State::change_session(Source& source, const RouteEvent& event, Instant now) {
  constexpr auto kEstablished = static_cast<std::uint16_t>(SessionState::established);
  const bool was_up = event.old_state == kEstablished, is_up = event.new_state == kEstablished;
  if (was_up == is_up) return;
  const ViewId view = view_of(source, event.peer, now);
  go_down(view, is_up ? Condition::filling : Condition::down, now);
  if (is_up) {
    fill(view, now);
  }
}

// The table of one family is whole; another family's may follow.
void Engine::State::end_of_rib(Source& source, const RouteEvent& event, Instant now) {
  View& view = views.at(view_of(source, event.peer, now));
  if (view.condition != Condition::filling) return;
  view.until = now + kAfterEndOfRib;
  next_settling = std::min(next_settling, view.until);
}

void Engine::State::fill(ViewId view, Instant now) {
  views.fill(view, now);
  next_settling = std::min(next_settling, views.at(view).until);
}

// The view has nothing from now on, and nobody withdrew it.
void Engine::State::go_down(ViewId view, Condition condition, Instant now) {
  views.at(view).condition = condition;
  find_full();  // it counts for nothing, so that its routes' going is no loss
  rib.for_each_route_of(view, [&](PrefixId prefix, std::optional<std::uint32_t> path_id, const Cell&) {
    baseline.memory(prefix).touched = second_of(now);
    book.release({view, prefix, path_id}, now);
  });
  rib.clear(view);
}

void Engine::State::find_full() {
  bool any = false;
  views.find_full([&](ViewId view, Family family, bool full) {
    any = true;
    const TableId table = table_of(family, Safi::unicast);
    boost::unordered_flat_set<std::uint32_t> counted;  // prefixes with several paths count once
    rib.for_each_route_of(view, [&](PrefixId prefix, std::optional<std::uint32_t> path_id, const Cell&) {
      if (prefix.table() != table) return;
      if (path_id && (rib.get(view, prefix).held() || !counted.insert(prefix.value).second)) return;
      baseline.memory(prefix).held_full += full ? 1 : -1;
    });
  });
  if (any) outages.ground();
}

void Engine::State::end_of_table(Collector& collector) {
  if (!collector.loading) return;
  collector.loading = false;
  const bool first = !collector.has_table;
  collector.has_table = true;
  collector.updated = false;
  if (first) ++grounded_collectors;
  for (const ViewId view : collector.in_table) {
    if (!first) {  // what the view had and the table does not name is gone
      std::vector<std::pair<PrefixId, std::optional<std::uint32_t>>> gone;
      rib.for_each_route_of(view, [&](PrefixId prefix, std::optional<std::uint32_t> path_id, const Cell& cell) {
        if (cell.time < second_of(collector.table_time)) gone.emplace_back(prefix, path_id);
      });
      for (const auto& [prefix, path_id] : gone) {
        rib.release(rib.withdraw(view, prefix, path_id, second_of(collector.table_time)));
        book.release({view, prefix, path_id}, collector.table_time);
        if (views.is_full(view, rib.prefix(prefix).family()) && !has_another(view, prefix, path_id))
          --baseline.memory(prefix).held_full;
      }
    }
    views.at(view).condition = Condition::grounded;
  }
  find_full();
  outages.ground();
}

void Engine::State::first_update(Collector& collector, Instant now) {
  collector.updated = true;
  const Duration age = now - collector.table_time;
  collector.stale = age > kStale;
  if (age <= options.table_age) return;
  // Too old to know what is there now. What it said of origins stays known.
  collector.has_table = false;
  --grounded_collectors;
  for (const ViewId view : collector.in_table) {
    const bool learns = collector.learn_until && now < *collector.learn_until;
    go_down(view, learns ? Condition::learning : Condition::provisional, now);
    views.at(view).until = collector.learn_until.value_or(now);
    next_settling = std::min(next_settling, views.at(view).until);
  }
}

// What is worked out from tables is worked out again; of my network every route is looked at again.
void Engine::State::world_changed() {
  facts.world_changed();
  paths.forget();
  const Instant now = watermark.value_or(Instant{});
  for (const TableId table : {TableId::ipv4_unicast, TableId::ipv6_unicast}) {
    const auto size = static_cast<std::uint32_t>(baseline.memories(table).size());
    for (std::uint32_t index = 0; index < size; ++index) {
      const PrefixId id(table, index);
      PrefixMemory& memory = baseline.memory(id);
      if (!memory.live) continue;
      const bool was_mine = memory.mine;
      memory.mine = is_mine(rib.prefix(id));
      if ((was_mine || memory.mine) && rib.routes(id) != 0) look_again(id, now);
    }
  }
}

void Engine::State::settle_views(Instant now) {
  if (views.settle(now)) {
    find_full();
    outages.ground();
  }
  next_settling = views.next_settling();
}

// Prefixes that came, went, and were never normal.
void Engine::State::forget_prefixes(Instant now) {
  next_forgetting = now + kForgetting;
  const std::uint32_t old = second_of(now - options.becomes_known);
  for (unsigned table = 0; table < kTables; ++table) {
    std::vector<PrefixMemory>& memories = baseline.memories(static_cast<TableId>(table));
    for (std::uint32_t index = 0; index < memories.size(); ++index) {
      const PrefixId id(static_cast<TableId>(table), index);
      const PrefixMemory& memory = memories[index];
      if (!memory.live || memory.marks != 0 || memory.suspects != 0 || memory.lost || memory.touched == 0 ||
          memory.touched > old)
        continue;
      if (rib.routes(id) != 0 || baseline.was_there(id)) continue;
      baseline.forget(id);
      rib.forget(id);
    }
  }
}

void Engine::State::advance(Instant now) {
  if (watermark && now <= *watermark) return;
  if (!watermark) next_forgetting = now + kForgetting;
  watermark = now;
  constexpr Instant kNever{INT64_MAX};
  for (;;) {  // what is due, in the order of time
    const Instant lost = outages.next_due().value_or(kNever), due = book.next_due().value_or(kNever);
    const Instant first = std::min({next_settling, lost, due});
    if (first > now || first == kNever) break;
    if (first == next_settling)
      settle_views(first);
    else if (first == lost)
      outages.run_until(first);
    else
      book.run_until(first);
  }
  if (now >= next_forgetting) forget_prefixes(now);
}

Engine::Engine(const World& world, const EngineOptions& options, IncidentSink& sink)
    : state_(std::make_unique<State>(world, options, sink)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;

SourceId Engine::source(std::string_view collector) {
  auto found = std::ranges::find(state_->collectors, collector, &State::Collector::name);
  if (found == state_->collectors.end()) {
    state_->collectors.emplace_back().name = collector;
    found = state_->collectors.end() - 1;
  }
  state_->sources.emplace_back().collector = static_cast<std::size_t>(found - state_->collectors.begin());
  return static_cast<SourceId>(state_->sources.size() - 1);
}

void Engine::close(SourceId source) {
  State::Source& s = state_->sources[source];
  state_->drop_sets(s);
  s.sets = {};
}

void Engine::learn_until(SourceId source, Instant until) {
  state_->collectors[state_->sources[source].collector].learn_until = until;
}

void Engine::gap(SourceId source, Instant, Instant to) {
  State::Collector& collector = state_->collectors[state_->sources[source].collector];
  collector.settled = std::max(collector.settled, to + state_->options.settle);
}

void Engine::apply(SourceId source, const RouteEvent& event) { state_->apply(state_->sources[source], event); }
void Engine::end_of_table(SourceId source) {
  state_->end_of_table(state_->collectors[state_->sources[source].collector]);
}
void Engine::advance(Instant now) { state_->advance(now); }
void Engine::resume(const Incident& incident, Instant until) { state_->book.resume(incident, state_->rib, until); }
void Engine::world_changed() { state_->world_changed(); }

void Engine::finish() {
  Instant end = state_->watermark.value_or(Instant{});
  for (State::Collector& collector : state_->collectors) {
    state_->end_of_table(collector);
    end = std::max(end, collector.table_time);
  }
  state_->advance(end);
  state_->book.finish(end);
}

Instant Engine::watermark() const { return state_->watermark.value_or(Instant{}); }
std::vector<Incident> Engine::incidents() const { return state_->book.incidents(); }

EngineStatistics Engine::statistics() const {
  EngineStatistics now = state_->counts;
  now.suspected = state_->book.suspected();
  now.exonerated = state_->book.exonerated();
  now.routes = state_->rib.routes();
  for (unsigned table = 0; table < kTables; ++table)
    now.prefixes += state_->rib.prefixes(static_cast<TableId>(table)).size();
  now.views = state_->rib.views();
  now.full_views = state_->views.full();
  return now;
}

}  // namespace fairway
