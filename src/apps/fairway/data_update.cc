// fairway data update: fetches what is public into the data directory.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "apps/fairway/cmd_data.h"
#include "apps/fairway/options.h"
#include "apps/fairway/progress.h"
#include "apps/fairway/world_options.h"
#include "shell/config/data_directory.h"
#include "shell/config/fetch_source.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

struct Request {
  config::FetchOptions fetch;
  std::vector<std::string> names;  // of sources, or of kinds; empty: all
  bool json = false;
};

Result<std::vector<config::Source>> sources_of(const std::optional<std::string>& path) {
  if (!path) return config::read_sources(config::default_sources());
  const auto text = read_all(*path, 1, 16u << 20);
  if (!text) return fail(text.error().kind, *path + ": " + text.error().text);
  auto sources = config::read_sources(as_text(text->bytes()));
  if (!sources) return fail(sources.error().kind, *path + ": " + sources.error().text);
  return sources;
}

// Those that were asked for. A word that names nothing is an error.
Result<std::vector<config::Source>> pick(std::vector<config::Source> sources, const std::vector<std::string>& words) {
  if (words.empty()) return sources;
  std::set<std::string_view> unknown(words.begin(), words.end());
  std::erase_if(sources, [&](const config::Source& source) {
    bool asked = false;
    for (const std::string& word : words) {
      if (word != source.name && word != to_string(source.kind)) continue;
      unknown.erase(word);
      asked = true;
    }
    return !asked;
  });
  if (!unknown.empty()) {
    return fail(ErrorKind::usage, fmt::format("there is no source or kind '{}': --list names them", *unknown.begin()));
  }
  return sources;
}

std::string parts_text(const std::vector<config::TablePart>& parts) {
  std::string text;
  for (const config::TablePart& part : parts) {
    text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", part.entries, to_string(part.kind), part.source);
  }
  return text;
}

// What stays where a source could not be had.
std::string kept_text(const config::Source& source, const config::FetchOptions& options) {
  for (unsigned back = 0; back < 24; ++back) {
    const std::string name = config::with_month(source.file, options.now, back);
    std::error_code none;
    if (std::filesystem::exists(options.directory + "/" + name, none)) return "kept the old " + name;
    if (!config::has_month(source.file)) break;
  }
  return "there is none yet";
}

ExitCode bring(const config::Source& source, Request& request, Output& out, Output& err) {
  if (source.mirrored() && request.fetch.mirror.empty()) {
    const config::FetchOptions& fetch = request.fetch;
    const config::MirrorOptions options{fetch.directory,       fetch.force,         fetch.now,
                                        fetch.connect_seconds, fetch.stall_seconds, fetch.total_seconds};
    return write_report(run_mirror(source.name, source.mirror(), options), "data update", request.json, out, err);
  }
  Progress progress(err);
  request.fetch.progress = [&](std::uint64_t done, std::uint64_t total) {
    if (!progress.due()) return;
    progress.tell(total == 0 ? fmt::format("{}: {} MiB", source.name, done >> 20)
                             : fmt::format("{}: {} of {} MiB", source.name, done >> 20, total >> 20));
  };
  const auto outcome = config::fetch_source(source, request.fetch);
  SourceReport report{.name = source.name, .kind = std::string(to_string(source.kind))};
  if (!outcome) {
    tell_error(report, outcome.error());
    report.text += "; " + kept_text(source, request.fetch);
  } else {
    report.outcome = outcome->unchanged ? "unchanged" : "fetched";
    report.text = outcome->unchanged ? outcome->file : outcome->file + ": " + parts_text(outcome->parts);
    report.octets = outcome->octets;
    report.remarks = outcome->remarks;
  }
  return write_report(report, "data update", request.json, out, err);
}

void list(const std::vector<config::Source>& sources, Output& out) {
  for (const config::Source& source : sources) {
    const std::string followed = source.nrtm3.empty() ? "" : ", then NRTM from " + source.nrtm3;
    out.line(fmt::format("{:<22} {:<14} tried: {:<12} {}{}", source.name, to_string(source.kind), source.tried,
                         source.nrtm4.empty() ? source.url : source.nrtm4, followed));
  }
}

}  // namespace

ExitCode data_update(Arguments arguments, Output& out, Output& err) {
  std::optional<std::string> directory, list_path;
  std::optional<Instant> now;
  bool only_list = false;
  std::string format = "text";
  Request request;
  Options options("data update",
                  "fairway data update\nfairway data update vrps ripe-route\n"
                  "fairway data update --mirror https://mirror.example.net/tables");
  declare_data(options, directory);
  options.text("--sources", list_path, "FILE", "list of addresses, YAML (default: built in; --list shows it)");
  options.flag("--list", only_list, "show the sources, fetch nothing");
  options.text("--mirror", request.fetch.mirror, "URL", "fetch URL/FILE instead of each source's own address");
  options.flag("--force", request.fetch.force, "take what shrank, and do not ask whether it has changed");
  options.number("--connect-timeout", request.fetch.connect_seconds, "SECONDS", "for a server to answer", 1u, 3600u);
  options.number("--stall-timeout", request.fetch.stall_seconds, "SECONDS", "with hardly an octet coming", 1u, 3600u);
  options.number("--timeout", request.fetch.total_seconds, "SECONDS", "for one file in all", 1u, 864000u);
  options.parsed("--now", now, "TIME", "the clock that says which month is the newest (default: the machine's)",
                 parse_instant, "a time, such as 2018-11-12T21:12:16Z");
  options.choice("--format", format, {"text", "json"}, "form of the answer; json is one object a line");
  options.positionals("NAME", request.names, "sources, or kinds of them (vrps, irr, ...); all if none is named", 0);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  const auto fail_with = [&](const std::string& text) {
    err.line("fairway data update: " + text);
    return ExitCode::failure;
  };
  auto sources = sources_of(list_path);
  if (sources) sources = pick(*std::move(sources), request.names);
  if (!sources) return fail_with(sources.error().text);
  if (only_list) {
    list(*sources, out);
    return ExitCode::fine;
  }
  request.fetch.directory = directory.value_or(config::default_data_directory());
  request.fetch.now = now_of(now);
  request.json = format == "json";
  while (request.fetch.mirror.ends_with('/')) request.fetch.mirror.pop_back();
  std::error_code error;
  if (request.fetch.directory.empty()) return fail_with("no folder: name one with --data");
  std::filesystem::create_directories(request.fetch.directory, error);
  if (error) return fail_with(request.fetch.directory + ": " + error.message());

  ExitCode code = ExitCode::fine;
  for (const config::Source& source : *sources) code = combine(code, bring(source, request, out, err));
  return code;
}

}  // namespace fairway
