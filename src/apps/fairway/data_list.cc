// fairway data list: what the data directory holds, what of it is used, and how old it is.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apps/fairway/cmd_data.h"
#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "base/json_writer.h"
#include "shell/config/data_directory.h"

namespace fairway {

namespace {

using config::DateFrom;

std::string_view word_of(DateFrom from) {
  static constexpr std::string_view kWords[] = {"", "file", "name", "content"};
  return kWords[static_cast<std::size_t>(from)];
}

void append_json(std::string& out, const config::Tables& tables, Instant now) {
  for (const config::Choice& choice : tables.choices) {
    const config::TableFile& file = tables.file(choice);
    const config::TablePart& part = tables.part(choice);
    JsonWriter json(out);
    json.object().field("version", 1).field("kind", to_string(part.kind)).field("source", part.source);
    json.field("entries", part.entries);
    if (file.date) {
      json.field("date", to_string(*file.date)).field("date_from", word_of(file.date_from));
      json.field("age_seconds", (now - *file.date).microseconds / 1'000'000);
    } else {
      json.key("date").null().key("date_from").null().key("age_seconds").null();
    }
    json.field("format", file.format).field("file", file.path).field("used", choice.unused.empty());
    json.key("unused");
    choice.unused.empty() ? json.null() : json.value(choice.unused);
    json.end();
    out += '\n';
  }
  for (const config::RefusedFile& refused : tables.inventory.refused) {
    JsonWriter json(out);
    json.object().field("version", 1).field("file", refused.path).field("refused", refused.error.text).end();
    out += '\n';
  }
}

// One line of the table, a field a column.
using Line = std::array<std::string, 7>;

void append_text(std::string& out, const config::Tables& tables, Instant now) {
  std::vector<Line> lines = {{"KIND", "SOURCE", "ENTRIES", "DATE", "AGE", "FORMAT", "FILE"}};
  for (const config::Choice& choice : tables.choices) {
    const config::TableFile& file = tables.file(choice);
    const config::TablePart& part = tables.part(choice);
    const std::string date = file.date ? to_string(*file.date).substr(0, 16) + "Z" : "-";
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    lines.push_back({std::string(to_string(part.kind)), part.source == file.path ? name : part.source,
                     fmt::format("{}", part.entries), date + (file.date_from == DateFrom::file ? " (of the file)" : ""),
                     file.date ? age_text(now - *file.date) : "-", file.format,
                     name + (choice.unused.empty() ? "" : "  (not used: " + choice.unused + ")")});
  }
  std::array<std::size_t, 6> width{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < width.size(); ++i) width[i] = std::max(width[i], line[i].size());
  }
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < width.size(); ++i) {
      const bool right = i == 2 || i == 4;
      out += right ? fmt::format("{:>{}}  ", line[i], width[i]) : fmt::format("{:<{}}  ", line[i], width[i]);
    }
    out += line.back() + '\n';
  }
}

}  // namespace

ExitCode data_list(Arguments arguments, Output& out, Output& err) {
  std::optional<std::string> directory;
  std::optional<Instant> asked_now;
  std::optional<Duration> max_age;
  std::string format = "text";
  Options options("data list", "fairway data list\nfairway data list --data tables --max-age 2d");
  declare_data(options, directory);
  options.choice("--format", format, {"text", "json"}, "form of the answer; json is one object a line");
  declare_clock(options, asked_now, max_age);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  config::TableRequest request;
  request.directory = directory.value_or(config::default_data_directory());
  const auto tables = config::gather(request);
  if (!tables) {
    err.line("fairway data list: " + tables.error().text);
    return tables.error().kind == ErrorKind::not_found ? ExitCode::empty : ExitCode::failure;
  }
  const Instant now = now_of(asked_now);
  std::string text;
  format == "json" ? append_json(text, *tables, now) : append_text(text, *tables, now);
  if (!tables->choices.empty() || format == "json") out.write(text);
  for (const std::string& warning : tables->warnings) err.line("fairway data list: warning: " + warning);

  ExitCode code = ExitCode::fine;
  const auto is_table = [](const config::Choice& choice) { return choice.unused.empty(); };
  if (std::none_of(tables->choices.begin(), tables->choices.end(), is_table)) {
    err.line("fairway data list: no tables in '" + *request.directory + "': 'fairway data update' fetches them");
    code = ExitCode::empty;
  }
  for (const config::Choice& choice : tables->choices) {
    if (!max_age || !choice.unused.empty()) continue;
    const config::TableFile& file = tables->file(choice);
    if (!file.date || now - *file.date > *max_age) code = combine(code, ExitCode::stale);
  }
  for (const config::RefusedFile& refused : tables->inventory.refused) {
    if (refused.error.kind != ErrorKind::not_found) code = combine(code, ExitCode::damaged);
  }
  return code;
}

}  // namespace fairway
