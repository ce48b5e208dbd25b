#include "shell/pipeline/live.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "core/incident/feed_watch.h"
#include "core/tables/world.h"
#include "shell/pipeline/ground.h"

namespace fairway {
namespace {

constexpr std::size_t kMostFeeds = 10'000;  // remembered; more is somebody who connects again and again

Instant clock() {
  return Instant{
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count()};
}

}  // namespace

struct LivePipeline::State {
  State(std::shared_ptr<const World> world, const LiveOptions& options_, LiveLog& log_)
      : options(options_),
        given(std::move(world)),
        judged_by(*given),
        log(log_),
        engine(judged_by, options.engine, log),
        watch(options.blind_after, log) {
    counted.started = clock();
  }

  struct Waiting {
    std::string collector;
    EventBatch batch{};
    std::optional<std::pair<Instant, Instant>> gap{};  // instead of events
  };
  struct Question {
    const std::function<void(const Engine&)>& ask;
    std::promise<void> answered;
  };

  void run();
  void take(const Waiting& waiting, Instant now);
  void pass_time(Instant now);
  void take_world(const World& world);

  const LiveOptions options;

  mutable std::mutex mutex;
  std::condition_variable something, room;
  std::deque<Waiting> queue;           // feeds -> the engine's thread
  std::size_t waiting = 0;             // events in it
  std::deque<Question*> questions;     // anybody -> the engine's thread
  std::shared_ptr<const World> given;  // anybody -> the engine's thread: the newest
  bool fresh_world = false;
  std::map<std::string, FeedHealth, std::less<>> feeds;
  LiveCounts counted;
  bool blind = true;
  bool running = false, stopping = false;

  // The engine's thread's alone, once it runs.
  World judged_by;
  LiveLog& log;
  Engine engine;
  FeedWatch watch;
  std::map<std::string, SourceId, std::less<>> sources;
  std::uint32_t attributes_key = 0;  // of the last attributes that were applied
  std::thread thread;
};

LivePipeline::LivePipeline(std::shared_ptr<const World> world, const LiveOptions& options, LiveLog& log,
                           const std::vector<Incident>& open)
    : state_(std::make_unique<State>(std::move(world), options, log)) {
  const Instant until = state_->counted.started + options.reground;
  for (const Incident& incident : open) {
    if (incident.state != IncidentState::open) continue;
    if (kind_of(incident.type) == IncidentKind::blind) {
      state_->watch.resume(incident);
    } else {
      state_->engine.resume(incident, until);
    }
  }
}

LivePipeline::~LivePipeline() { stop(); }

Result<void> LivePipeline::ground(const std::vector<std::string>& mrt_files) {
  auto done = read_ground(mrt_files, state_->engine);
  state_->log.commit(clock());
  return done;
}

void LivePipeline::start() {
  state_->running = true;
  state_->thread = std::thread([this] { state_->run(); });
}

void LivePipeline::stop() {
  {
    const std::scoped_lock lock(state_->mutex);
    if (!state_->running) return;
    state_->stopping = true;
  }
  state_->something.notify_all();
  state_->room.notify_all();
  state_->thread.join();
  const std::scoped_lock lock(state_->mutex);
  state_->running = false;
}

void LivePipeline::on_events(std::string_view collector, EventBatch batch) {
  if (batch.empty()) return;
  std::unique_lock lock(state_->mutex);
  const auto has_room = [&] { return state_->waiting < state_->options.most_waiting || state_->stopping; };
  if (!has_room()) {
    const auto begin = std::chrono::steady_clock::now();
    state_->room.wait(lock, has_room);
    const auto waited = std::chrono::steady_clock::now() - begin;
    state_->counted.blocked +=
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(waited).count());
  }
  if (state_->stopping) return;
  state_->waiting += batch.events().size();
  state_->counted.most_waiting = std::max<std::uint64_t>(state_->counted.most_waiting, state_->waiting);
  state_->queue.push_back({std::string(collector), std::move(batch)});
  state_->something.notify_one();
}

void LivePipeline::on_gap(std::string_view collector, Instant from, Instant to) {
  const std::scoped_lock lock(state_->mutex);
  state_->queue.push_back({.collector = std::string(collector), .gap = std::pair(from, to)});
  state_->something.notify_one();
}

void LivePipeline::on_health(const FeedHealth& health) {
  std::unique_lock lock(state_->mutex);
  if (state_->feeds.size() >= kMostFeeds && !state_->feeds.contains(health.name)) {
    std::erase_if(state_->feeds, [](const auto& entry) { return !entry.second.connected; });
  }
  const FeedHealth before = std::exchange(state_->feeds[health.name], health);
  lock.unlock();
  const bool changed = before.connected != health.connected || before.trouble != health.trouble;
  if (changed && state_->options.on_change) state_->options.on_change(health);
}

void LivePipeline::publish(std::shared_ptr<const World> world) {
  {
    const std::scoped_lock lock(state_->mutex);
    if (world->version == state_->given->version && world->expectation == state_->given->expectation) return;
    state_->given = std::move(world);
    state_->fresh_world = true;
    ++state_->counted.worlds;
  }
  state_->something.notify_one();
}

std::shared_ptr<const World> LivePipeline::world() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->given;
}

std::vector<FeedHealth> LivePipeline::feeds() const {
  const std::scoped_lock lock(state_->mutex);
  std::vector<FeedHealth> all;
  for (const auto& [name, health] : state_->feeds) all.push_back(health);
  return all;
}

LiveCounts LivePipeline::counts() const {
  const std::scoped_lock lock(state_->mutex);
  LiveCounts counts = state_->counted;
  counts.waiting = state_->waiting;
  return counts;
}

bool LivePipeline::blind() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->blind;
}

bool LivePipeline::ask(const std::function<void(const Engine&)>& question) const {
  State::Question asked{question, {}};
  auto answered = asked.answered.get_future();
  {
    const std::scoped_lock lock(state_->mutex);
    if (!state_->running || state_->stopping) return false;
    state_->questions.push_back(&asked);
  }
  state_->something.notify_one();
  answered.get();
  return true;
}

void LivePipeline::State::take(const Waiting& waiting_batch, Instant now) {
  const auto [place, fresh] = sources.try_emplace(waiting_batch.collector, 0);
  if (fresh) place->second = engine.source(waiting_batch.collector);
  if (waiting_batch.gap) engine.gap(place->second, waiting_batch.gap->first, waiting_batch.gap->second);
  std::uint64_t future = 0;
  const Attributes* last = nullptr;
  for (RouteEvent event : waiting_batch.batch.events()) {
    if (event.time > now) {
      event.time = now;
      ++future;
    }
    // The feed's keys are its decoder's, which begins anew with every connection.
    if (event.attributes != nullptr) {
      if (event.attributes != last && ++attributes_key == 0) attributes_key = 1;
      last = event.attributes;
      event.attributes_key = attributes_key;
    }
    engine.apply(place->second, event);
  }
  log.commit(now);
  const std::scoped_lock lock(mutex);
  counted.events += waiting_batch.batch.events().size();
  counted.future += future;
  ++counted.batches;
}

void LivePipeline::State::take_world(const World& world) {
  judged_by = world;
  engine.world_changed();
}

void LivePipeline::State::pass_time(Instant now) {
  engine.advance(now);
  std::vector<FeedHealth> seen;
  {
    const std::scoped_lock lock(mutex);
    for (const auto& [name, health] : feeds) seen.push_back(health);
    counted.now = engine.watermark();
  }
  bool sees = false;
  for (const FeedHealth& health : seen) {
    const bool alive = health.connected && !health.talks_always;
    watch.see(health.name, health.connected, alive ? now : std::max(health.heard, counted.started), health.trouble,
              now);
    sees = sees || (health.connected && !watch.is_blind(health.name));
  }
  log.commit(now);
  const std::scoped_lock lock(mutex);
  blind = !sees;
}

void LivePipeline::State::run() {
  const auto tick = std::chrono::microseconds(options.tick.microseconds);
  auto next_tick = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex);
  for (;;) {
    something.wait_until(lock, next_tick,
                         [&] { return !queue.empty() || !questions.empty() || fresh_world || stopping; });
    std::shared_ptr<const World> world;
    if (fresh_world) world = given;
    fresh_world = false;
    std::deque<Question*> asked;
    asked.swap(questions);
    std::optional<Waiting> next;
    if (!queue.empty()) {
      next = std::move(queue.front());
      queue.pop_front();
      waiting -= next->batch.events().size();
      room.notify_all();
    }
    const bool last = stopping && queue.empty();
    lock.unlock();

    const Instant now = clock();
    if (world) take_world(*world);
    if (next) take(*next, now);
    for (Question* question : asked) {
      question->ask(engine);
      question->answered.set_value();
    }
    if (last || std::chrono::steady_clock::now() >= next_tick) {
      pass_time(now);
      next_tick = std::chrono::steady_clock::now() + tick;
    }

    lock.lock();
    if (last && questions.empty()) return;
  }
}

}  // namespace fairway
