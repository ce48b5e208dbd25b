#include "core/wire/routerconfig/bird_lexer.h"

#include "base/text.h"
#include "core/model/ip_address.h"

namespace fairway::reader::bird {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The length of the address that `text` begins with, or 0.
std::size_t address_size(std::string_view text) {
  std::size_t size = 0, colons = 0, dots = 0;
  for (; size < text.size() && size < 46; ++size) {
    const char c = text[size];
    if (c == '.') {
      if (size + 1 < text.size() && text[size + 1] == '.') break;
      ++dots;
    } else if (c == ':') {
      ++colons;
    } else if (!is_hexadecimal(c)) {
      break;
    }
  }
  if (colons < 2 && dots < 3) return 0;
  while (size >= 2) {
    if (parse_ip(text.substr(0, size))) return size;
    if (text[size - 1] != '.' && text[size - 1] != ':') return 0;
    --size;  // "1.2.3.4.mask(8)", "2001:db8::1: accept;"
  }
  return 0;
}

}  // namespace

Lexer::Lexer(std::string_view text, const Includes& includes) : Sources(text, includes) {}

const Token& Lexer::peek(unsigned ahead) {
  while (held_ <= ahead) ahead_[held_++] = scan();
  return ahead_[ahead];
}

Token Lexer::take() {
  const Token token = peek();
  for (unsigned i = 1; i < held_; ++i) ahead_[i - 1] = ahead_[i];
  --held_;
  if (token.kind == Token::Kind::mark) {
    const char c = token.text[0];
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if (c == ')' || c == ']' || c == '}' || token.text == "=]") --depth_;
  }
  return token;
}

// Passes over blanks and comments; false at the end of the source.
bool Lexer::skip_blanks() {
  Source& source = sources_.back();
  const std::string_view text = source.text;
  while (source.at < text.size()) {
    const char c = text[source.at];
    if (c == '\n' && !source.pushed) ++source.line;
    if (is_blank(c)) {
      ++source.at;
    } else if (c == '#') {
      const std::size_t end = text.find('\n', source.at);
      source.at = end == std::string_view::npos ? text.size() : end;
    } else if (text.substr(source.at, 2) == "/*") {
      const std::size_t end = text.find("*/", source.at + 2);
      if (end == std::string_view::npos) {
        broken("a comment does not end");
        return false;
      }
      if (!source.pushed) {
        for (std::size_t i = source.at; i < end; ++i) source.line += text[i] == '\n';
      }
      source.at = end + 2;
    } else {
      return true;
    }
  }
  return false;
}

Token Lexer::scan() {
  for (;;) {
    Token token = scan_one();
    if (token.kind == Token::Kind::end && sources_.size() > 1 && !error_) {
      sources_.pop_back();
      start_ = true;
      continue;
    }
    if (token.is("include") && start_) {
      const Token name = scan_one();
      if (name.kind == Token::Kind::text) {
        if (skip_blanks() && sources_.back().text[sources_.back().at] == ';') ++sources_.back().at;
        if (!include(name.text, token.line)) {
          missing_.push_back({token.line, "included file not read: " + std::string(name.text)});
        }
        continue;
      }
      return broken("an include names no file");
    }
    start_ = token.is(";") || token.is("{") || token.is("}");
    return token;
  }
}

Token Lexer::scan_one() {
  if (error_ || !skip_blanks()) return end();
  const Source& source = sources_.back();
  const std::string_view rest = source.text.substr(source.at);
  const char c = rest[0];
  if (is_hexadecimal(c) || c == ':') {
    if (const std::size_t size = address_size(rest)) return of(Token::Kind::address, size);
  }
  if (is_digit(c)) {
    std::size_t size = 1;
    if (c == '0' && rest.size() > 2 && (rest[1] == 'x' || rest[1] == 'X') && is_hexadecimal(rest[2])) {
      size = 2;
      while (size < rest.size() && is_hexadecimal(rest[size])) ++size;
    } else {
      while (size < rest.size() && is_digit(rest[size])) ++size;
    }
    return of(Token::Kind::number, size);
  }
  if (is_letter(c)) {
    std::size_t size = 1;
    while (size < rest.size() && (is_letter(rest[size]) || is_digit(rest[size]))) ++size;
    return of(Token::Kind::word, size);
  }
  if (c == '"' || c == '\'') {
    const std::size_t end = rest.find(c, 1);
    if (end == std::string_view::npos || rest.substr(0, end).find('\n') != std::string_view::npos) {
      return broken("a quotation does not end on its line");
    }
    Token token = of(c == '"' ? Token::Kind::text : Token::Kind::word, end + 1);
    token.text = token.text.substr(1, end - 1);
    return token;
  }
  for (const std::string_view two : {"[=", "=]", "==", "!=", "!~", "<=", ">=", "&&", "||", "..", "->"}) {
    if (rest.starts_with(two)) return of(Token::Kind::mark, 2);
  }
  return of(Token::Kind::mark, 1);
}

}  // namespace fairway::reader::bird
