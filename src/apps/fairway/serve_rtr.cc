#include "apps/fairway/serve_rtr.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "core/tables/aspa.h"
#include "core/tables/vrp.h"
#include "shell/config/data_directory.h"
#include "shell/config/table_watch.h"
#include "shell/serve/rtr.h"

namespace fairway {

namespace {

constexpr std::string_view kCommand = "serve rtr";
constexpr Duration kMaxAge = hours(24);

// Loads, publishes, and does so again when something has changed. What cannot be loaded leaves what is served as it is;
// what is too old is not served.
class Loader {
 public:
  Loader(WorldOptions known, std::uint32_t check_seconds, std::uint32_t fetch_seconds, Output& err)
      : known_(std::move(known)), max_age_(known_.max_age.value_or(kMaxAge)), check_seconds_(check_seconds), err_(err) {
    known_.max_age.reset();  // it is judged here, again and again
    config::TableWatch::Options watched;
    const std::string directory = known_.data.value_or(config::default_data_directory());
    if (!directory.empty()) watched.directory = directory;
    watched.paths = known_.rpki;
    watched.paths.insert(watched.paths.end(), known_.slurm.begin(), known_.slurm.end());
    watched.between_fetches = seconds(fetch_seconds);
    watched.wake = [this] { wake(false); };
    watch_.emplace(std::move(watched));
  }
  ~Loader() { stop(); }

  // The first time. An exit code: there is nothing to be served.
  std::optional<ExitCode> load() {
    std::string text;
    Output told(text);
    auto loaded = load_world(known_, kCommand, told);
    told.flush();
    if (!text.empty()) say_lines(text);
    if (!loaded) return loaded.error();
    if (!loaded->world->vrps) {
      say("no VRPs are loaded: name an export with --rpki, or fetch one into the data directory");
      return ExitCode::empty;
    }
    world_ = loaded->world;
    return std::nullopt;
  }

  void publish(serve::RtrServer& server) {
    std::string stale = watch_->stale();
    for (const TableSource& source : world_->sources) {
      if (source.kind != "vrps" || !source.date || now_of(known_.now) - *source.date <= max_age_) continue;
      stale =
          fmt::format("the VRPs of {} are of {}, older than --max-age allows", source.file, to_string(*source.date));
    }
    if (!stale.empty()) {
      if (stale_ != stale) say(stale + ": routers are told that there is no data");
      server.withhold();
    } else if (server.publish(world_->vrps, world_->aspas) || !stale_.empty()) {
      const serve::RtrStatus status = server.status();
      say(fmt::format("serving {} VRPs and {} ASPAs, serial {} (version 2: {})", status.vrps, status.aspas,
                      status.serials[1], status.serials[2]));
    }
    stale_ = stale;
  }

  void start(serve::RtrServer& server) {
    thread_ = std::thread([this, &server] {
      while (const auto asked = wait()) {
        if (watch_->changed(now_of({})) || *asked) load();
        publish(server);
      }
    });
  }
  void stop() {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(guard_);
      ending_ = true;
    }
    woken_.notify_all();
    thread_.join();
  }
  // Looks at once; `asked`: loads whatever it sees.
  void wake(bool asked) {
    {
      const std::lock_guard lock(guard_);
      awake_ = true;
      asked_ |= asked;
    }
    woken_.notify_all();
  }

  void say(std::string_view text) {
    const std::lock_guard lock(telling_);
    err_.line(fmt::format("fairway {}: {}", kCommand, text));
  }

 private:
  // Whether somebody asked to load; nothing: it is over.
  std::optional<bool> wait() {
    std::unique_lock lock(guard_);
    woken_.wait_for(lock, std::chrono::seconds(check_seconds_), [&] { return ending_ || awake_; });
    awake_ = false;
    const bool asked = std::exchange(asked_, false);
    return ending_ ? std::nullopt : std::optional(asked);
  }
  void say_lines(std::string_view text) {
    const std::lock_guard lock(telling_);
    while (!text.empty()) err_.line(cut(text, '\n'));
  }

  WorldOptions known_;
  Duration max_age_;
  std::uint32_t check_seconds_;
  Output& err_;
  std::mutex telling_, guard_;
  std::condition_variable woken_;
  bool ending_ = false, awake_ = false, asked_ = false;
  std::shared_ptr<const World> world_;
  std::string stale_;
  std::thread thread_;
  std::optional<config::TableWatch> watch_;
};

void declare(Options& options, serve::RtrOptions& served) {
  options.text("--listen", served.listen, "ADDRESS",
               "where to listen: HOST[:PORT], port 323 where none is named (default " + served.listen + ")");
  options.text("--listen-tls", served.listen_tls, "ADDRESS", "the same for TLS, port 324 where none is named");
  options.text("--certificate", served.tls.certificate, "FILE", "our certificate and its chain, PEM");
  options.text("--key", served.tls.key, "FILE", "its key, PEM");
  options.text("--client-ca", served.tls.client_ca, "FILE",
               "who signs certificates of routers, which must then have one that names their address");
  options.number("--newest-version", served.newest_version, "N",
                 "newest version of the protocol that is spoken; 1 for routers with another idea of version 2",
                 std::uint8_t{0}, rtr::kNewestVersion);
  options.number("--refresh", served.intervals.refresh, "SECONDS", "how often routers are to ask", 1u, 86400u);
  options.number("--retry", served.intervals.retry, "SECONDS", "how soon again when that failed", 1u, 7200u);
  options.number("--expire", served.intervals.expire, "SECONDS", "how long they may use what they have", 600u, 172800u);
  options.number("--clients", served.most_clients, "N", "how many routers at once", std::size_t{1},
                 std::size_t{100000});
}

}  // namespace

ExitCode serve_rtr(Arguments arguments, Output& out, Output& err) {
  serve::RtrOptions served;
  WorldOptions known;
  std::uint32_t check_seconds = 10, fetch_seconds = 600;
  Options options(kCommand,
                  "fairway serve rtr --listen 192.0.2.1 --rpki /var/db/rpki-client/json --slurm local.json\n"
                  "fairway serve rtr --rpki rtr://validator.example:3323");
  declare(options, served);
  options.number("--check", check_seconds, "SECONDS", "how often files are looked at; SIGHUP: at once", 1u, 86400u);
  options.number("--fetch", fetch_seconds, "SECONDS", "how often addresses are asked for something new", 10u, 86400u);
  declare_rpki(options, known);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  Loader loader(std::move(known), check_seconds, fetch_seconds, err);
  if (const auto code = loader.load()) return *code;
  served.tell = [&](const std::string& line) { loader.say(line); };
  auto server = serve::RtrServer::open(served);
  if (!server) {
    loader.say(server.error().text);
    return ExitCode::failure;
  }
  loader.publish(**server);
  std::string addresses = (*server)->address();
  if (!(*server)->tls_address().empty()) {
    addresses += (addresses.empty() ? "" : ", ") + (*server)->tls_address() + " (TLS)";
  }
  loader.say("listening on " + addresses);
  loader.start(**server);
  (*server)->run(true, [&] { loader.wake(true); });
  loader.stop();
  return ExitCode::fine;
}

}  // namespace fairway
