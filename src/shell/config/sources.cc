#include "shell/config/sources.h"

#include <fmt/format.h>

#include <algorithm>

#include "shell/feed/url.h"

namespace fairway::config {

namespace {

using enum ValueType;

constexpr std::string_view kMonth = "{YYYYMM}";

constexpr std::string_view kKinds[] = {"vrps",      "aspas", "irr", "relationships", "organisations", "delegations",
                                       "exchanges", "names", "rib"};

constexpr Key kSource[] = {
    {.name = "name", .sentence = "how the command line calls it", .example = "ripe-route", .required = true},
    {.name = "kind",
     .type = choice,
     .sentence = "what it must turn out to be when it is read",
     .example = "irr",
     .required = true,
     .choices = kKinds},
    {.name = "url",
     .sentence =
         "its address (http, https, ftp, file); {YYYYMM} stands for the newest month that is there; with nrtm the "
         "whole dump",
     .example = "\"https://ftp.ripe.net/ripe/dbase/split/ripe.db.route.gz\""},
    {.name = "file",
     .sentence = "its name in the data directory; {YYYYMM} as in the address",
     .example = "ripe.db.route.gz",
     .required = true},
    {.name = "largest",
     .type = number,
     .sentence = "the most that is taken, in MiB",
     .example = "200",
     .unset = "1024",
     .highest = 1u << 20},
    {.name = "nrtm",
     .sentence = "follow it from this server by NRTM version 3: HOST or HOST:PORT",
     .example = "whois.radb.net"},
    {.name = "serial",
     .sentence = "with nrtm: the serial that the dump is of, or the address where it stands",
     .example = "\"ftp://ftp.radb.net/radb/dbase/RADB.CURRENTSERIAL\""},
    {.name = "nrtm4",
     .sentence = "follow it by NRTM version 4, without a url: the address of its notification file (https, file)",
     .example = "\"https://nrtm.example.net/update-notification-file.jose\""},
    {.name = "key",
     .sentence = "with nrtm4: the public key that signs it, a file in PEM or its base64",
     .example = "example.pem"},
    {.name = "registry", .sentence = "with nrtm and nrtm4: its name, as in its objects' source", .example = "RADB"},
    {.name = "tried",
     .sentence = "the day on which the address last answered those who keep this list, or never",
     .example = "never",
     .unset = "never"},
};

constexpr Key kTop[] = {
    {.name = "version",
     .type = number,
     .sentence = "of this format: 1",
     .example = "1",
     .required = true,
     .highest = 1},
    {.name = "sources",
     .type = map,
     .sentence = "what to fetch, in this order",
     .required = true,
     .list = true,
     .keys = kSource},
};

}  // namespace

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

Schema sources_schema() { return kTop; }

Result<std::vector<Source>> read_sources(std::string_view text) {
  const auto tree = parse_yaml(text);
  if (!tree) return std::unexpected(tree.error());
  std::vector<Problem> problems = check(*tree, kTop);
  if (!problems.empty()) return refuse(problems);
  std::vector<Source> sources;
  for (const Fields& fields : Fields(*tree).maps("sources")) {
    Source source;
    source.name = fields.text("name");
    source.kind = *parse_kind(fields.text("kind"));
    source.url = fields.text("url");
    source.file = fields.text("file");
    source.most = std::uint64_t{fields.number("largest").value_or(1024)} << 20;
    source.tried = fields.text("tried").empty() ? "never" : fields.text("tried");
    const auto wrong = [&](std::string_view what) {
      problems.push_back({fields.node().line, fields.node().column, fmt::format("'{}' {}", source.name, what)});
    };
    source.registry = to_upper(fields.text("registry"));
    source.nrtm3 = fields.text("nrtm");
    source.serial = fields.text("serial");
    source.nrtm4 = fields.text("nrtm4");
    source.key = fields.text("key");
    if (source.nrtm4.empty() && !is_url(source.url)) wrong("has no address such as https://...");
    if (!source.nrtm4.empty() && !is_url(source.nrtm4)) wrong("has a nrtm4 that is no address such as https://...");
    if (!source.nrtm4.empty() && (!source.url.empty() || !source.nrtm3.empty())) {
      wrong("has nrtm4, and so neither url nor nrtm");
    }
    if (source.nrtm4.empty() != source.key.empty()) wrong("has nrtm4 without key, or key without nrtm4");
    if (source.nrtm3.empty() != source.serial.empty()) wrong("has nrtm without serial, or serial without nrtm");
    if (source.mirrored() && source.kind != Kind::irr) wrong("is mirrored by NRTM, and so must be of kind irr");
    if (source.mirrored() == source.registry.empty()) wrong("is mirrored without a registry, or the reverse");
    if (!is_plain_name(source.file)) wrong("has a file that is no plain name in the data directory");
    if (has_month(source.url) != has_month(source.file))
      wrong("has {YYYYMM} in its address or its file, but not in both");
    for (const Source& other : sources) {
      if (other.name == source.name)
        wrong("stands here a second time");
      else if (other.file == source.file)
        wrong(fmt::format("has the same file as '{}'", other.name));
    }
    sources.push_back(std::move(source));
  }
  if (!problems.empty()) return refuse(problems);
  return sources;
}

bool has_month(std::string_view text) { return text.find(kMonth) != std::string_view::npos; }

std::string with_month(std::string_view text, Instant now, unsigned back) {
  const CivilDate today = civil_from_days(now.whole_seconds() / 86400);
  const std::int64_t months = today.year * 12 + (today.month - 1) - back;
  const std::string month = fmt::format("{:04}{:02}", months / 12, months % 12 + 1);
  std::string filled(text);
  for (std::size_t at = filled.find(kMonth); at != std::string::npos; at = filled.find(kMonth, at))
    filled.replace(at, kMonth.size(), month);
  return filled;
}

}  // namespace fairway::config
