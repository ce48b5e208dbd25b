// fairway watch: live in the foreground, without a daemon: what happens is printed as it happens, and kept nowhere.
#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/live_world.h"
#include "apps/fairway/options.h"
#include "core/report/incident_json.h"
#include "core/report/incident_text.h"
#include "core/tables/expectation.h"
#include "core/tables/world.h"
#include "shell/feed/bmp_station.h"
#include "shell/feed/ris_live.h"
#include "shell/pipeline/live.h"

namespace fairway::commands {

namespace {

namespace asio = boost::asio;

// Prints every transition, on the engine's thread.
class Printed final : public LiveLog {
 public:
  Printed(Output& out, bool json) : out_(out), json_(json) {}
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    std::string line;
    if (json_) {
      append_json(line, transition, at, incident);
      line += '\n';
    } else {
      line = to_string(at) + "  " + std::string(to_string(transition)) + "  ";
      append_line(line, incident);
    }
    out_.write(line);
  }
  void commit(Instant) override { out_.flush(); }

 private:
  Output& out_;
  bool json_;
};

struct WatchCommand {
  LiveWorld tables;
  BmpStationOptions bmp;
  bool ris_live = false, everything = false;
  RisLiveOptions stream;
  std::vector<std::string> ground;
  std::string format = "text";
  std::uint32_t gather = 30, hold = 300, blind = 600, duration = 0;
};

void declare(Options& options, WatchCommand& command) {
  options.list("--bmp", command.bmp.listen, "ADDRESS", "listen for routers that tell by BMP: HOST:PORT");
  options.list("--bmp-dial", command.bmp.dial, "ADDRESS", "call a router that waits for it: HOST:PORT");
  options.flag("--ris-live", command.ris_live, "hear the RIPE NCC's stream about the prefixes of my network");
  options.flag("--all", command.everything, "with --ris-live: about every prefix");
  options.text("--ris-live-url", command.stream.url, "URL", "another server of that kind");
  options.text("--network", command.tables.network, "FILE", "what my network is (default: network.yaml, if there)");
  options.list("--ground", command.ground, "FILE", "MRT files that say how the routes stood before");
  options.number("--gather", command.gather, "SECONDS", "until an incident is weighed (default 30)", 1u, 3600u);
  options.number("--hold", command.hold, "SECONDS", "without evidence, until it clears (default 300)", 1u, 86'400u);
  options.number("--blind-after", command.blind, "SECONDS",
                 "without a word, until a feed is an incident of its own (default 600)", 1u, 86'400u);
  options.number("--duration", command.duration, "SECONDS", "end after so long (default: never)", 1u, 10'000'000u);
  options.choice("--format", command.format, {"text", "json"}, "form of what is printed; json: one event a line");
  declare_world(options, command.tables.options);
}

std::string summary(const std::vector<FeedHealth>& feeds, const LiveCounts& counts) {
  std::string text = fmt::format("{} events", counts.events);
  for (const FeedHealth& feed : feeds) {
    text += fmt::format("; {}: {}, {} messages, {} damaged", feed.name, feed.connected ? "connected" : "not connected",
                        feed.messages, feed.damaged);
    if (!feed.trouble.empty()) text += ", " + feed.trouble;
  }
  return text;
}

}  // namespace

ExitCode watch(Arguments arguments, Output& out, Output& err) {
  WatchCommand command;
  Options options("watch",
                  "fairway watch --bmp 127.0.0.1:1790 --network network.yaml\n"
                  "fairway watch --ris-live --network network.yaml --format json");
  declare(options, command);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  const bool listens = !command.bmp.listen.empty() || !command.bmp.dial.empty();
  if (!listens && !command.ris_live) {
    err.line("fairway watch: nothing to listen to: give --bmp ADDRESS or --ris-live");
    return ExitCode::failure;
  }
  LiveLines lines("watch", err);
  const auto world = command.tables.load(lines);
  if (!world) {
    lines.tell(world.error().text);
    return ExitCode::failure;
  }

  LiveOptions live;
  live.engine.gather = seconds(command.gather);
  live.engine.hold = seconds(command.hold);
  live.blind_after = seconds(command.blind);
  Printed log(out, command.format == "json");
  LivePipeline pipeline(*world, live, log);
  if (!command.ground.empty()) {
    if (auto grounded = pipeline.ground(command.ground); !grounded) {
      lines.tell(grounded.error().text);
      return ExitCode::failure;
    }
  }
  std::unique_ptr<BmpStation> station;
  if (listens) {
    auto opened = BmpStation::open(command.bmp, pipeline);
    if (!opened) {
      lines.tell(opened.error().text);
      return ExitCode::failure;
    }
    station = *std::move(opened);
    for (const std::string& address : station->addresses()) lines.tell("listening for BMP on " + address);
  }
  std::unique_ptr<RisLive> stream;
  if (command.ris_live) {
    if (!command.everything) {
      if ((*world)->expectation == nullptr || (*world)->expectation->network().prefixes.empty()) {
        lines.tell("--ris-live hears of the prefixes of my network: give --network FILE, or --all");
        return ExitCode::failure;
      }
      for (const OwnPrefix& own : (*world)->expectation->network().prefixes)
        command.stream.wish.prefixes.push_back(own.prefix);
      command.stream.wish.less_specific = true;
    }
    auto opened = RisLive::open(command.stream, pipeline);
    if (!opened) {
      lines.tell(opened.error().text);
      return ExitCode::failure;
    }
    stream = *std::move(opened);
  }

  pipeline.start();
  std::vector<std::thread> threads;
  if (station) threads.emplace_back([&] { station->run(); });
  if (stream) threads.emplace_back([&] { stream->run(); });
  asio::io_context context;
  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code error, int) {
    if (!error) context.stop();
  });
  asio::steady_timer end(context);
  if (command.duration != 0) {
    end.expires_after(std::chrono::seconds(command.duration));
    end.async_wait([&](boost::system::error_code error) {
      if (!error) context.stop();
    });
  }
  context.run();
  if (station) station->stop();
  if (stream) stream->stop();
  for (std::thread& thread : threads) thread.join();
  pipeline.stop();
  lines.tell(summary(pipeline.feeds(), pipeline.counts()));
  return ExitCode::fine;
}

}  // namespace fairway::commands
