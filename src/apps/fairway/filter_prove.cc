// fairway filter prove: does a configuration do what it should?
#include <fmt/format.h>

#include "apps/fairway/filter_document.h"
#include "apps/fairway/filter_probes.h"
#include "apps/fairway/filter_verbs.h"

namespace fairway {

ExitCode filter_prove(Arguments arguments, Output& out, Output& err) {
  DocumentOptions wanted;
  filtering::ProbeOptions probing;
  bool list = false;
  Options options("filter prove", "fairway filter prove --network network.yaml --config filters.conf");
  options.number("--entries", probing.entries, "N", "entries of each list that are probed at most (default 100000)",
                 std::size_t{1});
  options.flag("--list", list, "print the probes and what each must meet, as JSON, and stop");
  declare_document(options, wanted);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  const auto loaded = load_document(wanted, "filter prove", err);
  if (!loaded) return loaded.error();
  const auto probes = filtering::probes_for(loaded->document, *loaded->world, probing);
  if (list) {
    std::string line;
    for (const filtering::RouteProbe& probe : probes) {
      line.clear();
      append_json(line, loaded->document, probe);
      out.line(line);
    }
  }
  return loaded->code;
}

}  // namespace fairway
