// fairway data mirror: follows one routing registry by NRTM.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "apps/fairway/cmd_data.h"
#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "shell/config/data_directory.h"
#include "shell/config/sources.h"

namespace fairway {

SourceReport run_mirror(const std::string& name, const config::MirrorSource& source,
                        const config::MirrorOptions& options) {
  SourceReport report{.name = name, .kind = "irr"};
  const auto outcome = config::mirror(source, options);
  if (!outcome) {
    tell_error(report, outcome.error());
    std::error_code none;
    const bool kept = std::filesystem::exists(options.directory + "/" + source.file, none);
    report.text += kept ? "; kept the old " + source.file : "; there is none yet";
    return report;
  }
  const nrtm::Position& position = outcome->position;
  const std::string where =
      position.protocol == 3 ? fmt::format("serial {}", position.serial) : fmt::format("version {}", position.version);
  report.outcome = outcome->unchanged ? "unchanged" : "mirrored";
  report.text = fmt::format("{}: {}", source.file, where);
  if (!outcome->unchanged) {
    report.text += fmt::format(", {} objects", outcome->objects);
    if (outcome->reloaded.empty()) {
      report.text +=
          fmt::format(": {} added, {} replaced, {} removed", outcome->added, outcome->replaced, outcome->removed);
    } else {
      report.text += ", loaded anew: " + outcome->reloaded;
    }
  }
  report.remarks = outcome->remarks;
  return report;
}

ExitCode data_mirror(Arguments arguments, Output& out, Output& err) {
  std::optional<std::string> directory;
  std::optional<Instant> now;
  std::string format = "text";
  config::MirrorSource source;
  config::MirrorOptions mirrored;
  Options options(
      "data mirror",
      "fairway data mirror RADB --nrtm whois.radb.net --dump ftp://ftp.radb.net/radb/dbase/radb.db.gz \\\n"
      "    --serial ftp://ftp.radb.net/radb/dbase/RADB.CURRENTSERIAL\n"
      "fairway data mirror EXAMPLE --nrtm4 https://nrtm.example.net/update-notification-file.jose --key example.pem");
  declare_data(options, directory);
  options.text("--nrtm", source.nrtm3, "HOST[:PORT]", "the server, by NRTM version 3 (port 43)");
  options.list("--dump", source.dumps, "FILE|URL", "whole dumps, to begin with and after a gap");
  options.text("--serial", source.serial, "N|FILE|URL", "the serial that the dumps are of, or where it stands");
  options.text("--nrtm4", source.nrtm4, "URL", "the notification file, by NRTM version 4 (https or file)");
  options.text("--key", source.key, "FILE|KEY", "the public key that it is signed with: PEM, or its base64");
  options.text("--file", source.file, "NAME", "name in the data directory (default: the source's with .db)");
  options.flag("--force", mirrored.force, "begin anew, and take what shrank");
  options.number("--connect-timeout", mirrored.connect_seconds, "SECONDS", "for a server to answer", 1u, 3600u);
  options.number("--stall-timeout", mirrored.stall_seconds, "SECONDS", "with hardly an octet coming", 1u, 3600u);
  options.number("--timeout", mirrored.total_seconds, "SECONDS", "for one file in all", 1u, 864000u);
  options.parsed("--now", now, "TIME", "the clock that says what is stale (default: the machine's)", parse_instant,
                 "a time, such as 2018-11-12T21:12:16Z");
  options.choice("--format", format, {"text", "json"}, "form of the answer; json is one object");
  options.positional("SOURCE", source.registry, "the registry's name, as in its objects' source: RADB");
  if (const auto code = options.parse(arguments, out, err)) return *code;

  const auto fail_with = [&](const std::string& text) {
    err.line("fairway data mirror: " + text);
    return ExitCode::failure;
  };
  if (source.nrtm3.empty() == source.nrtm4.empty()) return fail_with("name one server: --nrtm or --nrtm4");
  if (!source.nrtm4.empty() && source.key.empty())
    return fail_with("--nrtm4 needs --key: whose signature is to be believed");
  source.registry = to_upper(source.registry);
  if (source.file.empty()) source.file = to_lower(source.registry) + ".db";
  if (!config::is_plain_name(source.file)) return fail_with("'" + source.file + "' is no plain name of a file");
  mirrored.directory = directory.value_or(config::default_data_directory());
  mirrored.now = now_of(now);
  std::error_code error;
  if (mirrored.directory.empty()) return fail_with("no folder: name one with --data");
  std::filesystem::create_directories(mirrored.directory, error);
  if (error) return fail_with(mirrored.directory + ": " + error.message());
  return write_report(run_mirror(source.registry, source, mirrored), "data mirror", format == "json", out, err);
}

}  // namespace fairway
