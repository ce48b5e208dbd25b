// fairway notify test: one open, one update and one clear to each channel that is configured, to see that they arrive.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "base/json_writer.h"
#include "shell/notify/notify_config.h"

namespace fairway::commands {

namespace {

using notify::Notification;
using notify::Stage;

constexpr std::string_view kDefaultFile = "fairway.yaml";

// What became of one notification.
struct Attempt {
  std::string channel;
  Stage stage;
  std::string id;
  std::string outcome;  // "sent", "failed", "not tried"
  std::string text;     // a remark, or why not
};

std::vector<Attempt> try_channel(notify::ChannelOptions options, const std::string& incident, unsigned pause) {
  const auto channel = notify::make_channel(std::move(options));
  std::vector<Attempt> attempts;
  bool broken = false;
  for (const Stage stage : {Stage::open, Stage::update, Stage::clear}) {
    if (stage != Stage::open && !broken) std::this_thread::sleep_for(std::chrono::seconds(pause));
    const Notification notification = notify::sample(stage, incident, now_of({}));
    Attempt attempt{channel->name(), stage, id_of(notification), "not tried", ""};
    if (!broken) {
      const auto result = channel->send(notification, now_of({}), std::stop_token());
      broken = !result;
      attempt.outcome = result ? "sent" : "failed";
      attempt.text = result ? *result : result.error().text;
    }
    attempts.push_back(std::move(attempt));
  }
  return attempts;
}

std::string line_of(const Attempt& attempt, bool json) {
  if (!json) {
    return fmt::format("{:<16} {:<7} {}{}{}", attempt.channel, to_string(attempt.stage), attempt.outcome,
                       attempt.text.empty() ? "" : ": ", attempt.text);
  }
  std::string line;
  JsonWriter writer(line);
  writer.object().field("version", 1).field("channel", attempt.channel).field("transition", to_string(attempt.stage));
  writer.field("id", attempt.id).field("outcome", attempt.outcome).field("text", attempt.text).end();
  return line;
}

ExitCode test_channels(Arguments arguments, Output& out, Output& err) {
  std::string path(kDefaultFile), format = "text";
  std::vector<std::string> only;
  unsigned pause = 0;
  Options options("notify test", "fairway notify test --config fairway.yaml --channel noc");
  options.text("--config", path, "FILE", "the configuration; its section `notify` counts (default: fairway.yaml)");
  options.list("--channel", only, "NAME", "this channel alone");
  options.number("--pause", pause, "SECONDS", "between open, update and clear", 0u, 3600u);
  options.choice("--format", format, {"text", "json"}, "form of the answer");
  if (const auto code = options.parse(arguments, out, err)) return *code;

  auto loaded = notify::load_notify(path);
  if (!loaded) {
    err.line("fairway notify: " + loaded.error().text);
    return loaded.error().kind == ErrorKind::not_found ? ExitCode::empty : ExitCode::failure;
  }
  for (const std::string& name : only) {
    if (std::ranges::find(loaded->channels, name, &notify::ChannelOptions::name) != loaded->channels.end()) continue;
    err.line(fmt::format("fairway notify: {} has no channel '{}'", path, name));
    return ExitCode::failure;
  }
  std::erase_if(loaded->channels, [&](const notify::ChannelOptions& channel) {
    return !only.empty() && std::ranges::find(only, channel.name) == only.end();
  });
  if (loaded->channels.empty()) {
    err.line(fmt::format("fairway notify: {} has no channels", path));
    return ExitCode::empty;
  }

  // A new incident each time: a receiver that remembers ids must not take it for the last test's.
  const std::string incident = fmt::format("7e57{:012x}", now_of({}).microseconds & 0xFFFFFFFFFFFF);
  std::vector<std::vector<Attempt>> results(loaded->channels.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < results.size(); ++i) {
      threads.emplace_back([&, i] { results[i] = try_channel(std::move(loaded->channels[i]), incident, pause); });
    }
  }
  bool broken = false;
  for (const std::vector<Attempt>& attempts : results) {
    for (const Attempt& attempt : attempts) {
      broken = broken || attempt.outcome != "sent";
      out.line(line_of(attempt, format == "json"));
    }
  }
  return broken ? ExitCode::negative : ExitCode::fine;
}

}  // namespace

ExitCode notify(Arguments arguments, Output& out, Output& err) {
  const std::string_view verb = arguments.empty() ? std::string_view() : std::string_view(arguments[0]);
  if (verb == "test") return test_channels(arguments.subspan(1), out, err);
  const bool asked = verb == "--help" || verb == "-h";
  (asked ? out : err)
      .line(
          "fairway notify: telling people of incidents\n\n"
          "Usage: fairway notify test   send one open, one update and one clear to each configured channel\n\n"
          "'fairway notify test --help' tells the options.\n\n"
          "Example:\n  fairway notify test --config fairway.yaml");
  return asked ? ExitCode::fine : ExitCode::failure;
}

}  // namespace fairway::commands
