#include "shell/feed/rtr_client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <map>

#include "shell/feed/rtr_server_for_tests.h"

namespace fairway {
namespace {

// What a feed tells, waited for.
class Listener {
 public:
  void start(RtrFeedOptions options) {
    feed_ = std::make_unique<RtrFeed>(
        std::move(options),
        [this](const RtrTables& tables) {
          const std::lock_guard lock(guard_);
          tables_ = tables;
          ++count_;
          changed_.notify_all();
        },
        [this](const FeedHealth& health) {
          const std::lock_guard lock(guard_);
          health_[health.name] = health;
          changed_.notify_all();
        });
    feed_->start();
  }
  bool becomes(const auto& so) {
    std::unique_lock lock(guard_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return so(tables_); });
  }
  // So many VRPs, from there.
  bool holds(std::size_t count, const std::string& source, bool fresh = true) {
    return becomes([&](const RtrTables& now) {
      return now.vrps && now.vrps->size() == count && now.source == source && now.fresh == fresh;
    });
  }
  bool health_becomes(const std::string& name, const auto& so) {
    std::unique_lock lock(guard_);
    return changed_.wait_for(lock, std::chrono::seconds(20),
                             [&] { return health_.contains(name) && so(health_[name]); });
  }
  RtrTables tables() {
    const std::lock_guard lock(guard_);
    return tables_;
  }
  unsigned count() {
    const std::lock_guard lock(guard_);
    return count_;
  }

 private:
  std::mutex guard_;
  std::condition_variable changed_;
  RtrTables tables_;
  std::map<std::string, FeedHealth> health_;
  unsigned count_ = 0;
  std::unique_ptr<RtrFeed> feed_;
};

RtrFeedOptions options_of(std::initializer_list<const RtrServerForTests*> servers) {
  RtrFeedOptions options;
  for (const RtrServerForTests* server : servers) {
    options.caches.push_back(RtrCacheOptions::parse(server->url()));
    options.caches.back().preference = static_cast<unsigned>(options.caches.size());
  }
  options.health_seconds = 1;
  return options;
}

TEST(RtrCacheOptions, IsNamedByAnAddress) {
  const auto is = [](std::string_view url, const char* host, const char* port, const char* name) {
    const RtrCacheOptions cache = RtrCacheOptions::parse(url);
    return cache.host == host && cache.port == port && cache.name() == name;
  };
  EXPECT_TRUE(is("rtr://validator.example", "validator.example", "323", "rtr://validator.example:323"));
  EXPECT_TRUE(is("rtr://192.0.2.1:3323/", "192.0.2.1", "3323", "rtr://192.0.2.1:3323"));
  EXPECT_TRUE(is("rtr://[2001:db8::1]:8282", "2001:db8::1", "8282", "rtr://[2001:db8::1]:8282"));
}

TEST(RtrFeed, FollowsACacheAndHoldsWhatItToldOverAReconnect) {
  RtrServerForTests server;
  server.publish(1000);
  Listener listener;
  listener.start(options_of({&server}));
  ASSERT_TRUE(listener.holds(1000, server.url()));
  EXPECT_EQ(listener.tables().version, 2);
  ASSERT_TRUE(listener.tables().aspas);
  EXPECT_EQ(listener.tables().aspas->aspas().size(), 1u);
  server.publish(1001);
  ASSERT_TRUE(listener.holds(1001, server.url()));
  EXPECT_TRUE(listener.health_becomes(server.url(), [](const FeedHealth& health) {
    return health.connected && health.events == 1002 && health.octets > 20000 && health.messages == 2;
  }));
  const unsigned told = listener.count();
  server.hang_up();
  EXPECT_TRUE(listener.health_becomes(server.url(), [](const FeedHealth& health) { return !health.connected; }));
  EXPECT_TRUE(listener.health_becomes(
      server.url(), [](const FeedHealth& health) { return health.connected && health.messages == 3; }));
  EXPECT_EQ(server.connections(), 2u);
  EXPECT_EQ(listener.count(), told) << "nothing has changed by that";
  server.publish(7);
  EXPECT_TRUE(listener.holds(7, server.url()));
}

TEST(RtrFeed, HasNoAspasWhereTheVersionHasNone) {
  RtrServerForTests server(1);
  server.publish(3);
  Listener listener;
  listener.start(options_of({&server}));
  ASSERT_TRUE(listener.holds(3, server.url()));
  EXPECT_EQ(listener.tables().version, 1);
  EXPECT_FALSE(listener.tables().aspas);
}

TEST(RtrFeed, PrefersACacheAndFallsBackToAnother) {
  RtrServerForTests first, second;
  second.publish(20);
  Listener listener;
  listener.start(options_of({&first, &second}));
  ASSERT_TRUE(listener.holds(20, second.url())) << "the first has no data";
  first.publish(10);
  ASSERT_TRUE(listener.holds(10, first.url())) << "and now it has";
  first.withhold();
  first.hang_up();
  EXPECT_TRUE(listener.holds(20, second.url())) << "it says itself that it has nothing";
  EXPECT_TRUE(listener.health_becomes(first.url(), [](const FeedHealth& health) {
    return health.trouble.find("No Data Available") != std::string::npos;
  }));
}

TEST(RtrFeed, SaysThatWhatIsHeldIsNotFresh) {
  RtrServerForTests server;
  server.publish(5);
  Listener listener;
  listener.start(options_of({&server}));
  ASSERT_TRUE(listener.holds(5, server.url()));
  server.withhold();
  server.hang_up();
  EXPECT_TRUE(listener.holds(5, server.url(), false));
  server.publish(6);
  EXPECT_TRUE(listener.holds(6, server.url()));
}

TEST(RtrFeed, KnowsAStuckValidatorByItsSerial) {
  RtrServerForTests stuck, other;
  stuck.publish(5);
  auto options = options_of({&stuck});
  options.stuck_after = seconds(2);
  Listener listener;
  listener.start(options);
  ASSERT_TRUE(listener.holds(5, stuck.url()));
  EXPECT_TRUE(listener.holds(5, stuck.url(), false));
  EXPECT_TRUE(listener.health_becomes(
      stuck.url(), [](const FeedHealth& health) { return health.trouble.find("stuck") != std::string::npos; }));
  stuck.publish(6);
  EXPECT_TRUE(listener.holds(6, stuck.url(), true));
}

TEST(RtrFeed, TellsWhyThereIsNoConnection) {
  RtrFeedOptions options;
  options.caches = {RtrCacheOptions::parse("rtr://127.0.0.1:1")};
  options.caches.push_back(RtrCacheOptions::parse("rtr://127.0.0.1:2"));
  options.caches.back().tls = true;
  options.caches.back().ca = "/nowhere/ca.pem";
  Listener listener;
  listener.start(options);
  EXPECT_TRUE(listener.health_becomes("rtr://127.0.0.1:1",
                                      [](const FeedHealth& health) { return health.trouble == "Connection refused"; }));
  EXPECT_TRUE(listener.health_becomes("rtr://127.0.0.1:2", [](const FeedHealth& health) {
    return health.trouble.find("/nowhere/ca.pem") != std::string::npos;
  }));
}

}  // namespace
}  // namespace fairway
