// fairway filter diff: what a new configuration would change: on the router that runs, and among the routes it carries.
#include <fmt/format.h>

#include <map>
#include <set>
#include <thread>

#include "apps/fairway/filter_document.h"
#include "apps/fairway/filter_proof.h"
#include "apps/fairway/filter_verbs.h"
#include "base/json_writer.h"
#include "core/verdict/origin.h"
#include "shell/feed/for_each_batch.h"
#include "shell/feed/mrt_file.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

using filtering::Document;
using filtering::NeighbourPolicy;

constexpr std::size_t kExamples = 5;

// Routes that meet the same fate for the same reason.
struct Change {
  std::size_t routes = 0;
  std::vector<std::string> examples;  // the first of them

  void add(const Change& other) {
    routes += other.routes;
    for (const std::string& example : other.examples) {
      if (examples.size() < kExamples) examples.push_back(example);
    }
  }
  void add(std::string example) {
    ++routes;
    if (examples.size() < kExamples) examples.push_back(std::move(example));
  }
};

// By neighbour, then by what happens: "refused by prefix".
using Changes = std::map<std::pair<std::string, std::string>, Change>;

void add(Changes& changes, const Changes& more) {
  for (const auto& [key, change] : more) changes[key].add(change);
}

// --- the routes of a table

struct Carried {
  Changes changes;
  std::size_t routes = 0, neighbours = 0;
};

// Holds the routes of a RIB dump against the document, and against the configuration that runs if there is one.
class CarriedWorker : public BatchWorker<Carried>, private mrt::EventSink {
 public:
  CarriedWorker(mrt::EventDecoder decoder, const LoadedDocument& wanted, const reader::Configuration* running)
      : decoder_(std::move(decoder)), wanted_(wanted), running_(running) {}

  Carried work(const RecordBatch& batch) override {
    Carried carried;
    carried_ = &carried;
    for (const mrt::Record& record : batch.records) {
      if (!decoder_.decode(record, *this)) continue;  // what came before the damage counts
    }
    return carried;
  }

 private:
  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.attributes == nullptr) return;
    ++carried_->routes;
    const auto neighbour = event.attributes->as_path.neighbour();
    for (std::size_t i = 0; i < wanted_.document.neighbours.size(); ++i) {
      if (neighbour == wanted_.document.neighbours[i].asn) judge(i, event);
    }
  }

  void judge(std::size_t index, const RouteEvent& event) {
    ++carried_->neighbours;
    const Document& document = wanted_.document;
    const NeighbourPolicy& policy = document.neighbours[index];
    filtering::RouteProbe probe{index, false, {}, {}};
    Probe& route = probe.route;
    route.prefix = event.prefix;
    route.path = event.attributes->as_path;
    route.communities = event.attributes->communities;
    route.large_communities = event.attributes->large_communities;
    route.otc = event.attributes->otc;
    // A table need not say what the neighbour gave as next hop: it may come from a collector.
    for (const filtering::SessionPolicy& session : policy.sessions) {
      if (session.family == route.prefix.family()) route.next_hop = session.session.address;
    }
    route.origin = filtering::rov_of(*wanted_.world, route.prefix, route.path.origin());
    const filtering::Decision now = filtering::expected(document, probe);
    const auto before = running_ == nullptr ? std::optional<bool>(true) : accepted_by(*running_, policy, probe);
    const std::string name = policy.name;
    if (!before) {
      carried_->changes[{name, "not known: what runs is not understood there"}].add(example(event));
    } else if (!now.accepted && *before) {
      const std::string clause(filtering::row_of(policy.import[now.clause].kind).name);
      carried_->changes[{name, "refused by " + clause}].add(example(event));
    } else if (now.accepted && !*before) {
      carried_->changes[{name, "accepted, which was refused"}].add(example(event));
    }
  }

  static std::string example(const RouteEvent& event) {
    return to_string(event.prefix) + " by " + to_string(event.attributes->as_path);
  }

  mrt::EventDecoder decoder_;
  const LoadedDocument& wanted_;
  const reader::Configuration* running_;
  Carried* carried_ = nullptr;
};

Result<Carried> hold_table(const std::string& path, const LoadedDocument& wanted,
                           const reader::Configuration* running) {
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  auto file = MrtFile::open(path, threads);
  if (!file) return std::unexpected(file.error());
  Carried all;
  const auto done = for_each_batch<Carried>(
      *file, threads,
      [&](mrt::EventDecoder decoder) { return std::make_unique<CarriedWorker>(std::move(decoder), wanted, running); },
      [&](const Carried& part) {
        all.routes += part.routes;
        all.neighbours += part.neighbours;
        add(all.changes, part.changes);
        return true;
      });
  if (!done) return std::unexpected(done.error());
  return all;
}

// --- the answer

void put_changes(JsonWriter& json, std::string_view key, const Changes& changes) {
  json.key(key).array();
  for (const auto& [where, change] : changes) {
    json.object().field("neighbour", where.first).field("change", where.second).field("routes", change.routes);
    json.key("examples").array();
    for (const std::string& example : change.examples) json.value(example);
    json.end().end();
  }
  json.end();
}

void print(const Changes& changes, std::string_view what, Output& out) {
  for (const auto& [where, change] : changes) {
    out.line(fmt::format("{}: {} {} {}", where.first, change.routes, what, where.second));
    for (const std::string& example : change.examples) out.line("    " + example);
    if (change.routes > change.examples.size()) out.line("    ...");
  }
}

// The differences of a proof, told as what the new configuration would change.
Changes changes_of(const Proof& proof) {
  Changes changes;
  std::set<std::tuple<std::string, bool, Prefix>> told;  // several probes ask about one prefix
  for (const Proof::Difference& one : proof.differences) {
    if (!told.insert({one.neighbour, one.is_export, one.prefix}).second) continue;
    const bool accepts = one.wanted.starts_with("accept");
    std::string change = std::string(one.is_export ? "announced to it: " : "") + "now " +
                         one.found.substr(0, one.found.find(':')) + ", then " + one.wanted;
    if (accepts && one.found.starts_with("accept")) change = "with other communities or preference";
    changes[{one.neighbour, change}].add(fmt::format("{} ({}), line {}", to_string(one.prefix), one.what, one.line));
  }
  return changes;
}

}  // namespace

ExitCode filter_diff(Arguments arguments, Output& out, Output& err) {
  DocumentOptions options;
  std::optional<std::string> running, rib;
  std::string format = "text", language;
  Options declared("filter diff",
                   "fairway filter diff --network network.yaml --running bird.conf\n"
                   "fairway filter diff --network network.yaml --rib rib.20260601.0000.bz2");
  declared.text("--running", running, "FILE", "the configuration that the router has now (bird, openbgpd, frr)");
  declared.text("--dialect", language, "NAME", "its language (default: by its words)");
  declared.text("--rib", rib, "FILE", "a routing table (MRT): which of its routes would be refused, and by what");
  declared.choice("--format", format, {"text", "json"}, "form of the answer");
  declare_document(declared, options);
  if (const auto code = declared.parse(arguments, out, err)) return *code;
  if (!running && !rib) {
    err.line("fairway filter diff: --running FILE, --rib FILE or both say what to compare with");
    return ExitCode::failure;
  }
  const auto loaded = load_document(options, "filter diff", err);
  if (!loaded) return loaded.error();

  std::optional<reader::Configuration> configuration;
  Changes on_router;
  Proof proof;
  if (running) {
    auto read = read_configuration(*running, language);
    if (!read) {
      err.line("fairway filter diff: " + read.error().text);
      return ExitCode::failure;
    }
    configuration = *std::move(read);
    proof = prove(loaded->document, *loaded->world, *configuration, {},
                  lacking(configuration->dialect(), loaded->document));
    on_router = changes_of(proof);
  }
  Carried carried;
  if (rib) {
    auto held = hold_table(*rib, *loaded, configuration ? &*configuration : nullptr);
    if (!held) {
      err.line(fmt::format("fairway filter diff: {}: {}", *rib, held.error().text));
      return ExitCode::failure;
    }
    carried = *std::move(held);
  }
  const bool same = on_router.empty() && proof.absent.empty() && carried.changes.empty();
  if (format == "json") {
    std::string text;
    JsonWriter json(text);
    json.object().field("version", 1).field("same", same).key("absent").array();
    for (const std::string& absent : proof.absent) json.value(absent);
    json.end();
    put_changes(json, "on_router", on_router);
    put_changes(json, "routes", carried.changes);
    json.field("routes_held", carried.neighbours).end();
    out.line(text);
  } else {
    for (const std::string& absent : proof.absent) out.line("there is no session with " + absent + " yet");
    print(on_router, "prefixes", out);
    print(carried.changes, "routes", out);
    if (rib) {
      out.line(fmt::format("{}: {} of {} routes come from these neighbours", *rib, carried.neighbours, carried.routes));
    }
    if (running) out.line(fmt::format("{}: {} probes, {} differ", *running, proof.probes, proof.differing));
    if (same) out.line("nothing would change");
  }
  return combine(same ? ExitCode::fine : ExitCode::negative, loaded->code);
}

}  // namespace fairway
