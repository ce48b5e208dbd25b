// The words of bgpd.conf(5), one after another: macros stand for their values, included files where their include
// stands, a line that ends in '\' goes on. Tokens of macros and files carry the line of their use.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/wire/routerconfig/configuration.h"

namespace fairway::reader::openbgpd {

struct Token {
  enum class Kind : std::uint8_t { end, newline, word, text, mark };

  Kind kind = Kind::end;
  std::uint32_t line = 0;
  std::string_view text;

  bool is(std::string_view word) const { return (kind == Kind::word || kind == Kind::mark) && text == word; }
  bool ends_line() const { return kind == Kind::end || kind == Kind::newline; }
};

class Lexer {
 public:
  Lexer(std::string_view text, const Includes& includes, std::vector<Complaint>& complaints);

  const Token& peek();
  Token take();
  bool accept(std::string_view word);
  // Passes over line ends (and, where `commas`, over commas).
  void skip_newlines(bool commas = false);
  // Passes over the rest of the line, and of the blocks that it opens. The token that ends the line stays.
  void skip_line();
  // Takes a definition "name = value" or "include FILE" if it is next.
  bool directive();

  const std::optional<Error>& error() const { return error_; }

 private:
  struct Source {
    std::string_view text;
    std::size_t at;
    std::uint32_t line;
    bool own;  // not the file itself: a macro or an include
  };
  struct Macro {
    std::string_view name, value;
  };

  Token scan();
  Token of(Token::Kind kind, std::size_t size);
  Token broken(std::string text);
  bool push(std::string_view text, std::uint32_t line);

  const Includes& includes_;
  std::vector<Complaint>& complaints_;
  std::deque<std::string> texts_;
  std::vector<Source> sources_;
  std::vector<Macro> macros_;
  std::optional<Token> ahead_;
  std::size_t pushed_ = 0;
  std::optional<Error> error_;
};

}  // namespace fairway::reader::openbgpd
