#include "shell/pipeline/replay.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <thread>

#include "core/filter/route_filter.h"
#include "core/tables/world.h"
#include "shell/feed/plain_stream.h"
#include "shell/feed/source.h"
#include "shell/pipeline/collector_name.h"
#include "shell/pipeline/mrt_feed.h"

namespace fairway {
namespace {

// Tables of one collector that begin within this time are parts of one (a file a family, for instance).
constexpr Duration kOneTable = seconds(1800);
// Between two files of updates of one collector: longer, and one is missing.
constexpr Duration kGap = seconds(300);
// A lone file without a table is read ahead to know its half; not more of it than this.
constexpr std::uint64_t kReadAhead = std::uint64_t{512} << 20;

// Keeps the last state of every incident, and tells the caller's sink.
class LastStates final : public IncidentSink {
 public:
  explicit LastStates(IncidentSink& next) : next_(next) {}
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    last_[{incident.opened, incident.id}] = incident;
    next_.on_transition(transition, at, incident);
  }
  std::vector<Incident> take() {
    std::vector<Incident> all;
    for (auto& [key, incident] : last_) all.push_back(std::move(incident));
    return all;
  }

 private:
  IncidentSink& next_;
  std::map<std::pair<Instant, std::string>, Incident> last_;
};

struct Reading {
  std::string collector;
  std::unique_ptr<MrtFeed> feed;
  SourceId source = 0;
  bool table = false;
  Instant first;
  std::optional<Instant> last;  // of the records taken
};

class Replay {
 public:
  Replay(const World& world, const ReplayOptions& options, IncidentSink& sink)
      : given_(world), options_(options), sink_(sink), pool_(threads()) {}

  Result<void> open(const std::vector<ReplayInput>& inputs);
  ReplayOutcome run();

 private:
  unsigned threads() const {
    return options_.threads != 0 ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
  }
  // Gives the engine what the next record says.
  void take_record(Reading& input) {
    input.feed->take([&](const RouteEvent& event) {
      if (event.kind == EventKind::rib || options_.filter == nullptr || options_.filter->accepts(event)) {
        engine_->apply(input.source, event);
      }
    });
  }
  void start_engine();
  void take_table(Reading& input);
  void learn_from_halves();
  void merge_updates();
  // Takes the records of `input` that come before `other`.
  void take_until(Reading& input, std::optional<Instant> other, bool tie_is_ours);
  void note_gap(Reading& input);
  void finish(Reading& input);
  bool has_table(const std::string& collector) const;

  const World& given_;
  const ReplayOptions& options_;
  LastStates sink_;
  World world_;  // of the given one what is near enough in time
  std::optional<Engine> engine_;
  Pool pool_;                                  // decodes ahead
  std::vector<Reading> inputs_;                // by collector, then name
  std::map<std::string, Instant> last_heard_;  // of a collector's updates
  ReplayOutcome outcome_;
};

Result<void> Replay::open(const std::vector<ReplayInput>& inputs) {
  for (const ReplayInput& input : inputs) {
    auto stream = input.octets.data() != nullptr ? open_stream(Input::of_memory(input.octets, input.name), threads())
                                                 : open_stream(input.name, threads());
    if (!stream) return fail(stream.error().kind, input.name + ": " + stream.error().text, stream.error().where);
    Reading opened;
    opened.collector = input.collector.empty() ? collector_of(input.name) : input.collector;
    opened.feed = std::make_unique<MrtFeed>(input.name, MrtFile(*std::move(stream)), pool_);
    inputs_.push_back(std::move(opened));
  }
  std::ranges::stable_sort(inputs_, [](const Reading& a, const Reading& b) {
    return std::tie(a.collector, a.feed->name()) < std::tie(b.collector, b.feed->name());
  });
  start_engine();
  for (Reading& input : inputs_) {
    input.source = engine_->source(input.collector);
    input.table = input.feed->is_table();
    if (const auto time = input.feed->next_time()) {
      input.first = *time;
    } else {
      finish(input);
    }
  }
  std::erase_if(inputs_, [](const Reading& input) { return !input.feed->next_time(); });
  return {};
}

void Replay::start_engine() {
  std::optional<Instant> first;
  for (const Reading& input : inputs_) {
    if (const auto time = input.feed->next_time(); time && (!first || *time < *first)) first = time;
  }
  std::vector<std::string> left_out;
  world_ = first ? within_reach(given_, *first, options_.table_reach, left_out) : given_;
  engine_.emplace(world_, options_.engine, sink_);
  for (const std::string& table : left_out) {
    outcome_.remarks.push_back("left out: " + table + ", too far from routes of " + day_of(*first) +
                               "; what they would say of that time is unknown (--table-reach)");
  }
}

bool Replay::has_table(const std::string& collector) const {
  return std::ranges::any_of(inputs_,
                             [&](const Reading& input) { return input.table && input.collector == collector; });
}

void Replay::take_table(Reading& input) {
  while (input.feed->next_time()) take_record(input);
  finish(input);
}

void Replay::finish(Reading& input) {
  const MrtFeed& feed = *input.feed;
  outcome_.records += feed.statistics().records;
  outcome_.octets += feed.statistics().octets;
  outcome_.damaged_octets += feed.statistics().damaged_octets;
  outcome_.damaged_records += feed.damaged_records();
  outcome_.unknown_records += feed.unknown_records();
  for (const Damage& damage : feed.damage()) {
    outcome_.damages.push_back(feed.name() + ": byte " + std::to_string(damage.offset) + ": " + damage.text);
  }
  if (feed.error()) outcome_.failures.push_back(feed.name() + ": " + feed.error()->text);
  engine_->close(input.source);
}

// Collectors without a table: what they tell in the first half of their time is taken for normal.
void Replay::learn_from_halves() {
  std::map<std::string, std::vector<Reading*>> collectors;
  for (Reading& input : inputs_) {
    if (!input.table && !has_table(input.collector)) collectors[input.collector].push_back(&input);
  }
  for (auto& [collector, files] : collectors) {
    std::ranges::stable_sort(files, {}, &Reading::first);
    const Instant first = files.front()->first;
    // Files of an archive are of one length: the last is as long as the others are on average.
    Instant last = files.back()->first;
    if (files.size() == 1) {
      last = files.front()->feed->read_ahead(kReadAhead).value_or(first);
    } else {
      last = last + Duration{(last - first).microseconds / static_cast<std::int64_t>(files.size() - 1)};
    }
    const Instant half = first + Duration{(last - first).microseconds / 2};
    for (Reading* input : files) engine_->learn_until(input->source, half);
    outcome_.remarks.push_back(
        "collector " + collector + " has no table: what it told until " + to_string(half) +
        ", the first half of its time, is a provisional baseline; whether a prefix is new, or lost, is unknown");
  }
}

void Replay::note_gap(Reading& input) {
  const auto heard = last_heard_.find(input.collector);
  if (heard == last_heard_.end() || input.first - heard->second <= kGap) return;
  engine_->gap(input.source, heard->second, input.first);
  outcome_.remarks.push_back("collector " + input.collector + ": nothing between " + to_string(heard->second) +
                             " and " + to_string(input.first) + "; what it tells right after is learned, not judged");
}

void Replay::take_until(Reading& input, std::optional<Instant> other, bool tie_is_ours) {
  if (!input.last) note_gap(input);
  while (const auto time = input.feed->next_time()) {
    if (other && (tie_is_ours ? *time > *other : *time >= *other)) return;
    input.last = std::max(input.last.value_or(*time), *time);
    if ((options_.since && *time < *options_.since) || (options_.until && *time >= *options_.until)) {
      input.feed->take([](const RouteEvent&) {});
      continue;
    }
    if (!outcome_.first || *time < *outcome_.first) outcome_.first = *time;
    if (!outcome_.last || *time > *outcome_.last) outcome_.last = *time;
    take_record(input);
  }
}

void Replay::merge_updates() {
  // Inputs that have a record left; the earliest first, of equal times the first in order.
  std::vector<Reading*> open;
  for (Reading& input : inputs_) {
    if (input.feed->next_time()) open.push_back(&input);
  }
  const auto time_of = [](Reading* input) { return *input->feed->next_time(); };
  while (!open.empty()) {
    std::size_t first = 0, second = open.size();
    for (std::size_t i = 1; i < open.size(); ++i) {
      if (time_of(open[i]) < time_of(open[first])) {
        second = first;
        first = i;
      } else if (second == open.size() || time_of(open[i]) < time_of(open[second])) {
        second = i;
      }
    }
    Reading& input = *open[first];
    if (input.table) {
      take_table(input);  // whole: it stands for one moment
      engine_->end_of_table(input.source);
    } else {
      const auto other = second == open.size() ? std::nullopt : std::optional(time_of(open[second]));
      take_until(input, other, second == open.size() || first < second);
      if (input.last) {
        Instant& heard = last_heard_[input.collector];
        heard = std::max(heard, *input.last);
      }
      if (!input.feed->next_time()) finish(input);
    }
    if (!input.feed->next_time()) open.erase(open.begin() + static_cast<std::ptrdiff_t>(first));
  }
}

ReplayOutcome Replay::run() {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds_so_far = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  // The first table of each collector, by time.
  std::vector<Reading*> tables;
  for (Reading& input : inputs_) {
    if (input.table) tables.push_back(&input);
  }
  std::ranges::stable_sort(tables, {}, &Reading::first);
  std::map<std::string, Instant> began;
  for (Reading* input : tables) {
    const Instant start = began.try_emplace(input->collector, input->first).first->second;
    if (input->first - start <= kOneTable) take_table(*input);
  }
  for (Reading* input : tables) engine_->end_of_table(input->source);

  outcome_.seconds_of_tables = seconds_so_far();

  learn_from_halves();
  merge_updates();
  if (options_.now) engine_->advance(*options_.now);
  engine_->finish();
  outcome_.seconds_of_updates = seconds_so_far() - outcome_.seconds_of_tables;
  outcome_.statistics = engine_->statistics();
  outcome_.incidents = sink_.take();
  if (options_.engine.watch) outcome_.explanation = engine_->explain(*options_.engine.watch);
  return std::move(outcome_);
}

}  // namespace

Result<ReplayOutcome> replay(const std::vector<ReplayInput>& inputs, const World& world, const ReplayOptions& options,
                             IncidentSink& sink) {
  Replay replay(world, options, sink);
  if (auto opened = replay.open(inputs); !opened) return std::unexpected(opened.error());
  return replay.run();
}

}  // namespace fairway
