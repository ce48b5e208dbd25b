// Real sockets on the loopback address: threads play the routers.
#include "shell/feed/bmp_station.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "core/wire/bmp/testing.h"

namespace fairway {
namespace {

using bmp::testing::neighbour;
using bmp::testing::Router;
using namespace std::chrono_literals;

class Sink : public LiveSink {
 public:
  struct Count {
    std::size_t announced = 0, states = 0, downs = 0, ends = 0;
  };
  void on_events(std::string_view collector, EventBatch batch) override {
    std::unique_lock lock(mutex_);
    gate_.wait(lock, [this] { return open_; });
    Count& count = counts_[std::string(collector)];
    for (const RouteEvent& event : batch.events()) {
      count.announced += event.kind == EventKind::announce ? 1u : 0u;
      count.ends += event.kind == EventKind::end_of_rib ? 1u : 0u;
      if (event.kind == EventKind::state) ++(event.new_state == 6 ? count.states : count.downs);
      if (event.kind == EventKind::end_of_rib && at_first_end_.empty()) at_first_end_ = counts_;
    }
    gate_.notify_all();
  }
  void on_health(const FeedHealth& health) override {
    const std::lock_guard lock(mutex_);
    health_[health.name] = health;
    gate_.notify_all();
  }
  void shut(bool shut) {
    const std::lock_guard lock(mutex_);
    open_ = !shut;
    gate_.notify_all();
  }
  Count count(const std::string& collector) {
    const std::lock_guard lock(mutex_);
    return counts_[collector];
  }
  FeedHealth health(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return health_[name];
  }
  std::map<std::string, Count> counts() {
    const std::lock_guard lock(mutex_);
    return counts_;
  }
  std::map<std::string, Count> at_first_end() {
    const std::lock_guard lock(mutex_);
    return at_first_end_;
  }
  // Waits until it is so, at most a minute.
  template <class Truth>
  bool until(Truth truth) {
    for (int i = 0; i < 6000; ++i) {
      if (truth()) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable gate_;
  bool open_ = true;
  std::map<std::string, Count> counts_, at_first_end_;
  std::map<std::string, FeedHealth> health_;
};

sockaddr_in loopback(std::uint16_t port, std::uint32_t address = INADDR_LOOPBACK) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(address);
  return at;
}

// A socket of a router.
class Peer {
 public:
  // Connects from 127.0.0.`last`.
  explicit Peer(const std::string& where, unsigned last = 1) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const auto port = *parse_number<std::uint16_t>(where.substr(where.rfind(':') + 1));
    const sockaddr_in from = loopback(0, 0x7F000000u + last), to = loopback(port);
    ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&from), sizeof from);
    EXPECT_EQ(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }
  explicit Peer(int descriptor) : descriptor_(descriptor) {}
  ~Peer() { close(); }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  // Blocks until all is sent, or the other side is gone.
  bool send(Bytes octets) {
    while (!octets.empty()) {
      const ssize_t size = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
      if (size <= 0) return false;
      octets = octets.subspan(static_cast<std::size_t>(size));
    }
    return true;
  }
  // How much goes before it would have to wait for a second.
  std::size_t send_while_possible(Bytes octets) {
    timeval second{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
    std::size_t sent = 0;
    for (ssize_t size; (size = ::send(descriptor_, octets.data() + sent, octets.size() - sent, MSG_NOSIGNAL)) > 0;)
      sent += static_cast<std::size_t>(size);
    return sent;
  }
  bool is_closed_by_station() {
    char octet;
    return ::recv(descriptor_, &octet, 1, 0) <= 0;
  }

 private:
  int descriptor_;
};

class BmpStationTest : public ::testing::Test {
 protected:
  Sink sink_;
  std::unique_ptr<BmpStation> station_;
  std::thread thread_;

  static BmpStationOptions quick() {
    BmpStationOptions options;
    options.listen = {"127.0.0.1:0"};
    options.health_seconds = 1;
    return options;
  }
  std::string start(const BmpStationOptions& options) {
    auto opened = BmpStation::open(options, sink_);
    EXPECT_TRUE(opened) << opened.error().text;
    station_ = std::move(*opened);
    thread_ = std::thread([this] { station_->run(); });
    return options.listen.empty() ? "" : station_->addresses()[0];
  }
  void TearDown() override {
    sink_.shut(false);
    if (station_) station_->stop();
    if (thread_.joinable()) thread_.join();
  }
  static void begin(Router& router, std::string_view name) {
    router.initiation(name);
    router.peer_up(neighbour());
  }
};

TEST_F(BmpStationTest, TellsWhatRoutersTell) {
  const std::string where = start(quick());
  Router router;
  begin(router, "core1");
  router.announce(neighbour(), {"198.51.100.0/24", "203.0.113.0/24"});
  Peer peer(where);
  ASSERT_TRUE(peer.send(router.out.written()));
  ASSERT_TRUE(sink_.until([&] { return sink_.count("core1").announced == 2; }));
  ASSERT_TRUE(sink_.until([&] { return !station_->routers().empty(); }));
  const BmpRouter known = station_->routers()[0];
  EXPECT_EQ(known.collector, "core1");
  EXPECT_EQ(known.counters.announced, 2u);
  ASSERT_EQ(known.neighbours.size(), 1u);
  EXPECT_EQ(known.neighbours[0].standing, bmp::Standing::up);
  ASSERT_TRUE(sink_.until([&] { return sink_.health("bmp 127.0.0.1").source == "core1"; }));
  const FeedHealth up = sink_.health("bmp 127.0.0.1");
  EXPECT_TRUE(up.connected);
  EXPECT_EQ(up.messages, 3u);
  EXPECT_EQ(up.octets, router.out.size());
  EXPECT_EQ(up.events, 3u);
  peer.close();
  ASSERT_TRUE(sink_.until([&] { return sink_.count("core1").downs == 1; }));
  ASSERT_TRUE(sink_.until([&] { return !sink_.health("bmp 127.0.0.1").connected; }));
  EXPECT_EQ(sink_.health("bmp 127.0.0.1").trouble, "the router closed the connection");
  // Counters go on with its next connection.
  Peer again(where);
  ASSERT_TRUE(again.send(router.out.written()));
  ASSERT_TRUE(sink_.until([&] { return sink_.health("bmp 127.0.0.1").messages == 6; }));
}

TEST_F(BmpStationTest, CutsOffGarbageAndDisturbsNobody) {
  const std::string where = start(quick());
  Router good, bad;
  begin(good, "good");
  Peer a(where, 1), b(where, 2);
  begin(bad, "bad");
  ASSERT_TRUE(a.send(good.out.written()));
  ASSERT_TRUE(b.send(bad.out.written()));
  ASSERT_TRUE(b.send(as_bytes("garbage")));
  EXPECT_TRUE(b.is_closed_by_station());
  ASSERT_TRUE(sink_.until([&] { return sink_.count("bad").downs == 1; }));
  ASSERT_TRUE(sink_.until([&] { return !sink_.health("bmp 127.0.0.2").connected; }));
  EXPECT_NE(sink_.health("bmp 127.0.0.2").trouble.find("not BMP"), std::string::npos);
  good.out.clear();
  good.announce(neighbour(), {"198.51.100.0/24"});
  ASSERT_TRUE(a.send(good.out.written()));
  EXPECT_TRUE(sink_.until([&] { return sink_.count("good").announced == 1; }));
  EXPECT_EQ(sink_.count("good").downs, 0u);
}

TEST_F(BmpStationTest, LetsInWhoMay) {
  BmpStationOptions options = quick();
  options.allow = {"127.0.0.8/29", "2001:db8::/32"};
  const std::string where = start(options);
  Peer refused(where, 1), taken(where, 9);
  EXPECT_TRUE(refused.is_closed_by_station());
  ASSERT_TRUE(sink_.until([&] { return sink_.health("bmp 127.0.0.9").connected; }));
  EXPECT_NE(sink_.health("bmp 127.0.0.1").trouble.find("may connect"), std::string::npos);
  options.allow = {"core1"};
  EXPECT_FALSE(BmpStation::open(options, sink_));
  options = BmpStationOptions{};
  options.listen = {"127.0.0.1"};
  EXPECT_FALSE(BmpStation::open(options, sink_));
}

TEST_F(BmpStationTest, ANewerConnectionTakesThePlaceOfTheOlder) {
  const std::string where = start(quick());
  Router router;
  begin(router, "core1");
  Peer first(where, 1), elsewhere(where, 2);
  ASSERT_TRUE(first.send(router.out.written()));
  ASSERT_TRUE(sink_.until([&] { return sink_.count("core1").states == 1; }));
  ASSERT_TRUE(elsewhere.send(router.out.written()));  // another router of that name
  ASSERT_TRUE(sink_.until([&] { return sink_.count("core1 (127.0.0.2)").states == 1; }));
  Peer second(where, 1);
  ASSERT_TRUE(second.send(router.out.written()));
  EXPECT_TRUE(first.is_closed_by_station());
  ASSERT_TRUE(sink_.until([&] { return sink_.count("core1").states == 2; }));
  EXPECT_EQ(sink_.count("core1").downs, 1u);
  EXPECT_EQ(sink_.count("core1 (127.0.0.2)").downs, 0u);
}

// Many dump at once: each gets its turn, so that none has to wait for another's end.
TEST_F(BmpStationTest, ServesRoutersByTurns) {
  const std::string where = start(quick());
  constexpr unsigned kRouters = 8, kMessages = 10'000;
  sink_.shut(true);  // until all have begun
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kRouters; ++i) {
    threads.emplace_back([&, i] {
      Router router;
      begin(router, "r" + std::to_string(i));
      Router one;
      one.announce(neighbour(), {"198.51.100.0/24"});
      for (unsigned j = 0; j < kMessages; ++j) router.out.bytes(one.out.written());
      router.end_of_rib(neighbour());
      Peer peer(where, i + 1);
      EXPECT_TRUE(peer.send(router.out.written()));
      EXPECT_TRUE(sink_.until([&] { return sink_.count("r" + std::to_string(i)).ends == 1; }));
    });
  }
  std::this_thread::sleep_for(300ms);
  sink_.shut(false);
  for (std::thread& thread : threads) thread.join();
  for (unsigned i = 0; i < kRouters; ++i) {
    const std::string name = "r" + std::to_string(i);
    EXPECT_EQ(sink_.count(name).announced, kMessages);
    EXPECT_GT(sink_.at_first_end()[name].announced, kMessages / 4) << name;
  }
}

// While the sink waits, nothing is read: what a router can send ends where the kernel's buffers are full.
TEST_F(BmpStationTest, SlowsRoutersDown) {
  const std::string where = start(quick());
  Router router;
  begin(router, "core1");
  Router one;
  one.announce(neighbour(), {"198.51.100.0/24"});
  constexpr std::size_t kMessages = 150'000;  // about 28 MB, thrice what a kernel keeps
  for (std::size_t i = 0; i < kMessages; ++i) router.out.bytes(one.out.written());
  sink_.shut(true);
  Peer peer(where);
  const Bytes all = router.out.written();
  const std::size_t sent = peer.send_while_possible(all);
  EXPECT_LT(sent, all.size() / 2);
  sink_.shut(false);
  EXPECT_TRUE(peer.send(all.subspan(sent)));
  EXPECT_TRUE(sink_.until([&] { return sink_.count("core1").announced == kMessages; }));
}

TEST_F(BmpStationTest, DialsRoutersAgainAndAgain) {
  const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at = loopback(0);
  socklen_t size = sizeof at;
  ASSERT_EQ(::bind(listening, reinterpret_cast<const sockaddr*>(&at), size), 0);
  ::getsockname(listening, reinterpret_cast<sockaddr*>(&at), &size);
  BmpStationOptions options = quick();
  options.listen.clear();
  const std::string name = "127.0.0.1:" + std::to_string(ntohs(at.sin_port));
  options.dial = {name};
  start(options);
  // Nobody listens yet.
  ASSERT_TRUE(sink_.until([&] { return !sink_.health("bmp " + name).trouble.empty(); }));
  ::listen(listening, 5);
  Router router;
  begin(router, "core1");
  for (unsigned i = 1; i <= 2; ++i) {
    Peer peer(::accept(listening, nullptr, nullptr));
    ASSERT_TRUE(peer.send(router.out.written()));
    ASSERT_TRUE(sink_.until([&] { return sink_.count("core1").states == i; }));
    peer.close();
    ASSERT_TRUE(sink_.until([&] { return sink_.count("core1").downs == i; }));
  }
  EXPECT_EQ(sink_.health("bmp " + name).messages, 4u);
  ::close(listening);
}

TEST_F(BmpStationTest, ClosesConnectionsThatSayNothing) {
  BmpStationOptions options = quick();
  options.silent_seconds = 1;
  const std::string where = start(options);
  Peer peer(where);
  EXPECT_TRUE(peer.is_closed_by_station());
}

TEST_F(BmpStationTest, HearsBothFamiliesOnOneSocket) {
  BmpStationOptions options = quick();
  options.listen = {"[::]:0"};
  const std::string where = start(options);
  Peer peer(where, 3);
  Router router;
  router.peer_up(neighbour());
  ASSERT_TRUE(peer.send(router.out.written()));
  EXPECT_TRUE(sink_.until([&] { return sink_.count("127.0.0.3").states == 1; }));  // it has not said its name
}

}  // namespace
}  // namespace fairway
