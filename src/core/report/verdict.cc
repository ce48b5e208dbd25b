#include "core/report/verdict.h"

namespace fairway {

RouteVerdict judge_question(const World& world, const RouteQuestion& question) {
  RouteJudge judge(world, question.vantage);
  PathPart part;
  if (question.path) part = judge.part(*question.path, question.otc);
  if (question.origin) part.origin = *question.origin;
  if (question.prefix) return judge.judge(*question.prefix, part);
  RouteVerdict verdict;
  verdict.of_path = part;
  return verdict;
}

bool is_negative(const RouteVerdict& verdict) {
  return verdict.origin.state == OriginState::invalid || verdict.of_path.path.state == PathState::invalid ||
         verdict.of_path.leak.state == LeakState::leak || verdict.bogon.state != BogonState::none ||
         !verdict.of_path.sanity.clean() ||
         (verdict.registry.state == RegistryState::invalid && verdict.origin.state != OriginState::valid);
}

void append_sanity(std::string& out, SanityVerdict verdict) {
  if (verdict.clean()) {
    out += "clean";
    return;
  }
  bool first = true;
  for (const std::uint8_t bit : kSanityFindings) {
    const auto finding = static_cast<SanityFinding>(bit);
    if (!verdict.has(finding)) continue;
    if (!first) out += '+';
    first = false;
    out += to_string(finding);
  }
}

void append_verdict_tsv(std::string& out, const RouteVerdict& verdict) {
  out += to_string(verdict.origin.state);
  out += '\t';
  out += to_string(verdict.of_path.path.state);
  out += '\t';
  out += to_string(verdict.registry.state);
  out += '\t';
  out += to_string(verdict.of_path.leak.state);
  out += '\t';
  out += to_string(verdict.bogon.state);
  out += '\t';
  append_sanity(out, verdict.of_path.sanity);
  out += '\n';
}

}  // namespace fairway
