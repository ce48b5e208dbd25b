// fairway config: the daemon's configuration, checked, shown, and as an example.
#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "shell/daemon/configuration.h"

namespace fairway::commands {

ExitCode config(Arguments arguments, Output& out, Output& err) {
  std::string verb, path = "fairway.yaml";
  Options options("config", "fairway config example > fairway.yaml\nfairway config check --config fairway.yaml");
  options.positional("VERB", verb,
                     "check: hold the file against what may stand there; show: as it was read; example: every key");
  options.text("--config", path, "FILE", "the configuration (default: fairway.yaml)");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  if (verb == "example") {
    out.write(config::example(daemon::configuration_schema()));
    return ExitCode::fine;
  }
  if (verb != "check" && verb != "show") {
    err.line("fairway config: there is no '" + verb + "'; there are check, show and example");
    return ExitCode::failure;
  }
  const auto tree = daemon::read_configuration(path);
  if (!tree) {
    err.line("fairway config: " + tree.error().text);
    return tree.error().kind == ErrorKind::malformed ? ExitCode::negative : ExitCode::failure;
  }
  if (verb == "show") {
    out.write(config::print(*tree, daemon::configuration_schema()));
  } else {
    out.line(path + ": fine");
  }
  return ExitCode::fine;
}

}  // namespace fairway::commands
