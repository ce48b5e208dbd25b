#include "apps/fairway/serve_daemon.h"

#include "apps/fairway/live_world.h"
#include "apps/fairway/options.h"
#include "shell/daemon/daemon.h"

namespace fairway {

ExitCode serve_daemon(Arguments arguments, Output& out, Output& err) {
  std::string path = "fairway.yaml";
  Options options("serve",
                  "fairway serve --config fairway.yaml\n"
                  "fairway serve rtr --help     one service alone: rtr, whois");
  options.text("--config", path, "FILE", "what to listen to, keep, tell and serve (default: fairway.yaml)");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  LiveLines lines("serve", err);
  const auto configuration = daemon::load_configuration(path);
  if (!configuration) {
    lines.tell(configuration.error().text);
    return ExitCode::failure;
  }
  LiveWorld tables;
  tables.network = configuration->network;
  if (!configuration->data.empty()) tables.options.data = configuration->data;
  tables.options.rpki = configuration->rpki;
  tables.options.slurm = configuration->slurm;

  auto opened = daemon::Daemon::open(
      *configuration, [&] { return tables.load(lines); }, tables.watched(),
      [&](const std::string& line) { lines.tell(line); });
  if (!opened) {
    lines.tell(opened.error().text);
    return opened.error().kind == ErrorKind::refused ? ExitCode::refused : ExitCode::failure;
  }
  for (const std::string& address : (*opened)->bmp_addresses()) lines.tell("listening for BMP on " + address);
  if (const std::string address = (*opened)->rtr_address(); !address.empty()) lines.tell("serving RTR on " + address);
  (*opened)->run();
  lines.tell("ends");
  return ExitCode::fine;
}

}  // namespace fairway
