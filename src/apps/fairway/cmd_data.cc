// fairway data: the published tables that everything else judges by.
#include "apps/fairway/cmd_data.h"

#include <fmt/format.h>

#include "apps/fairway/options.h"
#include "base/json_writer.h"

namespace fairway {

std::string age_text(Duration age) {
  const bool ahead = age.microseconds < 0;
  const std::int64_t minutes = (ahead ? -age.microseconds : age.microseconds) / seconds(60).microseconds;
  const std::string text = minutes < 120    ? std::to_string(minutes) + " min"
                           : minutes < 2880 ? std::to_string(minutes / 60) + " h"
                                            : std::to_string(minutes / 1440) + " d";
  return ahead ? "in " + text : text;
}

void tell_error(SourceReport& report, const Error& error) {
  const bool guard = error.kind == ErrorKind::refused || error.kind == ErrorKind::malformed;
  report.outcome = guard ? "refused" : "failed";
  report.text = error.text;
  report.code = guard ? ExitCode::refused : ExitCode::failure;
}

ExitCode write_report(const SourceReport& report, std::string_view command, bool json, Output& out, Output& err) {
  if (json) {
    std::string line;
    JsonWriter writer(line);
    writer.object().field("version", 1).field("name", report.name).field("kind", report.kind);
    writer.field("outcome", report.outcome).field("text", report.text).field("octets", report.octets).end();
    out.line(line);
  } else {
    (report.code == ExitCode::fine ? out : err)
        .line(fmt::format("{:<10} {:<22} {}", report.outcome, report.name, report.text));
  }
  for (const std::string& remark : report.remarks)
    err.line(fmt::format("fairway {}: {}: {}", command, report.name, remark));
  out.flush();
  return report.code;
}

namespace commands {

ExitCode data(Arguments arguments, Output& out, Output& err) {
  if (!arguments.empty() && arguments[0] == "list") return data_list(arguments.subspan(1), out, err);
  if (!arguments.empty() && arguments[0] == "update") return data_update(arguments.subspan(1), out, err);
  if (!arguments.empty() && arguments[0] == "mirror") return data_mirror(arguments.subspan(1), out, err);
  std::string verb;
  Options options("data", "fairway data update\nfairway data list\nfairway data update --help");
  options.positional("VERB", verb,
                     "list: what is in the data directory, and how old; update: fetch what is public into it; mirror: "
                     "follow one routing registry by NRTM");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  err.line("fairway data: there is no verb '" + verb + "'; there are list, update and mirror");
  return ExitCode::failure;
}

}  // namespace commands

}  // namespace fairway
