#include "core/wire/routerconfig/openbgpd_reader.h"

#include <algorithm>
#include <utility>

namespace fairway::reader {

namespace openbgpd {

Decision Filters::run(std::size_t index, Direction direction, const Probe& probe, Doubt& doubt) const {
  const RouterSession& session = sessions[index];
  if (!session.family(probe.prefix.family()).active) {
    return {.outcome = Outcome::reject, .line = session.line, .why = "the session does not carry the address family"};
  }
  if (direction == Direction::export_ && (exports[index] == 1 || (exports[index] == 2 && probe.prefix.length() != 0))) {
    return {.outcome = Outcome::reject, .line = session.line, .why = "export none, or the default route alone"};
  }
  const RouterSession* learned_from = nullptr;
  for (const RouterSession& other : sessions) {
    if (!probe.learned_from.empty() && other.name == probe.learned_from) learned_from = &other;
  }
  Decision decision{.outcome = Outcome::reject, .why = "no rule matches", .route = probe};
  for (const Action& action : session_actions[index]) {
    if ((action.kind == Action::Kind::prepend_self) == (direction == Direction::export_)) {
      apply(action, session, learned_from, decision.route);
    }
  }
  for (const Rule& rule : rules) {
    if (rule.direction != direction) continue;
    auto match = matches(rule, session, learned_from, validates, decision.route);
    if (!match) match = doubt.ask(rule.line, rule.not_understood);
    if (!*match) continue;
    for (const Action& action : rule.actions) apply(action, session, learned_from, decision.route);
    if (rule.verdict != Rule::Verdict::match) {
      decision.outcome = rule.verdict == Rule::Verdict::allow ? Outcome::accept : Outcome::reject;
      decision.line = rule.line;
      decision.why = rule.text;
    }
    if (rule.quick) break;
  }
  return decision;
}

void Reader::not_understood(std::string_view what) {
  reading_.complain(peek().line, "not understood in " + std::string(what) + ": " + std::string(peek().text));
  lexer_.skip_line();
}

Result<Reading> Reader::read() {
  for (;;) {
    lexer_.skip_newlines();
    if (peek().kind == Token::Kind::end) break;
    if (!lexer_.directive()) statement();
    if (accept("}")) reading_.complain(peek().line, "a bracket too many");
  }
  if (lexer_.error()) return std::unexpected(*lexer_.error());
  filters_->validates = reading_.validation.rtr || reading_.validation.listed;
  reading_.sessions = filters_->sessions;
  reading_.interpreter = filters_;
  return std::move(reading_);
}

void Reader::statement() {
  const Token& word = peek();
  if (word.is("allow") || word.is("deny") || word.is("match")) return rule();
  if (word.is("neighbor")) {
    take();
    return neighbour({});
  }
  if (word.is("group")) return group();
  if (word.is("prefix-set")) return prefix_set();
  if (word.is("as-set")) return as_set();
  if (word.is("origin-set")) return origin_set(false);
  if (word.is("roa-set")) return origin_set(true);
  if (word.is("rtr")) {
    reading_.validation.rtr = true;
    reading_.validation.line = word.line;
    return lexer_.skip_line();
  }
  if (word.kind == Token::Kind::word) return global(take());
  not_understood("the configuration");
}

void Reader::global(const Token& word) {
  if (word.is("AS")) {
    asn_ = parse_asn(peek().text);
    return lexer_.skip_line();
  }
  if (word.is("reject") && accept("as-set")) {
    rejects_as_sets_ = yes();
    return lexer_.skip_line();
  }
  for (const std::string_view known :
       {"router-id", "connect-retry", "fib-priority", "fib-update", "holdtime", "listen", "log", "nexthop", "rde",
        "reject", "rtable", "socket", "transparent-as", "dump", "network", "vpn", "aspa-set", "flowspec"}) {
    if (word.is(known)) return lexer_.skip_line();
  }
  reading_.complain(word.line, "not understood: " + std::string(word.text));
  lexer_.skip_line();
}

}  // namespace openbgpd

Result<Reading> read_openbgpd(std::string_view text, const Includes& includes) {
  return openbgpd::Reader(text, includes).read();
}

}  // namespace fairway::reader
