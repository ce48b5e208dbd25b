// fairway filter build: the configuration of my routers, guarded.
#include <fmt/format.h>

#include <filesystem>

#include "apps/fairway/filter_document.h"
#include "apps/fairway/filter_json.h"
#include "apps/fairway/filter_proof.h"
#include "apps/fairway/filter_verbs.h"
#include "core/actions/filtering/guards.h"
#include "core/actions/filtering/lists_text.h"
#include "core/report/filterconfig/targets.h"
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
  Build(const BuildOptions& options, const filterconfig::Target& target, Output& out, Output& err)
      : options_(options), target_(target), out_(out), err_(err) {}

  ExitCode run() {
    auto loaded = load_document(options_.document, "filter build", err_);
    if (!loaded) return loaded.error();
    filtering::Document& document = loaded->document;
    for (const filtering::NeighbourPolicy& policy : document.neighbours) {
      if (document.neighbours.size() > kFew && policy.refused.empty()) continue;
      for (const std::string& remark : policy.remarks) tell(fmt::format("AS{}: {}", policy.asn.value, remark));
    }
    Stopwatch watch;
    if (!read_kept() || !guard(document)) return ExitCode::refused;
    time("guards", watch);
    const filterconfig::Configuration made = filterconfig::write(target_, document);
    time("writing", watch);
    if (!proven(*loaded, made)) return ExitCode::refused;
    time("reading back", watch);
    for (const filterconfig::Coverage& gap : made.coverage) {
      if (gap.support != filterconfig::Support::emitted) {
        tell(fmt::format("gap: {}: {}: {}", gap.what, to_string(gap.support), gap.note));
      }
    }
    if (const auto failed = put(document, made)) return *failed;
    return refusal_.empty() ? loaded->code : ExitCode::refused;
  }

 private:
  static constexpr std::size_t kFew = 20;  // neighbours of whom everything is told

  void time(std::string_view what, Stopwatch& watch) {
    if (options_.document.world.timing) tell_timing("filter build", what, watch.lap(), err_);
  }

  void tell(const std::string& text) { err_.line("fairway filter build: " + text); }

  bool keeps() const { return options_.path != "-"; }
  std::string lists_path() const { return options_.path + ".lists"; }
  std::string refusal_path() const { return options_.path + ".refused"; }

  // What the last build was made of.
  bool read_kept() {
    if (!keeps() || !std::filesystem::exists(lists_path())) return true;
    const Result<Buffer> octets = read_all(lists_path());
    auto lists = octets ? filtering::read_lists(as_text(octets->bytes())) : std::unexpected(octets.error());
    if (lists) {
      before_ = *std::move(lists);
    } else if (!options_.accept) {
      tell(fmt::format("{}: {}: what changed cannot be told; --accept builds without", lists_path(),
                       lists.error().text));
      return false;
    }
    return true;
  }

  void refuse(const std::string& why, std::string_view then) {
    tell(fmt::format("refused: {}{}", why, then));
    refusal_ += why + "\n";
  }

  // Whether the document may become configuration. A list that is objected to stays as it was; without an older one,
  // and where a beacon or a bogon is concerned, there is no configuration at all.
  bool guard(filtering::Document& document) {
    bool stands = true;
    const auto stays = [&](const std::string& why, bool kept) {
      refuse(why, kept ? ": its list stays as it was" : "");
      stands = stands && kept;
    };
    for (filtering::NeighbourPolicy& policy : document.neighbours) {
      if (policy.refused.empty()) continue;
      const std::string why = fmt::format("AS{}: {}", policy.asn.value, policy.refused);
      if (before_ && filtering::keep_as_it_was(document, *before_, policy)) {
        stays(why, true);
      } else if (options_.guards.allow_empty) {
        refuse(why, ": nothing is accepted from it");
      } else {
        stays(why, false);
      }
    }
    for (const filtering::Objection& objection :
         filtering::object(document, before_ ? &*before_ : nullptr, options_.guards)) {
      const std::string why = fmt::format("{}: {}", to_string(objection.guard), objection.what);
      const bool change = objection.guard == filtering::Objection::Guard::delta;
      // What a human may accept is a change; a bogon let in, or a beacon kept out, is a mistake in network.yaml.
      if (change && options_.accept) {
        tell("accepted: " + why);
      } else {
        stays(why, before_ && !objection.list.empty() && filtering::keep_as_it_was(document, *before_, objection.list));
      }
    }
    if (!stands && keeps()) {
      keep_refusal();
      tell(fmt::format("{} stays as it is", options_.path));
    }
    return stands;
  }

  // What was written is read back by a reader that knows nothing of the writer, where there is one: a sample of every
  // list, and every clause. `fairway filter prove` asks for all.
  bool proven(const LoadedDocument& loaded, const filterconfig::Configuration& made) {
    const auto dialect = dialect_of(target_.name);
    const bool sessions =
        std::ranges::any_of(loaded.document.neighbours, [](const auto& n) { return !n.sessions.empty(); });
    if (!dialect || !sessions) return true;
    // Of a route server with hundreds of clients some are read back: each is written by the same rules.
    constexpr std::size_t kMany = 100, kSome = 50, kSample = 50;
    const bool many = loaded.document.neighbours.size() > kMany;
    const filtering::Document some = many ? some_neighbours(loaded.document, kSome) : filtering::Document();
    const filtering::Document& document = many ? some : loaded.document;
    const auto configuration =
        reader::Configuration::read(many ? filterconfig::write(target_, some).text : made.text, *dialect);
    Proof proof;
    std::vector<std::string> lacks;
    for (const filterconfig::Coverage& covered : made.coverage) {
      if (covered.support == filterconfig::Support::unsupported) lacks.push_back(covered.what);
    }
    if (configuration) {
      proof = prove(document, *loaded.world, *configuration, {.entries = kSample}, lacks);
    }
    if (configuration && proof.holds()) return true;
    refuse("syntax: what was written does not read back as what was meant", "");
    if (!configuration) tell(configuration.error().text);
    for (const std::string& absent : proof.absent) tell("there is no session with " + absent);
    for (const Proof::Difference& one : proof.differences) {
      tell(fmt::format("line {}: {} {} {} ({}): wanted {}, found {}", one.line, one.is_export ? "to" : "from",
                       one.neighbour, to_string(one.prefix), one.what, one.wanted, one.found));
    }
    if (keeps()) keep_refusal();
    return false;
  }

  void keep_refusal() {
    if (const auto kept = config::replace_file(refusal_path(), refusal_); !kept) tell(kept.error().text);
  }

  std::optional<ExitCode> put(const filtering::Document& document, const filterconfig::Configuration& made) {
    std::string json;
    if (options_.format == "json") append_json(json, document, target_, made);
    if (!keeps()) {
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
    if (!refusal_.empty()) keep_refusal();
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
  const filterconfig::Target& target_;
  Output& out_;
  Output& err_;
  std::optional<filtering::KeptLists> before_;
  std::string refusal_;  // everything that was refused, a line each
};

}  // namespace

ExitCode filter_build(Arguments arguments, Output& out, Output& err) {
  BuildOptions build;
  std::string names;
  for (const filterconfig::Target& target : filterconfig::targets())
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
  const filterconfig::Target* target = filterconfig::find_target(build.target);
  if (target == nullptr) {
    err.line("fairway filter build: --target is one of " + names);
    return ExitCode::failure;
  }
  return Build(build, *target, out, err).run();
}

}  // namespace fairway
