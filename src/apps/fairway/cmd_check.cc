// fairway check: one route, or millions, and every verdict with its reasons.
#include <algorithm>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

#include "apps/fairway/command.h"
#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "core/report/batch_check.h"
#include "core/report/batch_line.h"
#include "core/report/policy_text.h"
#include "core/report/verdict.h"
#include "shell/feed/pool.h"
#include "shell/feed/source.h"

namespace fairway::commands {

namespace {

// What some lines became.
struct Answers {
  std::string text;
  std::uint64_t lines = 0;
  std::vector<BatchCheck::Wrong> wrong;
};

// Checkers that wait for lines: each keeps what it learned of paths.
class Checkers {
 public:
  Checkers(const World& world, BatchFormat format) : world_(world), format_(format) {}

  Answers answer(std::string_view lines) {
    std::unique_ptr<BatchCheck> checker = take();
    Answers answers;
    answers.text.reserve(2 * lines.size() + lines.size() / 2);
    answers.lines = checker->answer(lines, answers.text, answers.wrong);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(checker));
    return answers;
  }

 private:
  std::unique_ptr<BatchCheck> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<BatchCheck>(world_, format_);
    std::unique_ptr<BatchCheck> checker = std::move(idle_.back());
    idle_.pop_back();
    return checker;
  }

  const World& world_;
  const BatchFormat format_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<BatchCheck>> idle_;
};

// Answers in the order of the input, whatever the number of threads.
ExitCode check_batch(const std::string& path, const World& world, const std::string& format, unsigned threads,
                     Output& out, Output& err) {
  auto stream = open_stream(path, 1);
  if (!stream) {
    err.line("fairway check: " + path + ": " + stream.error().text);
    return ExitCode::failure;
  }
  if (format == "tsv") out.write(kVerdictTsvHeader);
  Checkers checkers(world, format == "tsv"    ? BatchFormat::tsv
                           : format == "json" ? BatchFormat::json
                                              : BatchFormat::text);
  std::deque<std::future<Answers>> under_way;
  std::uint64_t line = 0, wrong = 0;
  const auto take = [&] {
    const Answers answers = under_way.front().get();
    under_way.pop_front();
    out.write(answers.text);
    for (const auto& [at, text] : answers.wrong) {
      if (++wrong <= 10) err.line("fairway check: " + path + ": line " + std::to_string(line + at) + ": " + text);
    }
    line += answers.lines;
  };
  ExitCode code = ExitCode::fine;
  Pool pool(threads);
  std::string rest;  // of a line that is not whole yet
  for (bool more = true; more && out.usable();) {
    auto block = (*stream)->next();
    std::string text = std::move(rest);
    rest.clear();
    if (!block) {
      err.line("fairway check: " + path + ": " + block.error().text);
      code = block.error().kind == ErrorKind::system ? ExitCode::failure : ExitCode::damaged;
      more = false;
    } else if (block->empty()) {
      more = false;
    } else {
      text += as_text(block->bytes());
      const std::size_t end = text.rfind('\n');
      rest = text.substr(end == std::string::npos ? 0 : end + 1);
      text.resize(end == std::string::npos ? 0 : end + 1);
    }
    if (!text.empty())
      under_way.push_back(pool.run([&checkers, text = std::move(text)] { return checkers.answer(text); }));
    while (!under_way.empty() && (!more || under_way.size() > 2 * threads)) take();
  }
  if (wrong > 10) err.line("fairway check: " + path + ": " + std::to_string(wrong) + " lines could not be read");
  return combine(code, wrong != 0 ? ExitCode::damaged : ExitCode::fine);
}

// The route's hops by the policies of their ASes, instead of all other verdicts.
ExitCode check_policy(const World& world, const RouteQuestion& question, bool json, Output& out) {
  PolicyJudge judge(world);
  const PolicyExplanation explanation = judge.explain(*question.prefix, *question.path);
  std::string text;
  if (json) {
    append_policy_json(text, world, *question.prefix, *question.path, explanation);
    text += '\n';
  } else {
    append_policy_text(text, explanation);
  }
  out.write(text);
  const auto is_bad = [](const PolicyExplanation::Hop& hop) {
    return hop.exported.check.state == PolicyState::bad || hop.imported.check.state == PolicyState::bad;
  };
  return std::any_of(explanation.hops.begin(), explanation.hops.end(), is_bad) ? ExitCode::negative : ExitCode::fine;
}

}  // namespace

ExitCode check(Arguments arguments, Output& out, Output& err) {
  std::string format = "text", prefix, origin, from = "collector";
  std::optional<std::string> path, batch;
  bool policy = false;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  WorldOptions world_options;
  Options options("check",
                  "fairway check --rpki vrps.json 192.0.2.0/24 AS64500\n"
                  "fairway check --path \"64500 64501 64502\" --from customer\n"
                  "fairway check --batch routes.tsv --format tsv\n"
                  "fairway check --policy --irr ripe.db.gz --path \"64500 64501 64502\" 192.0.2.0/24");
  options.choice("--format", format, {"text", "json", "tsv"}, "form of the answer");
  options.text("--path", path, "PATH", "the AS path, neighbour first");
  options.choice("--from", from, {"collector", "customer", "provider", "peer", "rs", "rs-client"},
                 "what the neighbour is to the judging router");
  options.text("--batch", batch, "FILE",
               "many, one a line: PREFIX<TAB>ORIGIN[<TAB>PATH[<TAB>FROM]]; - is standard input");
  options.flag("--policy", policy,
               "judge each hop of the path by the import and export rules in the registries, nothing else");
  options.number("--threads", threads, "N", "how many work on a batch (default: one for each core)", 1u, 256u);
  declare_world(options, world_options);
  options.positional("PREFIX", prefix, "192.0.2.0/24, 2001:db8::/32", false);
  options.positional("ORIGIN", origin, "AS64500; without it the path's origin", false);
  if (const auto code = options.parse(arguments, out, err)) return *code;

  RouteQuestion question;
  if (!batch) {
    const auto parsed = parse_batch_line(prefix + "\t" + origin + "\t" + path.value_or("") + "\t" + from);
    if (!parsed || !*parsed) {
      err.line("fairway check: " + (parsed ? std::string("nothing is asked") : parsed.error().text) +
               "; try 'fairway check --help'");
      return ExitCode::failure;
    }
    question = **parsed;
  } else if (!prefix.empty() || path) {
    err.line("fairway check: --batch stands alone: the routes are in the file");
    return ExitCode::failure;
  }

  if (policy && (batch || !question.prefix || !question.path || format == "tsv")) {
    err.line("fairway check: --policy is for one route, with its prefix and --path, as text or json");
    return ExitCode::failure;
  }
  world_options.policies = policy;
  const auto loaded = load_world(world_options, "check", err);
  if (!loaded) return loaded.error();
  const World& world = *loaded->world;
  if (policy) return combine(loaded->code, check_policy(world, question, format == "json", out));
  if (batch) return combine(loaded->code, check_batch(*batch, world, format, threads, out, err));

  const RouteVerdict verdict = judge_question(world, question);
  std::string text;
  if (format == "json") {
    append_verdict_json(text, world, question, verdict);
    text += '\n';
  } else if (format == "tsv") {
    text += kVerdictTsvHeader;
    append_verdict_tsv(text, verdict);
  } else {
    append_verdict_text(text, world, question, verdict);
  }
  out.write(text);
  return combine(loaded->code, is_negative(verdict) ? ExitCode::negative : ExitCode::fine);
}

}  // namespace fairway::commands
