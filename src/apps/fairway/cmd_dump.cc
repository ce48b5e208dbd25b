// fairway dump: the records of MRT files as text.
#include <algorithm>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/damage_report.h"
#include "apps/fairway/filter_options.h"
#include "apps/fairway/options.h"
#include "apps/fairway/progress.h"
#include "core/report/dump.h"
#include "shell/feed/for_each_batch.h"

namespace fairway::commands {

namespace {

// What one batch became.
struct Lines {
  std::string text;
  std::vector<Damage> damage;
  std::vector<std::pair<mrt::Type, std::uint16_t>> unknown;
};

class DumpWorker : public BatchWorker<Lines> {
 public:
  explicit DumpWorker(Dump dump) : dump_(std::move(dump)) {}

  Lines work(const RecordBatch& batch) override {
    Lines lines;
    lines.text.reserve(usual_);
    lines.damage = batch.damage;
    for (const mrt::Record& record : batch.records) {
      const auto appended = dump_.append(lines.text, record);
      if (appended) continue;
      if (appended.error().kind == ErrorKind::not_found) {
        lines.unknown.emplace_back(record.type, record.subtype);
      } else {
        lines.damage.push_back(damage_of(record, appended.error()));
      }
    }
    std::sort(lines.damage.begin(), lines.damage.end(),
              [](const Damage& a, const Damage& b) { return a.offset < b.offset; });
    usual_ = lines.text.size() + lines.text.size() / 8;
    return lines;
  }

 private:
  Dump dump_;
  std::size_t usual_ = 0;
};

const DumpFormatRow& format_named(std::string_view name) {
  for (const DumpFormatRow& row : dump_formats()) {
    if (row.name == name) return row;
  }
  return dump_formats().front();
}

struct Request {
  const DumpFormatRow& format;
  DumpOptions options;
  const RouteFilter& filter;
  unsigned threads;
};

ExitCode dump_file(const std::string& path, const Request& request, Output& out, Output& err) {
  DamageReport report(err, "dump", path);
  auto file = MrtFile::open(path, request.threads);
  if (!file) {
    err.line("fairway dump: " + path + ": " + file.error().text);
    return ExitCode::failure;
  }
  Progress progress(err);
  const auto done = for_each_batch<Lines>(
      *file, request.threads,
      [&request](mrt::EventDecoder decoder) {
        return std::make_unique<DumpWorker>(
            Dump(request.format.make(request.options), std::move(decoder), request.filter));
      },
      [&](Lines lines) {
        out.write(lines.text);
        for (const Damage& damage : lines.damage) report.tell(damage);
        for (const auto& [type, subtype] : lines.unknown) report.tell_unknown(type, subtype);
        if (!out.is_terminal() && progress.due()) {
          progress.tell(path + ": " + std::to_string(file->statistics().octets >> 20) + " MiB read");
        }
        return out.usable();
      });
  if (!done) err.line("fairway dump: " + path + ": " + done.error().text);
  return combine(report.finish(), done ? ExitCode::fine : ExitCode::failure);
}

}  // namespace

ExitCode dump(Arguments arguments, Output& out, Output& err) {
  std::string format = "bgpdump";
  DumpOptions dump_options;
  RouteFilter filter;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::string> files;

  Options options("dump",
                  "fairway dump rib.20140530.bz2 | head\n"
                  "fairway dump --format json --prefix 192.0.2.0/24 --match more updates.gz");
  std::vector<std::string> names;
  for (const DumpFormatRow& row : dump_formats()) names.emplace_back(row.name);
  options.choice("--format", format, names, "form of the lines");
  options.flag("--large-communities", dump_options.large_communities,
               "a column more in bgpdump's form, behind the communities");
  options.number("--threads", threads, "N", "how many work on it (default: one for each core)", 1u, 256u);
  declare_filters(options, filter);
  options.positionals("FILE", files, "MRT files, plain or compressed (gz, bz2, xz, zst); - is standard input");
  if (const auto code = options.parse(arguments, out, err)) return *code;

  const Request request{format_named(format), dump_options, filter, threads};
  out.write(request.format.header);
  ExitCode code = ExitCode::fine;
  for (const std::string& file : files) {
    code = combine(code, dump_file(file, request, out, err));
    if (!out.usable()) break;
  }
  return code;
}

}  // namespace fairway::commands
