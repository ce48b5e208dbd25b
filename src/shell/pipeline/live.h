// LivePipeline: feeds in, incidents out, for as long as the program runs.
//
//   feeds' threads --EventBatch--> queue, bounded ----------> the engine's thread --transitions--> LiveLog
//   anybody --World--> publish(): the last one counts ------> the engine's thread, between two batches
//   anybody --question--> ask(): waits for its answer ------> the engine's thread, between two batches
//
// The queue is bounded by events: when it is full, on_events() waits, its feed reads no further, and TCP slows the
// router down. Nothing is dropped. Time is the machine's: an event that claims to be of the future (a router's clock
// that is wrong) is taken as of now, so that no router can push the watermark ahead for the others.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/incident/engine.h"
#include "shell/feed/live.h"

namespace fairway {

struct World;

// Who keeps what the engine says. Called on the engine's thread.
class LiveLog : public IncidentSink {
 public:
  // What was told since the last time is one transaction: it is kept, all or nothing, when this returns.
  virtual void commit(Instant now) = 0;
};

struct LiveOptions {
  EngineOptions engine;
  std::size_t most_waiting = 1u << 18;  // events in the queue
  Duration tick = seconds(1);           // how often time passes for the engine when nothing is heard
  Duration blind_after = seconds(600);  // a feed that was silent, or gone, so long is an incident of kind "blind"
  // Incidents that stood open when the program ended stay open so long, for their routes to be heard again.
  Duration reground = seconds(900);
  // For the log: a feed that connects, disconnects, or has other trouble than before. On the feed's thread.
  std::function<void(const FeedHealth&)> on_change = {};
};

struct LiveCounts {
  std::uint64_t events = 0;        // taken by the engine
  std::uint64_t batches = 0;       //
  std::uint64_t future = 0;        // events of the future, taken as of now
  std::uint64_t waiting = 0;       // events in the queue now
  std::uint64_t most_waiting = 0;  // ... and at most since the start
  std::uint64_t blocked = 0;       // microseconds that feeds had to wait for room
  Instant started, now;            // now: the engine's watermark
  std::uint64_t worlds = 0;        // that were published since the start
};

class LivePipeline final : public LiveSink {
 public:
  // `open`: the incidents that stand open in the store. `log` must outlive the pipeline.
  LivePipeline(std::shared_ptr<const World> world, const LiveOptions& options, LiveLog& log,
               const std::vector<Incident>& open = {});
  ~LivePipeline() override;

  // The ground state: everything that tables and updates say, before any feed is connected (the caller's thread).
  Result<void> ground(const std::vector<std::string>& mrt_files);
  void start();
  // What waits is still taken; then the engine's thread ends.
  void stop();

  void on_events(std::string_view collector, EventBatch batch) override;
  void on_gap(std::string_view collector, Instant from, Instant to) override;
  void on_health(const FeedHealth& health) override;

  void publish(std::shared_ptr<const World> world);
  std::shared_ptr<const World> world() const;
  std::vector<FeedHealth> feeds() const;
  LiveCounts counts() const;
  bool blind() const;  // no feed at all that is connected and was heard within blind_after

  // Runs `question` on the engine's thread between two batches, and waits for it. False if the pipeline is stopped.
  bool ask(const std::function<void(const Engine&)>& question) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway
