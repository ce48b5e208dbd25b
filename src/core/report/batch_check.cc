#include "core/report/batch_check.h"

#include "base/json_writer.h"

namespace fairway {

namespace {

constexpr std::size_t kBatch = 512;  // lines judged at once: their verdicts stay in the cache

void append_unreadable(std::string& out, BatchFormat format, std::string_view text) {
  if (format == BatchFormat::text) {
    out.append("This line cannot be read: ").append(text) += ".\n";
  } else {
    JsonWriter(out).object().field("version", 1).field("error", text).end();
    out += '\n';
  }
}

}  // namespace

RouteJudge& BatchCheck::judge_for(const Vantage& vantage) {
  auto& judge = judges_[vantage.from ? 1 + static_cast<std::size_t>(*vantage.from) : 0];
  if (!judge) judge = std::make_unique<RouteJudge>(world_, vantage);
  return *judge;
}

void BatchCheck::add(const RouteQuestion& question) {
  PathPart part;
  if (question.path) part = judge_for(question.vantage).part(*question.path, question.otc);
  if (question.origin) part.origin = *question.origin;
  pending_.push_back({true, question.prefix.has_value()});
  if (question.prefix) {
    routes_.push_back({*question.prefix, part});
  } else {
    paths_.push_back(part);
  }
}

void BatchCheck::flush(std::string& out) {
  verdicts_.resize(routes_.size());
  judge_for({}).judge(routes_, verdicts_);  // what depends on the session is in the parts
  std::size_t route = 0, path = 0;
  for (const Pending& line : pending_) {
    if (!line.readable) {
      out += "error\terror\terror\terror\terror\terror\n";
    } else if (line.has_prefix) {
      append_verdict_tsv(out, verdicts_[route++]);
    } else {
      RouteVerdict verdict;
      verdict.of_path = paths_[path++];
      append_verdict_tsv(out, verdict);
    }
  }
  pending_.clear();
  routes_.clear();
  paths_.clear();
}

void BatchCheck::tell(const RouteQuestion& question, std::string& out) {
  switch (format_) {
    case BatchFormat::tsv: add(question); break;
    case BatchFormat::json:
      append_verdict_json(out, world_, question, judge_question(world_, question));
      out += '\n';
      break;
    case BatchFormat::text: append_verdict_text(out, world_, question, judge_question(world_, question)); break;
  }
}

std::uint64_t BatchCheck::answer(std::string_view lines, std::string& out, std::vector<Wrong>& wrong) {
  std::uint64_t number = 0;
  while (!lines.empty()) {
    ++number;
    const std::string_view line = cut(lines, '\n');
    if (parse_usual_line(line, usual_)) {
      tell(usual_, out);
    } else if (const auto question = parse_batch_line(line); !question) {
      wrong.push_back({number, question.error().text});
      if (format_ == BatchFormat::tsv) {
        pending_.push_back({false, false});
      } else {
        append_unreadable(out, format_, question.error().text);
      }
    } else if (*question) {
      tell(**question, out);
    }
    if (pending_.size() == kBatch) flush(out);
  }
  flush(out);
  return number;
}

}  // namespace fairway
