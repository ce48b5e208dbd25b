// fairway filter build: the configuration of my routers, guarded.
#include <fmt/format.h>

#include <filesystem>

#include "apps/fairway/filter_document.h"
#include "apps/fairway/filter_json.h"
#include "apps/fairway/filter_verbs.h"
#include "core/actions/filtering/guards.h"
#include "core/actions/filtering/lists_text.h"
#include "core/report/policy/targets.h"
#include "shell/config/replace_file.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

struct BuildOptions {
  DocumentOptions document;
  std::string target, path = "-", format = "text";
  filtering::GuardOptions guards;
  bool accept = false;
};

class Build {
 public:
  Build(const BuildOptions& options, const policy::Target& target, Output& out, Output& err)
      : options_(options), target_(target), out_(out), err_(err) {}

  ExitCode run() {
    const bool keeps = options_.path != "-";
    if (keeps && !options_.accept && std::filesystem::exists(refusal_path())) {
      tell(fmt::format("{} was refused before and nobody has looked at it since: read {}, then build with --accept",
                       options_.path, refusal_path()));
      return ExitCode::refused;
    }
    const auto loaded = load_document(options_.document, "filter build", err_);
    if (!loaded) return loaded.error();
    const filtering::Document& document = loaded->document;
    for (const filtering::NeighbourPolicy& policy : document.neighbours) {
      for (const std::string& remark : policy.remarks) tell(fmt::format("AS{}: {}", policy.asn.value, remark));
    }
    if (!guard(document, keeps)) return ExitCode::refused;
    const policy::Configuration made = policy::write(target_, document);
    for (const policy::Coverage& gap : made.coverage) {
      if (gap.support != policy::Support::emitted) {
        tell(fmt::format("gap: {}: {}: {}", gap.what, to_string(gap.support), gap.note));
      }
    }
    if (const auto failed = put(document, made, keeps)) return *failed;
    return loaded->code;
  }

 private:
  void tell(const std::string& text) { err_.line("fairway filter build: " + text); }

  std::string lists_path() const { return options_.path + ".lists"; }
  std::string refusal_path() const { return options_.path + ".refused"; }

  // Whether the document may become configuration. A refusal stays beside the file until a human has seen it.
  bool guard(const filtering::Document& document, bool keeps) {
    std::optional<filtering::KeptLists> before;
    if (keeps && std::filesystem::exists(lists_path())) {
      const Result<Buffer> octets = read_all(lists_path());
      auto lists = octets ? filtering::read_lists(as_text(octets->bytes())) : std::unexpected(octets.error());
      if (!lists && !options_.accept) {
        tell(fmt::format("{}: {}: what changed cannot be told; --accept builds without", lists_path(),
                         lists.error().text));
        return false;
      }
      if (lists) before = *std::move(lists);
    }
    const auto objections = filtering::object(document, before ? &*before : nullptr, options_.guards);
    bool stands = false;
    std::string refusal;
    for (const filtering::Objection& objection : objections) {
      // What a human may accept is a change; a bogon let in, or a beacon kept out, is a mistake in network.yaml.
      const bool accepted = options_.accept && objection.guard == filtering::Objection::Guard::delta;
      tell(fmt::format("{}: {}: {}", accepted ? "accepted" : "refused", to_string(objection.guard), objection.what));
      refusal += fmt::format("{}: {}\n", to_string(objection.guard), objection.what);
      stands = stands || !accepted;
    }
    if (!stands) return true;
    if (keeps) {
      if (const auto kept = config::replace_file(refusal_path(), refusal); !kept) tell(kept.error().text);
      tell(fmt::format("{} stays as it is", options_.path));
    }
    return false;
  }

  std::optional<ExitCode> put(const filtering::Document& document, const policy::Configuration& made, bool keeps) {
    std::string json;
    if (options_.format == "json") append_json(json, document, target_, made);
    if (!keeps) {
      out_.write(options_.format == "json" ? json : made.text);
      return std::nullopt;
    }
    const bool secrets = std::ranges::any_of(document.neighbours, [](const filtering::NeighbourPolicy& policy) {
      return std::ranges::any_of(policy.sessions, [](const auto& session) { return !session.secret.empty(); });
    });
    const auto access = secrets ? config::Access::mine : config::Access::everybody;
    for (const auto& [path, text] : {std::pair{options_.path, &made.text}, {lists_path(), nullptr}}) {
      const auto written = text != nullptr ? config::replace_file(path, *text, access)
                                           : config::replace_file(path, filtering::print_lists(document));
      if (written) continue;
      tell(written.error().text);
      return ExitCode::failure;
    }
    std::error_code nothing_there;
    std::filesystem::remove(refusal_path(), nothing_there);
    if (options_.format == "json") {
      out_.write(json);
    } else {
      out_.line(fmt::format("{}: {} neighbours, {} lists, for {}", options_.path, document.neighbours.size(),
                            document.prefix_lists.size() + document.asn_lists.size() + document.pair_lists.size(),
                            target_.product));
    }
    return std::nullopt;
  }

  const BuildOptions& options_;
  const policy::Target& target_;
  Output& out_;
  Output& err_;
};

}  // namespace

ExitCode filter_build(Arguments arguments, Output& out, Output& err) {
  BuildOptions build;
  std::string names;
  for (const policy::Target& target : policy::targets())
    names += (names.empty() ? "" : ", ") + std::string(target.name);
  Options options("filter build",
                  "fairway filter build --network network.yaml --target bird-2.0.12 --out filters.conf\n"
                  "fairway filter build AS64510 --target frr");
  options.text("--target", build.target, "NAME", "the router: " + names);
  options.text("-o,--out", build.path, "FILE",
               "the configuration; what it was made of is kept in FILE.lists (default: standard output)");
  options.choice("--format", build.format, {"text", "json"}, "text is the configuration; json the document behind it");
  options.number("--percent", build.guards.percent, "N", "refuse lists that change by more (default 20)", 0u, 10000u);
  options.number("--entries", build.guards.entries, "N", "and by more than so many entries (default 5)",
                 std::size_t{0});
  options.flag("--accept", build.accept, "a human looked at the change: build in spite of it");
  options.flag("--allow-empty", build.guards.allow_empty, "write filters that let nothing in where nothing is known");
  declare_document(options, build.document);
  if (const auto code = options.parse(arguments, out, err)) return *code;
  const policy::Target* target = policy::find_target(build.target);
  if (target == nullptr) {
    err.line("fairway filter build: --target is one of " + names);
    return ExitCode::failure;
  }
  return Build(build, *target, out, err).run();
}

}  // namespace fairway
