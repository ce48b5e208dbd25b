// fairway replay: routes in time order into incidents.
#include <fstream>
#include <map>

#include "apps/fairway/command.h"
#include "apps/fairway/filter_options.h"
#include "apps/fairway/options.h"
#include "apps/fairway/replay_options.h"
#include "core/report/incident_json.h"
#include "core/report/incident_text.h"
#include "core/tables/expectation.h"
#include "core/tables/world.h"
#include "shell/pipeline/replay.h"

namespace fairway::commands {

namespace {

// Writes every transition, if they are asked for, as it comes.
class Events final : public IncidentSink {
 public:
  Events(Output* out, bool json, const Expectation* only) : out_(out), json_(json), only_(only) {}
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    if (out_ == nullptr || (only_ != nullptr && !concerns(*only_, incident))) return;
    std::string line;
    if (json_) {
      append_json(line, transition, at, incident);
      line += '\n';
    } else {
      line = to_string(at) + "  " + std::string(to_string(transition)) + "  ";
      append_line(line, incident);
    }
    out_->write(line);
  }

 private:
  Output* out_;
  bool json_;
  const Expectation* only_;
};

std::string summary(const std::vector<Incident>& incidents, const ReplayOutcome& outcome) {
  std::map<std::pair<IncidentKind, IncidentType>, unsigned> counts;
  unsigned open = 0;
  for (const Incident& incident : incidents) {
    ++counts[{kind_of(incident.type), incident.type}];
    open += incident.state == IncidentState::open;
  }
  std::string text = std::to_string(incidents.size()) + " incidents, " + std::to_string(open) + " open";
  const char* separator = ": ";
  for (const auto& [key, count] : counts) {
    text += separator + std::to_string(count) + ' ' + std::string(to_string(key.first)) + ' ' +
            std::string(to_string(key.second));
    separator = ", ";
  }
  const EngineStatistics& s = outcome.statistics;
  text += "\n" + std::to_string(s.rib_entries) + " routes of tables, " + std::to_string(s.updates) +
          " prefixes announced or withdrawn (" + std::to_string(s.judged) + " judged, " + std::to_string(s.learned) +
          " learned, " + std::to_string(s.late) + " late, " + std::to_string(s.before_table) + " before the table), " +
          std::to_string(s.state_changes) + " session changes, " + std::to_string(s.views) + " views, " +
          std::to_string(s.full_views) + " full\n";
  text +=
      std::to_string(s.suspected) + " suspicions, " + std::to_string(s.exonerated) + " exonerated by their evidence\n";
  return text;
}

}  // namespace

ExitCode replay(Arguments arguments, Output& out, Output& err) {
  ReplayCommand command;
  std::string format = "text", path;
  bool events = false, mine = false;
  Options options("replay",
                  "fairway replay rib.20180706.2200.bz2 updates.20180706.*.bz2\n"
                  "fairway replay --events --out incidents.jsonl --network network.yaml rib.bz2 updates.gz");
  options.choice("--format", format, {"text", "json"}, "form of what is printed; json: one incident a line");
  options.text("--out", path, "FILE", "write the incidents there as JSON, one a line, beside what is printed");
  options.flag("--events", events, "every transition (opened, changed, cleared, reopened) instead of the last states");
  options.flag("--mine", mine, "only incidents that concern my network (--network)");
  command.declare(options);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  if (const auto code = command.load("replay", err)) return *code;
  const Expectation* only = mine ? command.world.expectation.get() : nullptr;
  if (mine && only == nullptr) {
    err.line("fairway replay: --mine needs to know my network: give --network FILE");
    return ExitCode::failure;
  }

  std::string written;  // to --out
  Output file(written);
  const bool to_file = !path.empty();
  Events sink(events ? (to_file ? &file : &out) : nullptr, to_file || format == "json", only);
  const auto outcome = fairway::replay(command.inputs(), command.world, command.options, sink);
  if (!outcome) {
    err.line("fairway replay: " + outcome.error().text);
    return ExitCode::failure;
  }

  std::vector<Incident> incidents = outcome->incidents;
  if (only != nullptr) std::erase_if(incidents, [&](const Incident& incident) { return !concerns(*only, incident); });
  std::string lines;
  if (!events) {
    for (const Incident& incident : incidents) {
      append_json(lines, incident);
      lines += '\n';
    }
    if (to_file) file.write(lines);
  }
  if (format == "json") {
    if (!to_file) out.write(lines);
  } else {
    std::string text;
    if (!events || to_file) {
      for (const Incident& incident : incidents) append_line(text, incident);
    }
    out.write(text + summary(incidents, *outcome));
  }
  const ExitCode code = command.tell("replay", *outcome, err);
  if (command.world_options.timing) {
    tell_timing("replay", "table routes", outcome->seconds_of_tables, err);
    tell_timing("replay", "updates", outcome->seconds_of_updates, err);
  }
  if (!to_file) return code;
  file.flush();
  std::ofstream target(path, std::ios::binary | std::ios::trunc);
  target << written;
  target.close();
  if (!target) {
    err.line("fairway replay: " + path + ": cannot be written");
    return ExitCode::failure;
  }
  return code;
}

}  // namespace fairway::commands
