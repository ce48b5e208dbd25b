// fairway serve: what others may ask, over sockets.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "apps/fairway/serve_rtr.h"
#include "apps/fairway/world_options.h"
#include "shell/config/data_directory.h"
#include "shell/config/mirror.h"
#include "shell/config/registries.h"
#include "shell/serve/whois.h"

namespace fairway {

namespace {

// Those that were named, else those beside the mirrored dumps that were loaded.
std::optional<ExitCode> add_journals(whois::Registry& registry, const std::vector<std::string>& paths,
                                     const WorldOptions& known, Output& err) {
  std::vector<nrtm::Journal> journals;
  std::vector<std::string> warnings;
  if (paths.empty() && known.irr.empty()) {
    journals = config::journals_in(known.data.value_or(config::default_data_directory()), warnings);
  }
  for (const std::string& path : paths) {
    auto journal = config::read_journal(path);
    if (!journal) {
      err.line("fairway serve whois: " + journal.error().text);
      return ExitCode::failure;
    }
    journals.push_back(*std::move(journal));
  }
  for (const std::string& warning : warnings) err.line("fairway serve whois: " + warning);
  for (nrtm::Journal& journal : journals) {
    if (std::ranges::find(registry.sources, journal.source()) != registry.sources.end()) {
      registry.journals.push_back(std::move(journal));
    }
  }
  return std::nullopt;
}

ExitCode serve_whois(Arguments arguments, Output& out, Output& err) {
  serve::WhoisOptions served;
  served.threads = std::clamp(std::thread::hardware_concurrency(), 2u, 16u);
  WorldOptions known;
  std::vector<std::string> journals;
  Options options("serve whois",
                  "fairway serve whois --irr ripe.db.gz --irr radb.db.gz --rpki vrps.json\n"
                  "bgpq4 -h 127.0.0.1:4343 -A AS-EXAMPLE");
  options.text("--listen", served.listen, "ADDRESS", "where to listen: HOST:PORT (default " + served.listen + ")");
  options.number("--threads", served.threads, "N", "how many queries are answered at once", 1u, 256u);
  options.list("--journal", journals, "FILE",
               "changes of a source, which others may fetch by NRTM version 3 (default: those "
               "of the mirrors in the data directory, unless --irr names other dumps)");
  declare_trust(options, known);
  declare_world(options, known);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  known.keep_texts = true;
  auto loaded = load_world(known, "serve whois", err);
  if (!loaded) return loaded.error();
  World world = *loaded->world;
  if (!world.irr && !world.sets) {
    err.line(
        "fairway serve whois: no registry is loaded: name dumps with --irr, or fetch some into the data directory");
    return ExitCode::empty;
  }
  config::join_rpki(world, known.keep_invalid);
  whois::Registry registry = whois::Registry::of(std::move(world), std::move(loaded->texts));
  registry.suppress_invalid = !known.keep_invalid;
  if (const auto code = add_journals(registry, journals, known, err)) return *code;
  auto server = serve::WhoisServer::open(registry, served);
  if (!server) {
    err.line("fairway serve whois: " + server.error().text);
    return ExitCode::failure;
  }
  err.line(fmt::format("fairway serve whois: listening on {}, sources {}", (*server)->address(),
                       fmt::join(registry.sources, ", ")));
  (*server)->run(true);
  return loaded->code;
}

}  // namespace

namespace commands {

ExitCode serve(Arguments arguments, Output& out, Output& err) {
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
