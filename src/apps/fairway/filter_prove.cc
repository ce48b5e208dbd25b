// fairway filter prove: does a configuration do what it should?
#include <fmt/format.h>

#include "apps/fairway/filter_document.h"
#include "apps/fairway/filter_probes.h"
#include "apps/fairway/filter_proof.h"
#include "apps/fairway/filter_verbs.h"
#include "base/json_writer.h"

namespace fairway {

namespace {

void append_json(std::string& text, const Proof& proof) {
  JsonWriter json(text);
  json.object().field("version", 1).field("holds", proof.holds()).field("probes", proof.probes);
  json.field("sessions", proof.sessions).field("not_asked", proof.not_asked).field("differing", proof.differing);
  json.key("absent").array();
  for (const std::string& absent : proof.absent) json.value(absent);
  json.end().key("differences").array();
  for (const Proof::Difference& one : proof.differences) {
    json.object().field("neighbour", one.neighbour).field("direction", one.is_export ? "export" : "import");
    json.field("prefix", to_string(one.prefix)).field("what", one.what).field("wanted", one.wanted);
    json.field("found", one.found).field("line", one.line).end();
  }
  json.end().end();
  text += '\n';
}

void print(const Proof& proof, const std::string& path, Output& out) {
  for (const std::string& absent : proof.absent) out.line(fmt::format("{}: there is no session with {}", path, absent));
  for (const Proof::Difference& one : proof.differences) {
    out.line(fmt::format("{}:{}: {} {} {} ({}): wanted {}, found {}", path, one.line, one.is_export ? "to" : "from",
                         one.neighbour, to_string(one.prefix), one.what, one.wanted, one.found));
  }
  if (proof.differing > proof.differences.size()) {
    out.line(fmt::format("... and {} more", proof.differing - proof.differences.size()));
  }
  out.line(fmt::format(
      "{}: {}: {} sessions, {} probes, {} differ{}", path, proof.holds() ? "proven" : "NOT proven", proof.sessions,
      proof.probes, proof.differing,
      proof.not_asked == 0 ? std::string() : fmt::format("; {} not asked, which it says it lacks", proof.not_asked)));
}

}  // namespace

ExitCode filter_prove(Arguments arguments, Output& out, Output& err) {
  DocumentOptions wanted;
  filtering::ProbeOptions probing;
  std::string path, format = "text", language;
  bool list = false;
  Options options("filter prove", "fairway filter prove --network network.yaml --config filters.conf");
  options.text("--config", path, "FILE", "the configuration: bird, openbgpd, frr, junos, iosxr");
  options.text("--dialect", language, "NAME", "its language (default: by its words)");
  options.number("--entries", probing.entries, "N", "entries of each list that are probed at most (default 100000)",
                 std::size_t{1});
  options.flag("--list", list, "print the probes and what each must meet, as JSON, and stop");
  options.choice("--format", format, {"text", "json"}, "form of the answer");
  declare_document(options, wanted);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  if (path.empty() && !list) {
    err.line("fairway filter prove: --config FILE names the configuration to prove");
    return ExitCode::failure;
  }
  const auto loaded = load_document(wanted, "filter prove", err);
  if (!loaded) return loaded.error();
  if (list) {
    std::string line;
    for (const filtering::RouteProbe& probe : filtering::probes_for(loaded->document, *loaded->world, probing)) {
      line.clear();
      append_json(line, loaded->document, probe);
      out.line(line);
    }
    return loaded->code;
  }
  const auto configuration = read_configuration(path, language);
  if (!configuration) {
    err.line("fairway filter prove: " + configuration.error().text);
    return ExitCode::failure;
  }
  const Proof proof = prove(loaded->document, *loaded->world, *configuration, probing,
                            lacking(configuration->dialect(), loaded->document));
  if (format == "json") {
    std::string json;
    append_json(json, proof);
    out.write(json);
  } else {
    print(proof, path, out);
  }
  return combine(proof.holds() ? ExitCode::fine : ExitCode::negative, loaded->code);
}

}  // namespace fairway
