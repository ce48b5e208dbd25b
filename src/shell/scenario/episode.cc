#include "shell/scenario/episode.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/wire/mrt/event_decoder.h"
#include "core/wire/mrt/record.h"

namespace fairway::scenario {

namespace {

constexpr Duration kTogether = seconds(30 * 60);

template <class T>
void add_all(std::vector<T>& into, const std::vector<T>& values) {
  for (const T& value : values) {
    if (std::ranges::find(into, value) == into.end()) into.push_back(value);
  }
}

void merge(Incident& whole, const Incident& part) {
  add_all(whole.prefixes, part.prefixes);
  add_all(whole.victims, part.victims);
  add_all(whole.paths, part.paths);
  std::ranges::sort(whole.prefixes);
  std::ranges::sort(whole.victims);
  whole.opened = std::min(whole.opened, part.opened);
  whole.changed = std::max(whole.changed, part.changed);
  whole.views_seen = std::max(whole.views_seen, part.views_seen);
  if (whole.cleared && part.cleared) {
    whole.cleared = std::max(*whole.cleared, *part.cleared);
  } else {
    whole.cleared.reset();
    whole.state = IncidentState::open;
  }
}

// Follows which views have a route of the episode.
class Watcher : public mrt::EventSink {
 public:
  Watcher(const Incident& whole, Instant from, Instant to, unsigned columns)
      : whole_(whole),
        from_(from),
        step_(std::max<std::int64_t>(1, (to - from).microseconds / columns)),
        counts_(columns) {}

  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.time < whole_.opened || (whole_.cleared && event.time > *whole_.cleared)) return;
    fill(event.time);
    if (event.kind == EventKind::state) {
      if (event.new_state != static_cast<std::uint16_t>(SessionState::established)) carried_.erase(event.peer);
    } else if (std::ranges::binary_search(whole_.prefixes, event.prefix)) {
      std::set<Prefix>& prefixes = carried_[event.peer];
      const bool theirs =
          event.kind == EventKind::announce && event.attributes != nullptr && is_theirs(event.attributes->as_path);
      if (theirs) {
        prefixes.insert(event.prefix);
      } else {
        prefixes.erase(event.prefix);
      }
    }
    note();
  }
  std::vector<unsigned> take(Instant to) {
    fill(to);
    return std::move(counts_);
  }

 private:
  bool is_theirs(const AsPath& path) const {
    return std::ranges::all_of(whole_.offenders, [&](Asn offender) { return path.contains(offender); });
  }
  void note() {
    const auto views =
        static_cast<unsigned>(std::ranges::count_if(carried_, [](const auto& view) { return !view.second.empty(); }));
    if (column_ < counts_.size()) counts_[column_] = std::max(counts_[column_], views);
  }
  // Up to `now` nothing has changed.
  void fill(Instant now) {
    const auto column = static_cast<std::size_t>(std::max<std::int64_t>(0, (now - from_).microseconds / step_));
    while (column_ < column && column_ + 1 < counts_.size()) {
      ++column_;
      note();
    }
  }

  const Incident& whole_;
  Instant from_;
  std::int64_t step_;
  std::vector<unsigned> counts_;
  std::size_t column_ = 0;
  std::map<Peer, std::set<Prefix>> carried_;
};

}  // namespace

std::vector<Episode> episodes_of(const Performance& performance) {
  std::vector<Episode> episodes;
  for (const Incident& incident : performance.outcome.incidents) {
    const auto together = std::ranges::find_if(episodes, [&](const Episode& episode) {
      return kind_of(episode.whole.type) == kind_of(incident.type) && episode.whole.offenders == incident.offenders &&
             incident.opened - episode.whole.opened <= kTogether;
    });
    if (together == episodes.end()) {
      episodes.push_back({incident, {&incident}, {}});
    } else {
      merge(together->whole, incident);
      together->parts.push_back(&incident);
    }
  }
  for (Episode& episode : episodes) {
    std::ranges::stable_sort(episode.parts, [](auto* a, auto* b) { return a->confidence > b->confidence; });
    episode.whole.confidence = episode.parts.front()->confidence;
    episode.whole.evidence = episode.parts.front()->evidence;
    for (const Moment& moment : performance.moments) {
      const bool mine = std::ranges::any_of(episode.parts, [&](auto* part) { return part->id == moment.incident.id; });
      if (mine) episode.moments.push_back(&moment);
    }
  }
  return episodes;
}

std::vector<unsigned> curve(const MrtFiles& files, const Incident& whole, Instant from, Instant to, unsigned columns) {
  Watcher watcher(whole, from, to, columns);
  mrt::EventDecoder decoder;
  Cursor cursor(files.updates.bytes());
  while (!cursor.empty()) {
    const auto record = mrt::next_record(cursor);
    if (!record) break;
    if (!decoder.decode(*record, watcher)) continue;
  }
  return watcher.take(to);
}

}  // namespace fairway::scenario
