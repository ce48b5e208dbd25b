#include "shell/feed/rtr_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "shell/feed/rtr_link.h"
#include "shell/feed/tcp.h"

namespace fairway {

namespace {

constexpr std::string_view kScheme = "rtr://";

}  // namespace

RtrCacheOptions RtrCacheOptions::parse(std::string_view url) {
  if (url.starts_with(kScheme)) url.remove_prefix(kScheme.size());
  while (url.ends_with('/')) url.remove_suffix(1);
  const auto server = TcpServerName::parse(url, "323");
  RtrCacheOptions cache;
  cache.host = server.host;
  cache.port = server.port;
  return cache;
}

std::string RtrCacheOptions::name() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  return std::string(kScheme) + (ipv6 ? "[" + host + "]" : host) + ":" + port;
}

struct RtrFeed::State {
  RtrFeedOptions options;
  std::function<void(const RtrTables&)> on_tables;
  std::function<void(const FeedHealth&)> on_health;
  boost::asio::io_context context{1};
  boost::asio::steady_timer health_timer{context};
  std::vector<std::unique_ptr<RtrLink>> links;
  std::vector<std::pair<bool, std::string>> told;  // of each link: connected, trouble
  RtrTables used;
  std::thread thread;

  bool is_stuck(const rtr::ClientSession& session) const {
    return options.stuck_after.microseconds != 0 && rtr_now() - session.moved() > options.stuck_after;
  }
  bool is_fresh(const rtr::ClientSession& session) const { return !session.says_no_data() && !is_stuck(session); }

  void tell_health(std::size_t i) {
    FeedHealth health = links[i]->health();
    const auto& session = links[i]->session();
    if (session.payload()) {
      health.events = session.payload()->vrps->size() + session.payload()->aspas->aspas().size();
      if (health.trouble.empty() && is_stuck(session)) {
        health.trouble = "no new serial since " + to_string(session.moved()) +
                         ": its validator may be stuck, look at its log; what it says is not used as fresh";
      }
    }
    told[i] = {health.connected, health.trouble};
    on_health(health);
  }

  void choose() {
    const RtrLink* best = nullptr;
    const auto rank = [&](const RtrLink& link) {
      return std::pair(!is_fresh(link.session()), link.cache().preference);
    };
    for (const auto& link : links) {
      if (link->session().payload() && (best == nullptr || rank(*link) < rank(*best))) best = link.get();
    }
    RtrTables next;
    if (best != nullptr) {
      const auto& session = best->session();
      next.vrps = session.payload()->vrps;
      if (session.epoch()->version >= 2) next.aspas = session.payload()->aspas;
      next.fresh = is_fresh(session);
      next.source = best->cache().name();
      next.version = session.epoch()->version;
      next.serial = session.epoch()->serial;
      next.told = session.answered();
    }
    const bool same =
        next.vrps == used.vrps && next.aspas == used.aspas && next.fresh == used.fresh && next.source == used.source;
    used = std::move(next);
    if (same) return;
    on_tables(used);
  }

  void on_change(std::size_t i) {
    const FeedHealth& health = links[i]->health();
    if (told[i] != std::pair(health.connected, health.trouble)) tell_health(i);
    choose();
  }

  void run() {
    for (std::size_t i = 0; i < options.caches.size(); ++i) {
      links.push_back(std::make_unique<RtrLink>(context, options.caches[i], [this, i] { on_change(i); }));
      told.emplace_back();
    }
    for (const auto& link : links) link->start();
    watch();
    context.run();
    links.clear();
  }

  void watch() {
    health_timer.expires_after(std::chrono::seconds(options.health_seconds));
    health_timer.async_wait([this](boost::system::error_code error) {
      if (error) return;
      for (std::size_t i = 0; i < links.size(); ++i) tell_health(i);
      choose();
      watch();
    });
  }
};

RtrFeed::RtrFeed(RtrFeedOptions options, std::function<void(const RtrTables&)> on_tables,
                 std::function<void(const FeedHealth&)> on_health)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->on_tables = std::move(on_tables);
  state_->on_health = std::move(on_health);
}

RtrFeed::~RtrFeed() {
  state_->context.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

void RtrFeed::start() {
  state_->thread = std::thread([this] { state_->run(); });
}

}  // namespace fairway
