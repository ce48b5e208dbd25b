// fairway serve: what others may ask, over sockets.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "apps/fairway/serve_daemon.h"
#include "apps/fairway/serve_rtr.h"
#include "apps/fairway/whois_registry.h"
#include "shell/feed/file_watch.h"
#include "shell/serve/whois.h"

namespace fairway {

namespace {

ExitCode serve_whois(Arguments arguments, Output& out, Output& err) {
  serve::WhoisOptions served;
  served.threads = std::clamp(std::thread::hardware_concurrency(), 2u, 16u);
  WhoisFiles files;
  unsigned every = 5;
  Options options("serve whois",
                  "fairway serve whois --irr ripe.db.gz --irr radb.db.gz --rpki vrps.json\n"
                  "bgpq4 -h 127.0.0.1:4343 -A AS-EXAMPLE");
  options.text("--listen", served.listen, "ADDRESS", "where to listen: HOST:PORT (default " + served.listen + ")");
  options.number("--threads", served.threads, "N", "how many queries are answered at once", 1u, 256u);
  options.number("--reload-every", every, "SECONDS", "how often to look whether a file changed (default 5)", 1u,
                 86400u);
  options.list("--journal", files.journals, "FILE",
               "changes of a source, which others may fetch by NRTM version 3 (default: those "
               "of the mirrors in the data directory, unless --irr names other dumps)");
  declare_trust(options, files.known);
  declare_world(options, files.known);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  files.known.keep_texts = true;
  const std::vector<std::string> paths = paths_of(files);
  FileState before = look_at(paths);
  auto loaded = load_registry(files, err);
  if (!loaded) return loaded.error();
  std::optional<FileWatch> watch;
  served.hangup = [&] { watch->wake(); };
  auto server = serve::WhoisServer::open(loaded->registry, served);
  if (!server) {
    err.line("fairway serve whois: " + server.error().text);
    return ExitCode::failure;
  }
  const auto tell = [&](std::string_view what, const whois::Registry& registry) {
    err.line(fmt::format("fairway serve whois: {}, sources {}", what, fmt::join(registry.sources, ", ")));
  };
  tell("listening on " + (*server)->address(), *loaded->registry);
  watch.emplace(paths, std::move(before), FileWatch::Options{std::chrono::seconds(every)}, [&] {
    const auto fresh = load_registry(files, err);
    std::optional<std::string> why = "they cannot be loaded";
    if (fresh) why = lost(*loaded->registry, *fresh->registry);
    if (why) return err.line("fairway serve whois: the files changed, and are not used: " + *why);
    loaded->registry = fresh->registry;
    (*server)->publish(fresh->registry);
    tell("loaded anew", *fresh->registry);
  });
  (*server)->run(true);
  watch.reset();
  return loaded->code;
}

}  // namespace

namespace commands {

ExitCode serve(Arguments arguments, Output& out, Output& err) {
  if (arguments.empty() || arguments[0].starts_with("-")) return serve_daemon(arguments, out, err);
  if (!arguments.empty() && arguments[0] == "whois") return serve_whois(arguments.subspan(1), out, err);
  if (!arguments.empty() && arguments[0] == "rtr") return serve_rtr(arguments.subspan(1), out, err);
  std::string service;
  Options options("serve", "fairway serve rtr --rpki vrps.json --listen 192.0.2.1\nfairway serve whois --help");
  options.positional("SERVICE", service, "rtr: VRPs and ASPAs for routers; whois: the registries, as IRRd answers");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  err.line("fairway serve: there is no service '" + service + "'; there are rtr and whois");
  return ExitCode::failure;
}

}  // namespace commands

}  // namespace fairway
