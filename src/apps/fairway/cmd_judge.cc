// fairway judge: a verdict for every route of MRT files, counted or one by one.
#include <thread>
#include <utility>

#include "apps/fairway/command.h"
#include "apps/fairway/damage_report.h"
#include "apps/fairway/filter_options.h"
#include "apps/fairway/options.h"
#include "apps/fairway/progress.h"
#include "apps/fairway/world_options.h"
#include "core/report/tally.h"
#include "core/report/verdict.h"
#include "shell/feed/for_each_batch.h"

namespace fairway::commands {

namespace {

// What one batch became.
struct Judged {
  Tally tally;
  std::string lines;  // with --each
  std::vector<Damage> damage;
  std::vector<std::pair<mrt::Type, std::uint16_t>> unknown;
  std::optional<Instant> time;  // of its last route
};

class JudgeWorker : public BatchWorker<Judged>, private mrt::EventSink {
 public:
  JudgeWorker(mrt::EventDecoder decoder, const World& world, const RouteFilter& filter, bool each)
      : decoder_(std::move(decoder)), judge_(world), filter_(filter), each_(each) {}

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
    if (event.attributes == nullptr || !filter_.accepts(event)) return;
    const RouteVerdict verdict = judge_.judge(event.prefix, *event.attributes, event.attributes_key);
    judged_->tally.add(event.prefix.family(), verdict);
    judged_->time = event.time;
    if (each_) append_line(event, verdict);
  }

  // PREFIX <TAB> PATH <TAB> PEER-ASN <TAB> PEER-ADDRESS <TAB> the states
  void append_line(const RouteEvent& event, const RouteVerdict& verdict) {
    std::string& out = judged_->lines;
    append_to(out, event.prefix);
    out += '\t';
    append_to(out, event.attributes->as_path);
    out += '\t';
    append_to(out, event.peer.asn);
    out += '\t';
    append_to(out, event.peer.address);
    out += '\t';
    append_verdict_tsv(out, verdict);
  }

  mrt::EventDecoder decoder_;
  RouteJudge judge_;
  const RouteFilter& filter_;
  const bool each_;
  Judged* judged_ = nullptr;
};

struct Request {
  const World& world;
  const RouteFilter& filter;
  bool each;
  unsigned threads;
};

ExitCode judge_file(const std::string& path, const Request& request, Tally& tally, Output& out, Output& err) {
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
      [&request](mrt::EventDecoder decoder) {
        return std::make_unique<JudgeWorker>(std::move(decoder), request.world, request.filter, request.each);
      },
      [&](Judged judged) {
        tally.add(judged.tally);
        out.write(judged.lines);
        if (judged.time && !std::exchange(dated, true)) {
          const auto apart = warn_apart_from_routes(request.world, *judged.time);
          if (apart) err.line("fairway judge: warning: " + path + ": " + *apart);
        }
        for (const Damage& damage : judged.damage) report.tell(damage);
        for (const auto& [type, subtype] : judged.unknown) report.tell_unknown(type, subtype);
        if (progress.due()) progress.tell(path + ": " + std::to_string(tally.routes()) + " routes judged");
        return out.usable();
      });
  if (!done) err.line("fairway judge: " + path + ": " + done.error().text);
  return combine(report.finish(), done ? ExitCode::fine : ExitCode::failure);
}

}  // namespace

ExitCode judge(Arguments arguments, Output& out, Output& err) {
  std::string format = "text";
  bool each = false;
  std::size_t offenders = 10;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  RouteFilter filter;
  WorldOptions world_options;
  std::vector<std::string> files;

  Options options("judge",
                  "fairway judge --rpki vrps.json --relationships 20260101.as-rel.txt rib.20260101.0000.bz2\n"
                  "fairway judge --each --origin AS64500 updates.20260101.0000.gz");
  options.choice("--format", format, {"text", "json"}, "form of the counts");
  options.flag("--each", each, "one line a route instead: prefix, path, peer AS, peer, then the verdicts; with tabs");
  options.number("--offenders", offenders, "N", "how many ASes to name", std::size_t{0}, std::size_t{100000});
  options.number("--threads", threads, "N", "how many work on it (default: one for each core)", 1u, 256u);
  declare_filters(options, filter);
  declare_world(options, world_options);
  options.positionals("FILE", files, "MRT files, plain or compressed (gz, bz2, xz, zst); - is standard input");
  if (const auto code = options.parse(arguments, out, err)) return *code;

  const auto loaded = load_world(world_options, "judge", err);
  if (!loaded) return loaded.error();
  const Request request{*loaded->world, filter, each, threads};
  if (each) {
    out.write("prefix\tpath\tpeer_asn\tpeer\t");
    out.write(kVerdictTsvHeader);
  }
  Tally tally;
  ExitCode code = loaded->code;
  for (const std::string& file : files) {
    code = combine(code, judge_file(file, request, tally, out, err));
    if (!out.usable()) return code;
  }
  if (!each) {
    std::string text;
    if (format == "json") {
      append_tally_json(text, tally, offenders, loaded->world->version);
    } else {
      append_tally_text(text, tally, offenders);
    }
    out.write(text);
  }
  return code;
}

}  // namespace fairway::commands
