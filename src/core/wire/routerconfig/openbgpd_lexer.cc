#include "core/wire/routerconfig/openbgpd_lexer.h"

#include <algorithm>

#include "base/text.h"

namespace fairway::reader::openbgpd {

namespace {

bool ends_word(char c) { return is_blank(c) || std::string_view("{}(),=!<>/#\"").find(c) != std::string_view::npos; }

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

Lexer::Lexer(std::string_view text, const Includes& includes, std::vector<Complaint>& complaints)
    : Sources(text, includes), complaints_(complaints) {}

const Token& Lexer::peek() {
  if (!ahead_) ahead_ = scan();
  return *ahead_;
}

Token Lexer::take() {
  const Token token = peek();
  ahead_.reset();
  return token;
}

bool Lexer::accept(std::string_view word) {
  if (!peek().is(word)) return false;
  take();
  return true;
}

void Lexer::skip_newlines(bool commas) {
  while (peek().kind == Token::Kind::newline || (commas && peek().is(","))) take();
}

void Lexer::skip_line() {
  unsigned open = 0;
  while (peek().kind != Token::Kind::end && (open > 0 || !(peek().kind == Token::Kind::newline || peek().is("}")))) {
    const Token token = take();
    if (token.is("{")) ++open;
    if (token.is("}")) --open;
  }
}

bool Lexer::directive() {
  if (peek().is("include")) {
    const std::uint32_t line = take().line;
    const Token name = take();
    if (name.kind != Token::Kind::text || !include(name.text, line)) {
      complaints_.push_back({line, "included file not read: " + std::string(name.text)});
    }
    return true;
  }
  // A name, "=", and a value.
  const Source& source = sources_.back();
  if (peek().kind != Token::Kind::word) return false;
  std::string_view rest = source.text.substr(source.at);
  while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\t')) rest.remove_prefix(1);
  if (!rest.starts_with('=')) return false;
  const Token name = take();
  take();
  std::string_view value;
  if (!peek().ends_line()) value = take().text;
  const auto known = std::ranges::find(macros_, name.text, &Macro::name);
  if (known != macros_.end()) {
    known->value = value;
  } else {
    macros_.push_back({name.text, value});
  }
  return true;
}

Token Lexer::scan() {
  for (;;) {
    if (error_) return end();
    Source& source = sources_.back();
    const std::string_view rest = source.text.substr(source.at);
    if (rest.empty()) {
      if (sources_.size() == 1) return end();
      sources_.pop_back();
      continue;
    }
    const char c = rest[0];
    if (c == '\\' && rest.size() > 1 && (rest[1] == '\n' || rest.starts_with("\\\r\n"))) {
      source.at += rest[1] == '\n' ? 2 : 3;
      if (!source.pushed) ++source.line;
      continue;
    }
    if (c == '\n') {
      const Token token = of(Token::Kind::newline, 1);
      if (!source.pushed) ++source.line;
      return token;
    }
    if (is_blank(c)) {
      ++source.at;
      continue;
    }
    if (c == '#') {
      const std::size_t end = rest.find('\n');
      source.at = end == std::string_view::npos ? source.text.size() : source.at + end;
      continue;
    }
    if (c == '"') {
      const std::size_t end = rest.find('"', 1);
      if (end == std::string_view::npos) return broken("a quotation does not end");
      Token token = of(Token::Kind::text, end + 1);
      if (!source.pushed) source.line += static_cast<std::uint32_t>(std::ranges::count(token.text, '\n'));
      token.text = token.text.substr(1, end - 1);
      return token;
    }
    if (c == '$') {
      std::size_t size = 1;
      while (size < rest.size() && is_name(rest[size])) ++size;
      const Token token = of(Token::Kind::word, size);
      const auto macro = std::ranges::find(macros_, token.text.substr(1), &Macro::name);
      if (macro == macros_.end()) return token;
      const std::string_view value = macro->value;
      if (!push(value, token.line)) return broken("macros stand for too much");
      continue;
    }
    for (const std::string_view two : {"!=", "<=", ">=", "><"}) {
      if (rest.starts_with(two)) return of(Token::Kind::mark, 2);
    }
    if (ends_word(c)) return of(Token::Kind::mark, 1);
    std::size_t size = 1;
    while (size < rest.size() && !ends_word(rest[size])) ++size;
    return of(Token::Kind::word, size);
  }
}

}  // namespace fairway::reader::openbgpd
