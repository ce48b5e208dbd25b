// fairway network init ASN...: a first network.yaml from the loaded tables. fairway network check: is it well written,
// and are my prefixes registered?
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "base/json_writer.h"
#include "core/verdict/network.h"
#include "shell/config/network.h"
#include "shell/config/network_draft.h"
#include "shell/config/replace_file.h"
#include "shell/config/table_file.h"
#include "shell/feed/for_each_batch.h"
#include "shell/feed/mrt_file.h"

namespace fairway::commands {

namespace {

constexpr std::string_view kDefaultFile = "network.yaml";

// --- init

// Gathers what a routing table shows of some ASes.
class SeenWorker : public BatchWorker<config::SeenNetwork>, private mrt::EventSink {
 public:
  SeenWorker(mrt::EventDecoder decoder, const std::vector<Asn>& asns) : decoder_(std::move(decoder)), asns_(asns) {}

  config::SeenNetwork work(const RecordBatch& batch) override {
    config::SeenNetwork seen(asns_);
    seen_ = &seen;
    for (const mrt::Record& record : batch.records) {
      if (!decoder_.decode(record, *this)) continue;  // what came before the damage counts
    }
    return seen;
  }

 private:
  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.attributes != nullptr) seen_->add(event.prefix, event.attributes->as_path);
  }

  mrt::EventDecoder decoder_;
  const std::vector<Asn>& asns_;
  config::SeenNetwork* seen_ = nullptr;
};

Result<void> read_table(const std::string& path, const std::vector<Asn>& asns, config::SeenNetwork& seen) {
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  auto file = MrtFile::open(path, threads);
  if (!file) return std::unexpected(file.error());
  return for_each_batch<config::SeenNetwork>(
      *file, threads, [&](mrt::EventDecoder decoder) { return std::make_unique<SeenWorker>(std::move(decoder), asns); },
      [&](const config::SeenNetwork& part) {
        seen.add(part);
        return true;
      });
}

// PeeringDB says more about networks than a World keeps: its files are read again.
std::vector<config::TableFile> peeringdb_of(const World& world) {
  std::vector<config::TableFile> files;
  std::vector<std::string> paths;
  for (const TableSource& source : world.sources) {
    if (source.kind != "exchanges" || std::ranges::find(paths, source.file) != paths.end()) continue;
    paths.push_back(source.file);
    if (auto file = config::read_table_file(source.file, {})) files.push_back(std::move(*file));
  }
  return files;
}

std::string header(const std::vector<Asn>& asns, const World& world, const std::vector<std::string>& ribs) {
  std::string names;
  for (const Asn asn : asns) names += " AS" + to_string(asn);
  std::string text = fmt::format(
      "# My network, drafted by `fairway network init` for{}.\n# Read it through: what no table knows stands "
      "here as \"unknown\". docs/formats/network.md explains every key.\n#\n# From:\n",
      names);
  for (const TableSource& source : world.sources) {
    text += fmt::format("#   {} {} {} {}\n", source.kind, source.source, source.file,
                        source.date ? to_string(*source.date) : "undated");
  }
  for (const std::string& rib : ribs) text += fmt::format("#   routing table {}\n", rib);
  return text + "\n";
}

// Never in the place of another file unless that is wanted, and never half of it.
ExitCode write_file(const std::string& path, const std::string& text, bool force, Output& err) {
  if (!force && std::filesystem::exists(path)) {
    err.line(fmt::format(
        "fairway network: {} is there already; --force replaces it, --out names another, --out - prints", path));
    return ExitCode::refused;
  }
  if (config::replace_file(path, text)) return ExitCode::fine;
  err.line("fairway network: cannot write " + path);
  return ExitCode::failure;
}

ExitCode init_network(Arguments arguments, Output& out, Output& err) {
  std::vector<std::string> names, ribs;
  std::string path(kDefaultFile);
  bool force = false;
  WorldOptions known;
  Options options("network init", "fairway network init AS64500 --rib rib.20260601.0000.bz2");
  options.positionals("ASN", names, "the ASes of the network");
  options.list("--rib", ribs, "FILE", "a routing table (MRT): what is announced, and who stands next to these ASes");
  options.text("-o,--out", path, "FILE", "where to write (default: network.yaml); - is standard output");
  options.flag("--force", force, "replace the file if it is there");
  declare_world(options, known);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  std::vector<Asn> asns;
  for (const std::string& name : names) {
    const auto asn = parse_asn(name);
    if (!asn) {
      err.line(fmt::format("fairway network: '{}' is no ASN", name));
      return ExitCode::failure;
    }
    asns.push_back(*asn);
  }
  const auto loaded = load_world(known, "network", err);
  if (!loaded) return loaded.error();
  const World& world = *loaded->world;

  config::SeenNetwork seen(asns);
  for (const std::string& rib : ribs) {
    if (const auto read = read_table(rib, asns, seen); !read) {
      err.line(fmt::format("fairway network: {}: {}", rib, read.error().text));
      return ExitCode::failure;
    }
  }
  const std::vector<config::TableFile> files = peeringdb_of(world);
  std::vector<const PeeringDb*> peeringdb;
  for (const config::TableFile& file : files) {
    if (const auto* content = std::get_if<PeeringDb>(&file.content)) peeringdb.push_back(content);
  }
  const Network network = config::draft_network(asns, world, peeringdb, ribs.empty() ? nullptr : &seen);
  const std::string text = header(asns, world, ribs) + config::print_network(network, config::Absent::as_comment);
  if (path == "-") {
    out.write(text);
    return loaded->code;
  }
  const ExitCode written = write_file(path, text, force, err);
  if (written == ExitCode::fine) {
    out.line(fmt::format("{}: {} prefixes, {} neighbours, {} exchanges; look for \"unknown\" and fill it in", path,
                         network.prefixes.size(), network.neighbours.size(), network.exchanges.size()));
  }
  return combine(written, loaded->code);
}

// --- check

void append_json(std::string& line, const OwnRoute& route) {
  JsonWriter json(line);
  json.object().field("version", 1).field("prefix", to_string(route.prefix)).field("origin", route.origin.value);
  json.field("rov", to_string(route.rov.state)).field("irr", to_string(route.irr.state));
  json.field("registration", to_string(route.registration)).key("remarks").array();
  for (const std::string& remark : route.remarks) json.value(remark);
  json.end().end();
}

void append_text(std::string& line, const OwnRoute& route) {
  line = fmt::format("{:<20} AS{:<10} ROV {:<10} IRR {:<22} {}", to_string(route.prefix), route.origin.value,
                     to_string(route.rov.state), to_string(route.irr.state), to_string(route.registration));
  for (const std::string& remark : route.remarks) line += "\n    " + remark;
}

ExitCode check_network(Arguments arguments, Output& out, Output& err) {
  std::string path(kDefaultFile), format = "text";
  WorldOptions known;
  Options options("network check", "fairway network check --network network.yaml --rpki vrps.json");
  options.text("--network", path, "FILE", "network.yaml, or BGPalerter's prefixes.yml (default: network.yaml)");
  options.choice("--format", format, {"text", "json"}, "form of the answer");
  declare_world(options, known);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  const auto reading = config::load_network(path);
  if (!reading) {
    err.line(reading.error().text);
    return reading.error().kind == ErrorKind::malformed ? ExitCode::negative : ExitCode::failure;
  }
  for (const config::Problem& note : reading->notes) err.line(fmt::format("{}: {}", path, to_string(note)));
  const auto loaded = load_world(known, "network", err);
  if (!loaded) return loaded.error();

  const Instant now = now_of(known.now);
  for (const OwnException& exception : reading->network.exceptions) {
    if (exception.expires <= now) {
      err.line(
          fmt::format("{}: the exception \"{}\" expired on {}", path, exception.reason, to_string(exception.expires)));
    }
  }
  bool negative = false;
  std::map<Registration, std::size_t> counts;
  for (const OwnRoute& route : judge_network(*loaded->world, reading->network)) {
    ++counts[route.registration];
    negative = negative || route.registration == Registration::contradicted ||
               route.registration == Registration::unregistered;
    std::string line;
    format == "json" ? append_json(line, route) : append_text(line, route);
    out.line(line);
  }
  if (format == "text") {
    std::string summary;
    for (const auto& [registration, count] : counts) {
      summary += fmt::format("{}{} {}", summary.empty() ? "" : ", ", count, to_string(registration));
    }
    out.line(fmt::format("{}: {} ASes, {} prefixes, {} neighbours; {}", path, reading->network.asns.size(),
                         reading->network.prefixes.size(), reading->network.neighbours.size(),
                         summary.empty() ? "nothing to judge" : summary));
  }
  return combine(negative ? ExitCode::negative : ExitCode::fine, loaded->code);
}

}  // namespace

ExitCode network(Arguments arguments, Output& out, Output& err) {
  const std::string_view verb = arguments.empty() ? std::string_view() : std::string_view(arguments[0]);
  if (verb == "init") return init_network(arguments.subspan(1), out, err);
  if (verb == "check") return check_network(arguments.subspan(1), out, err);
  const bool asked = verb == "--help" || verb == "-h";
  (asked ? out : err)
      .line(
          "fairway network: what my network is\n\n"
          "Usage: fairway network init ASN...   write network.yaml from the loaded tables\n"
          "       fairway network check         read it, and hold my prefixes against the RPKI and the IRR\n\n"
          "'fairway network init --help' and 'fairway network check --help' tell the options.\n\n"
          "Example:\n  fairway network init AS64500 --rib rib.20260601.0000.bz2");
  return asked ? ExitCode::fine : ExitCode::failure;
}

}  // namespace fairway::commands
