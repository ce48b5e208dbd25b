// fairway filter audit: what do the filters of an existing configuration let through?
#include <glob.h>

#include <filesystem>

#include "apps/fairway/filter_verbs.h"
#include "apps/fairway/options.h"
#include "core/report/audit/filter_audit.h"
#include "shell/config/network.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

// The files that an include names, one behind the other; names without a folder are beside the configuration.
std::optional<std::string> included(const std::filesystem::path& beside, std::string_view name) {
  const std::filesystem::path path = beside.parent_path() / std::filesystem::path(name);
  glob_t found{};
  std::optional<std::string> text;
  if (glob(path.c_str(), 0, nullptr, &found) == 0) {
    text.emplace();
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      const auto octets = read_all(found.gl_pathv[i]);
      if (!octets) {
        text.reset();
        break;
      }
      text->append(as_text(octets->bytes())).append("\n");
    }
  }
  globfree(&found);
  return text;
}

}  // namespace

ExitCode filter_audit(Arguments arguments, Output& out, Output& err) {
  std::string format = "text", language;
  std::optional<std::string> network_file;
  bool all = false;
  std::vector<std::string> files;
  Options options("filter audit",
                  "fairway filter audit /etc/bird/bird.conf\n"
                  "fairway filter audit --network network.yaml --format json frr.conf");
  options.text("--network", network_file, "FILE", "network.yaml: own prefixes, and what each neighbour is");
  options.text("--dialect", language, "NAME", "bird, openbgpd, frr, junos, iosxr (default: found by content)");
  options.flag("--all", all, "also what is filtered");
  options.choice("--format", format, {"text", "json"}, "form of the report");
  options.positionals("CONFIG", files, "configurations of routers; - is standard input");
  if (const auto code = options.parse(arguments, out, err)) return *code;

  std::optional<Expectation> network;
  if (network_file) {
    auto reading = config::load_network(*network_file);
    if (!reading) {
      err.line("fairway filter audit: " + reading.error().text);
      return ExitCode::failure;
    }
    network = Expectation::build(std::move(reading->network));
  }
  ExitCode code = ExitCode::fine;
  for (const std::string& file : files) {
    const auto fail = [&](const std::string& why) {
      err.line("fairway filter audit: " + file + ": " + why);
      code = combine(code, ExitCode::failure);
    };
    const auto octets = read_all(file);
    if (!octets) {
      fail(octets.error().text);
      continue;
    }
    const std::string_view text = as_text(octets->bytes());
    const auto dialect = language.empty() ? reader::guess_dialect(text) : reader::parse_dialect(language);
    if (!dialect) {
      fail(language.empty() ? "in no language that is known; --dialect names it" : "there is no dialect " + language);
      continue;
    }
    const auto configuration = reader::Configuration::read(
        text, *dialect, [&](std::string_view name) { return included(std::filesystem::path(file), name); });
    if (!configuration) {
      fail("line " + std::to_string(configuration.error().where) + ": " + configuration.error().text);
      continue;
    }
    const filtering::AuditedRouter router = audited(*configuration, network ? &*network : nullptr);
    AuditReport report{file, *configuration, router, {}, all};
    for (const filtering::AuditedSession& session : router.sessions) {
      report.findings.push_back(filtering::audit(router, session));
    }
    std::string told;
    format == "json" ? append_json(told, report) : append_text(told, report);
    out.write(told);
    if (router.sessions.empty()) code = combine(code, ExitCode::empty);
    if (report.required_open()) code = combine(code, ExitCode::negative);
  }
  return code;
}

}  // namespace fairway
