#include "shell/feed/ris_live.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <future>
#include <mutex>

#include "shell/feed/ris_live_server_for_tests.h"

namespace fairway {
namespace {

using namespace std::chrono_literals;

std::string update(const std::string& prefix, const std::string& host = "rrc00", int id = 0) {
  static int next = 0;
  return R"({"type":"ris_message","data":{"timestamp":1700000000,"peer":"192.0.2.1","peer_asn":"64500","id":")" +
         std::to_string(id != 0 ? id : 1000 + ++next) + R"(","host":")" + host +
         R"(","type":"UPDATE","path":[64500],"announcements":[{"next_hop":"192.0.2.1","prefixes":[")" + prefix +
         "\"]}]}}";
}

// What a feed told, as words: "rrc00 192.0.2.0/24", "gap rrc00"; and its health.
class Told final : public LiveSink {
 public:
  void on_events(std::string_view collector, EventBatch batch) override {
    for (const RouteEvent& event : batch.events()) add(std::string(collector) + " " + to_string(event.prefix));
  }
  void on_gap(std::string_view collector, Instant from, Instant to) override {
    add("gap " + std::string(collector));
    EXPECT_LE(from, to);
    if (!first_gap) first_gap = from;
  }
  void on_health(const FeedHealth& health) override {
    const std::lock_guard lock(mutex_);
    health_ = health;
    changed_.notify_all();
  }

  // Whether it was told, within seconds.
  bool hears(const std::vector<std::string>& all) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return told_ == all; });
  }
  bool health(const std::function<bool(const FeedHealth&)>& is) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return is(health_); });
  }
  bool troubled(const std::string& by) {
    const bool is = health([&](const FeedHealth& now) { return now.trouble.find(by) != std::string::npos; });
    if (!is) ADD_FAILURE() << "trouble: " << health_.trouble;
    return is;
  }
  std::optional<Instant> first_gap;  // where it begins

  std::vector<std::string> told() const {
    const std::lock_guard lock(mutex_);
    return told_;
  }

 private:
  void add(std::string word) {
    const std::lock_guard lock(mutex_);
    told_.push_back(std::move(word));
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> told_;
  FeedHealth health_;
};

RisLiveOptions quick(const std::string& url) {
  RisLiveOptions options;
  options.url = url;
  options.ping = 40ms;
  options.silence = 2000ms;
  options.health = 50ms;
  options.least_pause = 5ms;
  return options;
}

// A feed that runs for as long as the test.
class Running {
 public:
  Running(const RisLiveOptions& options, Told& told) {
    auto feed = RisLive::open(options, told);
    EXPECT_TRUE(feed.has_value()) << feed.error().text;
    feed_ = *std::move(feed);
    thread_ = std::thread([this] { feed_->run(); });
  }
  ~Running() {
    feed_->stop();
    thread_.join();
  }

 private:
  std::unique_ptr<RisLive> feed_;
  std::thread thread_;
};

TEST(RisLiveFeed, SubscribesAndTells) {
  std::promise<std::string> subscribed;
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    const std::string asked = talk.read();
    if (talk.number == 0) subscribed.set_value(asked);
    talk.send(R"({"type":"ris_subscribe_ok","data":{}})");
    talk.send(update("192.0.2.0/24"));
    talk.send(update("198.51.100.0/24", "rrc21.ripe.net"));
    while (!talk.read().empty()) talk.send(R"({"type":"pong","data":null})");
  });
  Told told;
  RisLiveOptions options = quick(server.url());
  options.client = "me & you";
  const Running running(options, told);
  EXPECT_EQ(subscribed.get_future().get(),
            R"({"type": "ris_subscribe", "data": {"socketOptions": {"includeRaw": true, "acknowledge": true}}})");
  EXPECT_TRUE(told.hears({"rrc00 192.0.2.0/24", "rrc21 198.51.100.0/24"}));
  EXPECT_TRUE(told.health([](const FeedHealth& health) {
    return health.connected && health.events == 2 && health.messages >= 3 && health.damaged == 0 &&
           health.name == "ris-live" && health.octets > 500 && health.trouble.empty();
  }));
  EXPECT_EQ(server.targets(), std::vector<std::string>{"/v1/ws/?client=me%20%26%20you"});
}

TEST(RisLiveFeed, ALostConnectionIsMadeAnewAndTheGapTold) {
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    EXPECT_NE(talk.read().find("ris_subscribe"), std::string::npos);
    talk.send(update("192.0.2.0/24"));
    if (talk.number == 0) return talk.send_half(R"({"type":"ris_me)");  // and it is gone
    while (!talk.read().empty()) {
    }
  });
  Told told;
  const Running running(quick(server.url()), told);
  EXPECT_TRUE(told.hears({"rrc00 192.0.2.0/24", "gap rrc00", "rrc00 192.0.2.0/24"})) << told.told().size();
  EXPECT_EQ(told.first_gap, from_seconds(1'700'000'000)) << "when it was heard last";
  EXPECT_TRUE(told.health([](const FeedHealth& health) { return health.connected; }));
}

TEST(RisLiveFeed, ASilentServerIsLeft) {
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    talk.send(update(talk.number == 0 ? "192.0.2.0/24" : "198.51.100.0/24"));
    while (!talk.read().empty()) {  // and says nothing
    }
  });
  Told told;
  RisLiveOptions options = quick(server.url());
  options.silence = 100ms;
  const Running running(options, told);
  EXPECT_TRUE(told.troubled("nothing was heard for 0 s"));
}

TEST(RisLiveFeed, AServerThatAnswersPingsIsKept) {
  std::atomic<int> pings = 0;
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    for (std::string text = talk.read(); !text.empty(); text = talk.read()) {
      if (text.find("ping") == std::string::npos) continue;
      ++pings;
      talk.send(R"({"type":"pong","data":null})");
    }
  });
  Told told;
  RisLiveOptions options = quick(server.url());
  options.silence = 150ms;
  const Running running(options, told);
  EXPECT_TRUE(told.health([](const FeedHealth& health) { return health.messages >= 8; }));
  EXPECT_GE(pings, 8) << "for longer than silence would have been borne";
  EXPECT_EQ(server.targets().size(), 1u);
  EXPECT_TRUE(told.troubled("of 1 subscriptions the server confirmed 0"));
}

TEST(RisLiveFeed, GarbageIsPassedOver) {
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    if (talk.number == 0) {
      for (const char* text : {"{", "", "nonsense", R"({"type":"ris_message","data":{"type":"UPDATE"}})"})
        talk.send(text);
      talk.send(R"({"type":"ris_error","data":{"message":"slow down"}})");
      talk.send(update("192.0.2.0/24"));
      talk.read();
      talk.send_octets("\xFF\xFF\xFF and this is no frame at all");
    } else {
      talk.send(update("198.51.100.0/24"));
      while (!talk.read().empty()) {
      }
    }
  });
  Told told;
  const Running running(quick(server.url()), told);
  EXPECT_TRUE(told.hears({"rrc00 192.0.2.0/24", "gap rrc00", "rrc00 198.51.100.0/24"}));
  EXPECT_TRUE(told.health([](const FeedHealth& health) { return health.damaged == 4; }));
}

TEST(RisLiveFeed, WhatTheServerComplainsOfIsTold) {
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    talk.send(R"({"type":"ris_error","data":{"message":"slow down"}})");
    while (!talk.read().empty()) {
    }
  });
  Told told;
  const Running running(quick(server.url()), told);
  EXPECT_TRUE(told.troubled("the server says: slow down"));
}

TEST(RisLiveFeed, LongMessagesAreReadAndTooLongOnesAreNot) {
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    const std::string blanks(talk.number == 0 ? 90'000 : talk.number == 1 ? 110'000 : 0, ' ');
    talk.send(blanks + update("192.0.2.0/24"));
    if (talk.number == 0) return;
    while (!talk.read().empty()) {
    }
  });
  Told told;
  RisLiveOptions options = quick(server.url());
  options.most_octets = 100'000;
  const Running running(options, told);
  EXPECT_TRUE(told.hears({"rrc00 192.0.2.0/24", "gap rrc00", "gap rrc00", "rrc00 192.0.2.0/24"}));
}

TEST(RisLiveFeed, OnlyWhatWasAskedForAndOnce) {
  std::mutex mutex;
  std::vector<std::string> asked;
  RisLiveServer server([&](RisLiveServer::Talk& talk) {
    for (int i = 0; i < 3; ++i) {
      const std::string text = talk.read();
      const std::lock_guard lock(mutex);
      asked.push_back(text);
    }
    talk.send(update("192.0.2.0/25", "rrc00", 7));
    talk.send(update("192.0.2.0/25", "rrc00", 7));
    talk.send(update("203.0.113.0/24"));
    talk.send(update("2001:db8::/32"));
    while (!talk.read().empty()) {
    }
  });
  Told told;
  RisLiveOptions options = quick(server.url());
  options.wish.prefixes = {*parse_prefix("192.0.2.0/24"), *parse_prefix("2001:db8::/32")};
  const Running running(options, told);
  EXPECT_TRUE(told.hears({"rrc00 192.0.2.0/25", "rrc00 2001:db8::/32"}));
  const std::lock_guard lock(mutex);
  EXPECT_NE(asked[1].find("\"2001:db8::/32\""), std::string::npos);
  EXPECT_NE(asked[2].find("RIS_PEER_STATE"), std::string::npos);
}

TEST(RisLiveFeed, Tls) {
  const SelfSigned identity = self_signed(), other = self_signed();
  char name[] = "/tmp/fairway-XXXXXX";
  ::close(::mkstemp(name));
  std::ofstream(name) << identity.certificate;
  const auto script = [](RisLiveServer::Talk& talk) {
    talk.send(update("192.0.2.0/24"));
    if (talk.number == 0) return;
    while (!talk.read().empty()) talk.send(R"({"type":"pong"})");
  };
  {
    RisLiveServer server(script, &identity);
    Told told;
    RisLiveOptions options = quick(server.url());
    options.authorities = name;
    const Running running(options, told);
    EXPECT_TRUE(told.hears({"rrc00 192.0.2.0/24", "gap rrc00", "rrc00 192.0.2.0/24"}));
  }
  {
    RisLiveServer server(script, &other);
    Told told;
    RisLiveOptions options = quick(server.url());
    options.authorities = name;
    const Running running(options, told);
    EXPECT_TRUE(told.troubled("no TLS with localhost")) << "somebody else's certificate";
    EXPECT_TRUE(told.told().empty());
  }
  std::remove(name);
}

TEST(RisLiveFeed, WhatCannotBeReachedIsToldAndTriedAgain) {
  std::string url;
  {
    const RisLiveServer server([](RisLiveServer::Talk&) {});
    url = server.url();
  }
  Told told;
  const Running running(quick(url), told);
  EXPECT_TRUE(told.troubled("cannot connect to 127.0.0.1:"));
  EXPECT_TRUE(told.health([](const FeedHealth& health) { return !health.connected && health.since != Instant{}; }));
}

TEST(RisLiveFeed, RefusesWhatIsNoAddress) {
  Told told;
  for (const char* url : {"", "https://ris-live.ripe.net/", "ws://", "ws://:80/", "ws://host:99999/"}) {
    RisLiveOptions options;
    options.url = url;
    const auto feed = RisLive::open(options, told);
    ASSERT_FALSE(feed.has_value()) << url;
    EXPECT_EQ(feed.error().kind, ErrorKind::usage);
  }
  RisLiveOptions options;
  options.authorities = "/nowhere";
  const auto feed = RisLive::open(options, told);
  ASSERT_FALSE(feed.has_value());
  EXPECT_EQ(feed.error().kind, ErrorKind::system);
}

TEST(RisLiveSubscription, SaysWhatIsWished) {
  RisLiveWish wish;
  EXPECT_EQ(subscriptions(wish).size(), 1u);
  wish.collectors = {"rrc00", "rrc01"};
  wish.prefixes = {*parse_prefix("192.0.2.0/24")};
  wish.path = "64500$";
  wish.require = "announcements";
  const auto all = subscriptions(wish);
  ASSERT_EQ(all.size(), 4u) << "of each collector a prefix, and its sessions";
  EXPECT_EQ(all[0],
            R"({"type": "ris_subscribe", "data": {"host": "rrc00", "prefix": "192.0.2.0/24", "moreSpecific": true, )"
            R"("lessSpecific": false, "path": "64500$", "require": "announcements", )"
            R"("socketOptions": {"includeRaw": true, "acknowledge": true}}})");
  EXPECT_EQ(all[3], R"({"type": "ris_subscribe", "data": {"host": "rrc01", "type": "RIS_PEER_STATE", )"
                    R"("socketOptions": {"includeRaw": true, "acknowledge": true}}})");
  wish.peer_states = false;
  EXPECT_EQ(subscriptions(wish).size(), 2u);
}

TEST(RisLiveSubscription, WantedPrefixesAreTheServersOnes) {
  const auto wants = [](bool more, bool less, std::string_view prefix) {
    RisLiveWish wish;
    wish.prefixes = {*parse_prefix("192.0.2.0/24"), *parse_prefix("2001:db8::/32")};
    wish.more_specific = more;
    wish.less_specific = less;
    return WantedPrefixes(wish).wants(*parse_prefix(prefix));
  };
  for (const bool more : {false, true}) {
    for (const bool less : {false, true}) {
      EXPECT_TRUE(wants(more, less, "192.0.2.0/24"));
      EXPECT_EQ(wants(more, less, "192.0.2.128/25"), more);
      EXPECT_EQ(wants(more, less, "2001:db8::1/128"), more);
      EXPECT_EQ(wants(more, less, "192.0.0.0/16"), less);
      EXPECT_EQ(wants(more, less, "::/0"), less);
      EXPECT_FALSE(wants(more, less, "192.0.3.0/24"));
    }
  }
  EXPECT_TRUE(WantedPrefixes({}).wants(*parse_prefix("10.0.0.0/8"))) << "no wish is everything";
}

TEST(RisLiveSubscription, IdentifiersAreRememberedForAWhile) {
  RecentIds recent;
  EXPECT_TRUE(recent.add("a"));
  EXPECT_FALSE(recent.add("a"));
  EXPECT_TRUE(recent.add("") && recent.add(""));
  for (int i = 0; i < (1 << 14); ++i) EXPECT_TRUE(recent.add(std::to_string(i)));
  EXPECT_TRUE(recent.add("a")) << "long ago";
}

}  // namespace
}  // namespace fairway
