// fairway judge: a verdict for every route of MRT files, counted or one by one.
#include <thread>
#include <utility>

#include "apps/fairway/command.h"
#include "apps/fairway/damage_report.h"
#include "apps/fairway/filter_options.h"
#include "apps/fairway/options.h"
#include "apps/fairway/progress.h"
#include "apps/fairway/world_options.h"
#include "core/report/policy_tally.h"
#include "core/report/policy_text.h"
#include "core/report/tally.h"
#include "core/report/verdict.h"
#include "shell/feed/for_each_batch.h"

namespace fairway::commands {

namespace {

// What one batch became.
struct Judged {
  Tally tally;
  PolicyTally policies;  // with --policy, and no other verdict
  std::string lines;     // with --each
  std::vector<Damage> damage;
  std::vector<std::pair<mrt::Type, std::uint16_t>> unknown;
  std::optional<Instant> time;  // of its last route
};

struct Request {
  const World& world;
  const RouteFilter& filter;
  bool policy, each, json;
  unsigned threads;
};

class JudgeWorker : public BatchWorker<Judged>, private mrt::EventSink {
 public:
  JudgeWorker(mrt::EventDecoder decoder, const Request& request)
      : decoder_(std::move(decoder)), judge_(request.world), policies_(request.world), request_(request) {}

  Judged work(const RecordBatch& batch) override {
    Judged judged;
    judged.damage = batch.damage;
    judged_ = &judged;
    for (const mrt::Record& record : batch.records) {
      const auto decoded = decoder_.decode(record, *this);
      if (decoded) continue;
      if (decoded.error().kind == ErrorKind::not_found) {
        judged.unknown.emplace_back(record.type, record.subtype);
      } else {
        judged.damage.push_back(damage_of(record, decoded.error()));
      }
    }
    return judged;
  }

 private:
  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.attributes == nullptr || !request_.filter.accepts(event)) return;
    judged_->time = event.time;
    if (request_.policy) return judge_policies(event);
    const RouteVerdict verdict = judge_.judge(event.prefix, *event.attributes, event.attributes_key);
    judged_->tally.add(event.prefix.family(), verdict);
    if (!request_.each) return;
    append_route(event);
    append_verdict_tsv(judged_->lines, verdict);
  }

  void judge_policies(const RouteEvent& event) {
    const AsPath& path = event.attributes->as_path;
    const auto hops = policies_.judge(event.prefix, path, event.attributes_key);
    judged_->policies.add(hops);
    if (!request_.each) return;
    if (request_.json) {
      append_policy_json(judged_->lines, request_.world, event.prefix, path, hops);
    } else {
      append_route(event);
      append_to(judged_->lines, hops);
    }
    judged_->lines += '\n';
  }

  // PREFIX <TAB> PATH <TAB> PEER-ASN <TAB> PEER-ADDRESS <TAB>
  void append_route(const RouteEvent& event) {
    std::string& out = judged_->lines;
    append_to(out, event.prefix);
    out += '\t';
    append_to(out, event.attributes->as_path);
    out += '\t';
    append_to(out, event.peer.asn);
    out += '\t';
    append_to(out, event.peer.address);
    out += '\t';
  }

  mrt::EventDecoder decoder_;
  RouteJudge judge_;
  PolicyJudge policies_;
  const Request& request_;
  Judged* judged_ = nullptr;
};

ExitCode judge_file(const std::string& path, const Request& request, Judged& all, Output& out, Output& err) {
  DamageReport report(err, "judge", path);
  auto file = MrtFile::open(path, request.threads);
  if (!file) {
    err.line("fairway judge: " + path + ": " + file.error().text);
    return ExitCode::failure;
  }
  Progress progress(err);
  bool dated = false;  // the tables were held against the time of the routes
  const auto done = for_each_batch<Judged>(
      *file, request.threads,
      [&request](mrt::EventDecoder decoder) { return std::make_unique<JudgeWorker>(std::move(decoder), request); },
      [&](Judged judged) {
        all.tally.add(judged.tally);
        all.policies.add(judged.policies);
        out.write(judged.lines);
        if (judged.time && !std::exchange(dated, true)) {
          const auto apart = warn_apart_from_routes(request.world, *judged.time);
          if (apart) err.line("fairway judge: warning: " + path + ": " + *apart);
        }
        for (const Damage& damage : judged.damage) report.tell(damage);
        for (const auto& [type, subtype] : judged.unknown) report.tell_unknown(type, subtype);
        if (progress.due())
          progress.tell(path + ": " + std::to_string(all.tally.routes() + all.policies.all_routes()) +
                        " routes judged");
        return out.usable();
      });
  if (!done) err.line("fairway judge: " + path + ": " + done.error().text);
  return combine(report.finish(), done ? ExitCode::fine : ExitCode::failure);
}

}  // namespace

ExitCode judge(Arguments arguments, Output& out, Output& err) {
  std::string format = "text";
  bool each = false, policy = false;
  std::size_t offenders = 10;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  RouteFilter filter;
  WorldOptions world_options;
  std::vector<std::string> files;

  Options options("judge",
                  "fairway judge --rpki vrps.json --relationships 20260101.as-rel.txt rib.20260101.0000.bz2\n"
                  "fairway judge --each --origin AS64500 updates.20260101.0000.gz\n"
                  "fairway judge --policy --irr ripe.db.gz --relationships 20260101.as-rel.txt rib.20260101.0000.bz2");
  options.choice("--format", format, {"text", "json"}, "form of the counts, and of the lines of --policy --each");
  options.flag("--each", each, "one line a route instead: prefix, path, peer AS, peer, then the verdicts; with tabs");
  options.flag("--policy", policy, "judge each hop by the import and export rules in the registries, nothing else");
  options.number("--offenders", offenders, "N", "how many ASes to name", std::size_t{0}, std::size_t{100000});
  options.number("--threads", threads, "N", "how many work on it (default: one for each core)", 1u, 256u);
  declare_filters(options, filter);
  declare_world(options, world_options);
  options.positionals("FILE", files, "MRT files, plain or compressed (gz, bz2, xz, zst); - is standard input");
  if (const auto code = options.parse(arguments, out, err)) return *code;

  world_options.policies = policy;
  const auto loaded = load_world(world_options, "judge", err);
  if (!loaded) return loaded.error();
  if (policy && !loaded->world->policies) {
    err.line("fairway judge: --policy: no aut-num objects are loaded: --irr or --data names a registry that has some");
    return ExitCode::refused;
  }
  const bool json = format == "json";
  const Request request{*loaded->world, filter, policy, each, json, threads};
  if (each && !(policy && json)) {
    out.write("prefix\tpath\tpeer_asn\tpeer\t");
    out.write(policy ? "hops\n" : kVerdictTsvHeader);
  }
  Judged all;
  ExitCode code = loaded->code;
  for (const std::string& file : files) {
    code = combine(code, judge_file(file, request, all, out, err));
    if (!out.usable()) return code;
  }
  if (!each) {
    std::string text;
    if (policy && json) {
      append_policy_tally_json(text, all.policies, loaded->world->version);
    } else if (policy) {
      append_policy_tally_text(text, all.policies);
    } else if (json) {
      append_tally_json(text, all.tally, offenders, loaded->world->version);
    } else {
      append_tally_text(text, all.tally, offenders);
    }
    out.write(text);
  }
  return code;
}

}  // namespace fairway::commands
