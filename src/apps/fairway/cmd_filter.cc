// fairway filter: what neighbours may announce, as configuration that is proven right.
#include "apps/fairway/command.h"
#include "apps/fairway/filter_verbs.h"

namespace fairway::commands {

namespace {

struct Verb {
  std::string_view name, usage, summary;
  CommandFunction run;
};
constexpr Verb kVerbs[] = {
    {"build", "build [ASN...]", "write the configuration of routers", filter_build},
    {"diff", "diff [ASN...]", "what would change, on the router and among its routes", filter_diff},
    {"prove", "prove [ASN...]", "does a configuration accept exactly what it should?", filter_prove},
    {"vet", "vet ASN", "is a customer who it says it is?", filter_vet},
    {"audit", "audit CONFIG...", "what do the filters of an existing configuration let through?", filter_audit},
};

}  // namespace

ExitCode filter(Arguments arguments, Output& out, Output& err) {
  const std::string_view name = arguments.empty() ? std::string_view() : std::string_view(arguments[0]);
  for (const Verb& verb : kVerbs) {
    if (verb.name == name) return verb.run(arguments.subspan(1), out, err);
  }
  const bool asked = name == "--help" || name == "-h";
  Output& to = asked ? out : err;
  if (!asked && !name.empty()) err.line("fairway filter: there is no '" + std::string(name) + "'\n");
  to.line(
      "fairway filter: what neighbours may announce (MANRS Action 1), as configuration that is proven right\n\nUsage:");
  for (const Verb& verb : kVerbs) {
    std::string usage = "  fairway filter " + std::string(verb.usage);
    usage.resize(std::max<std::size_t>(usage.size() + 2, 40), ' ');
    to.line(usage + std::string(verb.summary));
  }
  to.line(
      "\n'fairway filter VERB --help' tells the options.\n\n"
      "Example:\n  fairway filter build --network network.yaml --target bird-2.0.12 --out filters.conf");
  return asked ? ExitCode::fine : ExitCode::failure;
}

}  // namespace fairway::commands
