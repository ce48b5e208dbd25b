// fairway explain: why there is, or is no, incident.
#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "apps/fairway/replay_options.h"
#include "core/report/incident_json.h"
#include "core/report/incident_text.h"
#include "shell/pipeline/incident_file.h"

namespace fairway::commands {

namespace {

ExitCode explain_incident(const std::string& id, const std::string& path, bool json, Output& out, Output& err) {
  const auto found = find_incident(path, id);
  if (!found) {
    err.line("fairway explain: " + found.error().text);
    return ExitCode::failure;
  }
  if (!*found) {
    err.line("fairway explain: " + path + " has no incident " + id);
    return ExitCode::empty;
  }
  std::string text;
  if (json) {
    append_json(text, (*found)->incident);
    text += '\n';
  } else {
    append_text(text, (*found)->incident);
  }
  out.write(text);
  return ExitCode::fine;
}

class Silent final : public IncidentSink {
 public:
  void on_transition(Transition, Instant, const Incident&) override {}
};

}  // namespace

ExitCode explain(Arguments arguments, Output& out, Output& err) {
  ReplayCommand command;
  std::string subject, format = "text", path;
  std::optional<Instant> at;
  Options options("explain",
                  "fairway explain 192.0.2.0/24 --at 2018-07-06T23:50:00Z rib.bz2 updates.bz2\n"
                  "fairway explain 41a6f8a1 --in incidents.jsonl");
  options.choice("--format", format, {"text", "json"}, "form of the answer");
  options.text("--in", path, "FILE", "incidents as `replay --out` wrote them: where to find an incident's id");
  options.parsed(
      "--at", at, "TIME", "explain that moment: later updates are passed over",
      [](std::string_view text) -> std::optional<std::optional<Instant>> {
        const auto time = parse_instant(text);
        return time ? std::optional(time) : std::nullopt;
      },
      "a time");
  options.positional("PREFIX|ID", subject, "a prefix or address, or the beginning of an incident's id");
  command.declare(options, 0);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  const auto prefix = parse_prefix(subject, true);
  if (!path.empty()) {
    if (prefix) {
      err.line("fairway explain: --in has incidents by id; for a prefix, give MRT files");
      return ExitCode::failure;
    }
    return explain_incident(subject, path, format == "json", out, err);
  }
  if (!prefix) {
    err.line("fairway explain: " + subject + " is no prefix; for an incident's id, say with --in in which file it is");
    return ExitCode::failure;
  }
  if (command.files.empty()) {
    err.line("fairway explain: without MRT files there is nothing to explain " + subject + " from");
    return ExitCode::failure;
  }
  if (const auto code = command.load("explain", err)) return *code;
  command.options.engine.watch = prefix;
  if (at) {
    command.options.until = *at + Duration{1};
    command.options.now = at;
  }
  Silent sink;
  const auto outcome = fairway::replay(command.inputs(), command.world, command.options, sink);
  if (!outcome) {
    err.line("fairway explain: " + outcome.error().text);
    return ExitCode::failure;
  }
  const ExitCode code = command.tell("explain", *outcome, err);
  const Explanation& explanation = *outcome->explanation;
  std::string text;
  if (format == "json") {
    append_json(text, explanation);
    text += '\n';
  } else {
    append_text(text, explanation);
  }
  out.write(text);
  const bool nothing = explanation.known.empty() && explanation.routes.empty() && explanation.suspicions.empty();
  return combine(code, nothing ? ExitCode::empty : ExitCode::fine);
}

}  // namespace fairway::commands
