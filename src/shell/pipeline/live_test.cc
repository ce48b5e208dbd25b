#include "shell/pipeline/live.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/tables/expectation.h"
#include "core/tables/world.h"

namespace fairway {
namespace {

Instant now() {
  return Instant{
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count()};
}

// Remembers what was told and committed; can be made to take its time.
class Book final : public LiveLog {
 public:
  void on_transition(Transition transition, Instant, const Incident& incident) override {
    const std::scoped_lock lock(mutex_);
    pending_.push_back(std::string(to_string(transition)) + ' ' + std::string(to_string(kind_of(incident.type))));
    last_ = incident;
  }
  void commit(Instant) override {
    while (stopped) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const std::scoped_lock lock(mutex_);
    kept_.insert(kept_.end(), pending_.begin(), pending_.end());
    pending_.clear();
    changed_.notify_all();
  }
  // Waits until so many are kept.
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return kept_.size() >= count; });
    return kept_;
  }
  Incident last() {
    const std::scoped_lock lock(mutex_);
    return last_;
  }
  std::atomic<bool> stopped{false};

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> pending_, kept_;
  Incident last_;
};

std::shared_ptr<const World> my_world(const std::string& version, Asn origin) {
  auto world = std::make_shared<World>();
  world->version = version;
  Network network;
  network.asns = {origin};
  OwnPrefix own;
  own.prefix = *parse_prefix("192.0.32.0/24");
  own.origins = {origin};
  network.prefixes = {own};
  world->expectation = std::make_shared<const Expectation>(Expectation::build(std::move(network)));
  return world;
}

EventBatch batch(std::initializer_list<const char*> prefixes, const std::string& path, Instant time) {
  EventBatch events;
  Attributes attributes;
  attributes.has_as_path = true;
  attributes.as_path = *parse_as_path(path);
  for (const char* prefix : prefixes) {
    RouteEvent event;
    event.time = event.originated = time;
    event.peer = {IpAddress::ipv4(0xC6336402), Asn{3001}};
    event.prefix = *parse_prefix(prefix);
    event.attributes = &attributes;
    events.add(event);
  }
  return events;
}

LiveOptions quick() {
  LiveOptions options;
  options.engine.gather = options.engine.hold = Duration{50'000};
  options.tick = Duration{10'000};
  return options;
}

TEST(LivePipeline, MakesIncidentsOfEventsAndAnswersQuestions) {
  Book book;
  LivePipeline pipeline(my_world("1", Asn{2001}), quick(), book);
  EXPECT_FALSE(pipeline.ask([](const Engine&) {})) << "it does not run yet";
  pipeline.start();
  pipeline.on_events("core1", batch({"192.0.32.0/24"}, "3001 666", now()));
  EXPECT_EQ(book.wait_for(1), std::vector<std::string>{"opened hijack"});
  std::uint64_t routes = 0;
  ASSERT_TRUE(pipeline.ask([&](const Engine& engine) { routes = engine.statistics().routes; }));
  EXPECT_EQ(routes, 1u);
  EXPECT_EQ(pipeline.counts().events, 1u);
  pipeline.stop();
  EXPECT_FALSE(pipeline.ask([](const Engine&) {}));
}

TEST(LivePipeline, AClockThatIsWrongPushesNobodyAhead) {
  Book book;
  LivePipeline pipeline(my_world("1", Asn{2001}), quick(), book);
  pipeline.start();
  pipeline.on_events("core1", batch({"198.51.0.0/16"}, "3001 1", now() + days(400)));
  Instant watermark{};
  while (pipeline.counts().events == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ASSERT_TRUE(pipeline.ask([&](const Engine& engine) { watermark = engine.watermark(); }));
  EXPECT_LE(watermark, now());
  EXPECT_EQ(pipeline.counts().future, 1u);
}

TEST(LivePipeline, SlowsFeedsDownInsteadOfDropping) {
  Book book;
  LiveOptions options = quick();
  options.most_waiting = 2;
  LivePipeline pipeline(my_world("1", Asn{2001}), options, book);
  book.stopped = true;
  pipeline.start();
  std::atomic<unsigned> delivered{0};
  std::thread feed([&] {
    for (unsigned i = 0; i < 50; ++i) {
      pipeline.on_events("core1", batch({"198.51.0.0/16", "198.50.0.0/16"}, "3001 1", now()));
      ++delivered;
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_LT(delivered, 50u) << "the engine takes nothing: the feed waits";
  book.stopped = false;
  feed.join();
  pipeline.stop();
  EXPECT_EQ(pipeline.counts().events, 100u);
  EXPECT_LE(pipeline.counts().most_waiting, 4u);
  EXPECT_GT(pipeline.counts().blocked, 0u);
}

TEST(LivePipeline, TakesANewWorldWhileItRuns) {
  Book book;
  LivePipeline pipeline(my_world("1", Asn{2001}), quick(), book);
  pipeline.start();
  pipeline.on_events("core1", batch({"192.0.32.0/24"}, "3001 666", now()));
  ASSERT_EQ(book.wait_for(1).size(), 1u);
  pipeline.publish(my_world("2", Asn{666}));  // I say that it is mine
  EXPECT_EQ(book.wait_for(2), (std::vector<std::string>{"opened hijack", "cleared hijack"}));
  EXPECT_EQ(pipeline.world()->version, "2");
}

TEST(LivePipeline, ASilentFeedMakesItBlind) {
  Book book;
  LiveOptions options = quick();
  options.blind_after = Duration{100'000};
  LivePipeline pipeline(my_world("1", Asn{2001}), options, book);
  pipeline.start();
  EXPECT_TRUE(pipeline.blind()) << "there is no feed";
  FeedHealth router;
  router.name = "bmp core1";
  router.connected = true;
  router.since = now();
  pipeline.on_health(router);
  while (pipeline.blind()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  FeedHealth stream;
  stream.name = "stream";
  stream.connected = stream.talks_always = true;
  stream.since = stream.heard = now();
  pipeline.on_health(stream);
  EXPECT_EQ(book.wait_for(1), std::vector<std::string>{"opened blind"});
  EXPECT_EQ(book.last().feed, "stream") << "a router that is connected may be quiet";
  stream.heard = now() + seconds(5);
  pipeline.on_health(stream);
  EXPECT_EQ(book.wait_for(2).back(), "cleared blind");
}

TEST(LivePipeline, GoesOnWithWhatStoodOpen) {
  Incident incident;
  {
    Book book;
    LivePipeline pipeline(my_world("1", Asn{2001}), quick(), book);
    pipeline.start();
    pipeline.on_events("core1", batch({"192.0.32.0/24"}, "3001 666", now()));
    ASSERT_EQ(book.wait_for(1).size(), 1u);
    incident = book.last();
  }
  Book book;
  LiveOptions options = quick();
  options.reground = Duration{300'000};
  LivePipeline pipeline(my_world("1", Asn{2001}), options, book, {incident});
  pipeline.start();
  EXPECT_EQ(book.wait_for(1), std::vector<std::string>{"cleared hijack"});
  EXPECT_EQ(book.last().id, incident.id);
}

}  // namespace
}  // namespace fairway
