#include "shell/daemon/daemon.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <thread>

#include "core/tables/expectation.h"
#include "core/tables/world.h"
#include "shell/feed/file_watch.h"
#include "shell/feed/mrt_directory.h"
#include "shell/notify/heartbeat.h"
#include "shell/notify/notifier.h"
#include "shell/store/store.h"

namespace fairway::daemon {
namespace {

namespace asio = boost::asio;

// Whatever the engine says goes into the store; what follows for people is woken up, and the log has a line of it.
class Log final : public LiveLog {
 public:
  Log(Store& store, const Tell& tell) : store_(store), tell_(tell) {}

  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    store_.on_transition(transition, at, incident);
    told_ = true;
    tell_("incident " + incident.id + " " + std::string(to_string(transition)) + ": " +
          std::string(to_string(kind_of(incident.type))) + " " + std::string(to_string(incident.type)));
  }
  void commit(Instant now) override {
    store_.commit(now);
    const std::string trouble = store_.trouble().value_or("");
    if (trouble != trouble_) {
      tell_(trouble.empty() ? "the store is written to again"
                            : "the store cannot be written to, and is tried again: " + trouble);
      trouble_ = trouble;
    }
    if (told_ && notifier != nullptr) notifier->wake();
    told_ = false;
  }

  notify::Notifier* notifier = nullptr;

 private:
  Store& store_;
  const Tell& tell_;
  std::string trouble_;
  bool told_ = false;
};

std::vector<std::unique_ptr<notify::Channel>> channels(const notify::NotifyOptions& options) {
  std::vector<std::unique_ptr<notify::Channel>> all;
  for (const notify::ChannelOptions& channel : options.channels) all.push_back(notify::make_channel(channel));
  return all;
}

}  // namespace

struct Daemon::State {
  State(const Configuration& configuration_, LoadWorld load_, Tell tell_)
      : configuration(configuration_), load(std::move(load_)), tell(std::move(tell_)) {}

  ~State() {
    // Feeds first: what they have delivered is still taken. Then those who tell of it.
    watch.reset();
    if (bmp) bmp->stop();
    if (ris_live) ris_live->stop();
    for (const auto& directory : directories) directory->stop();
    if (rtr) rtr->stop();
    for (std::thread& thread : threads) thread.join();
    if (pipeline) pipeline->stop();
    heartbeat.reset();
    notifier.reset();
  }

  Result<void> open(std::vector<std::string> watched);
  Result<void> open_feeds(const World& world);
  void reload();

  const Configuration configuration;
  const LoadWorld load;
  const Tell tell;
  asio::io_context signals;
  std::unique_ptr<Store> store;
  std::unique_ptr<Log> log;
  std::unique_ptr<LivePipeline> pipeline;
  std::unique_ptr<notify::Notifier> notifier;
  std::unique_ptr<notify::Heartbeat> heartbeat;
  std::unique_ptr<BmpStation> bmp;
  std::unique_ptr<RisLive> ris_live;
  std::vector<std::unique_ptr<MrtDirectory>> directories;
  std::unique_ptr<serve::RtrServer> rtr;
  std::unique_ptr<FileWatch> watch;
  std::vector<std::thread> threads;
};

Daemon::Daemon(std::unique_ptr<State> state) : state_(std::move(state)) {}
Daemon::~Daemon() = default;
LivePipeline& Daemon::pipeline() { return *state_->pipeline; }
Store& Daemon::store() { return *state_->store; }
std::vector<std::string> Daemon::bmp_addresses() const {
  return state_->bmp ? state_->bmp->addresses() : std::vector<std::string>();
}
std::string Daemon::rtr_address() const { return state_->rtr ? state_->rtr->address() : std::string(); }

Result<std::unique_ptr<Daemon>> Daemon::open(const Configuration& configuration, LoadWorld load,
                                             std::vector<std::string> watched, Tell tell) {
  auto state = std::make_unique<State>(configuration, std::move(load), std::move(tell));
  if (auto opened = state->open(std::move(watched)); !opened) return std::unexpected(opened.error());
  return std::unique_ptr<Daemon>(new Daemon(std::move(state)));
}

Result<void> Daemon::State::open(std::vector<std::string> watched) {
  FileState before = look_at(watched);
  auto world = load();
  if (!world) return std::unexpected(world.error());
  auto opened = Store::open(configuration.store, configuration.notify.plan);
  if (!opened) return std::unexpected(opened.error());
  store = *std::move(opened);
  log = std::make_unique<Log>(*store, tell);

  std::vector<Incident> open;
  for (KeptIncident& kept : store->incidents({.state = IncidentState::open, .limit = SIZE_MAX})) {
    open.push_back(std::move(kept.incident));
  }
  if (!open.empty())
    tell(std::to_string(open.size()) + " incidents stood open, and stay so until the routes are known");
  pipeline = std::make_unique<LivePipeline>(*world, configuration.live, *log, open);
  if (!configuration.ground.empty()) {
    if (auto grounded = pipeline->ground(configuration.ground); !grounded) return std::unexpected(grounded.error());
  }
  notifier = std::make_unique<notify::Notifier>(
      channels(configuration.notify), *store, notify::NotifierOptions{}, [this](const notify::NotifierEvent& event) {
        tell("notify " + std::string(event.channel) + ": " + std::string(notify::to_string(event.what)) + " " +
             std::string(event.id) + (event.text.empty() ? "" : ": ") + std::string(event.text));
      });
  log->notifier = notifier.get();
  if (auto listening = open_feeds(**world); !listening) return listening;
  if (configuration.rtr) {
    serve::RtrOptions options = *configuration.rtr;
    options.tell = tell;
    auto served = serve::RtrServer::open(options);
    if (!served) return std::unexpected(served.error());
    rtr = *std::move(served);
    rtr->publish((*world)->vrps, (*world)->aspas);
  }
  watch = std::make_unique<FileWatch>(
      std::move(watched), std::move(before),
      FileWatch::Options{std::chrono::seconds(std::max(1u, configuration.reload_seconds))}, [this] { reload(); });
  return {};
}

Result<void> Daemon::State::open_feeds(const World& world) {
  if (configuration.bmp) {
    auto station = BmpStation::open(*configuration.bmp, *pipeline);
    if (!station) return std::unexpected(station.error());
    bmp = *std::move(station);
  }
  if (configuration.ris_live) {
    RisLiveOptions options = *configuration.ris_live;
    if (configuration.ris_live_own) {
      for (const OwnPrefix& own : world.expectation->network().prefixes) options.wish.prefixes.push_back(own.prefix);
      options.wish.less_specific = true;
      if (options.wish.prefixes.empty()) {
        return fail(ErrorKind::usage, "RIS Live is asked for the prefixes of my network, and it has none");
      }
    }
    auto stream = RisLive::open(options, *pipeline);
    if (!stream) return std::unexpected(stream.error());
    ris_live = *std::move(stream);
  }
  for (const std::string& path : configuration.mrt_directories) {
    directories.push_back(
        std::make_unique<MrtDirectory>(MrtDirectoryOptions{.directory = path, .name = "mrt " + path}, *pipeline));
  }
  return {};
}

void Daemon::State::reload() {
  auto world = load();
  if (!world) return tell("the tables changed, and are not used: " + world.error().text);
  pipeline->publish(*world);
  if (rtr) rtr->publish((*world)->vrps, (*world)->aspas);
  tell("tables loaded anew: " + (*world)->version);
}

void Daemon::run() {
  State& s = *state_;
  s.pipeline->start();
  if (s.configuration.notify.heartbeat) {
    s.heartbeat = std::make_unique<notify::Heartbeat>(
        *s.configuration.notify.heartbeat, [&s] { return !s.pipeline->blind(); },
        [&s](std::string_view why) {
          s.tell(why.empty() ? "the heartbeat is heard again" : "the heartbeat fails: " + std::string(why));
        });
  }
  if (s.bmp) s.threads.emplace_back([&s] { s.bmp->run(); });
  if (s.ris_live) s.threads.emplace_back([&s] { s.ris_live->run(); });
  for (const auto& directory : s.directories) s.threads.emplace_back([&directory] { directory->run(); });
  if (s.rtr) s.threads.emplace_back([&s] { s.rtr->run(false); });

  asio::signal_set signals(s.signals, SIGINT, SIGTERM, SIGHUP);
  const std::function<void()> heed = [&] {
    signals.async_wait([&](boost::system::error_code error, int signal) {
      if (error) return;
      if (signal != SIGHUP) return s.signals.stop();
      s.watch->wake();
      heed();
    });
  };
  heed();
  s.signals.run();
}

void Daemon::stop() { state_->signals.stop(); }

}  // namespace fairway::daemon
