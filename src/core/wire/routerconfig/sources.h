// What the lexers of languages with includes share: tokens, and the texts that they are cut from. An included file, or
// what a macro stands for, is a text on top of the one that names it; its tokens carry the line there.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/wire/routerconfig/configuration.h"

namespace fairway::reader {

struct Token {
  enum class Kind : std::uint8_t { end, newline, word, number, address, text, mark };

  Kind kind = Kind::end;
  std::uint32_t line = 0;
  std::string_view text;  // of a `text` what stands between the quotation marks

  bool is(std::string_view word) const { return (kind == Kind::word || kind == Kind::mark) && text == word; }
  bool ends_line() const { return kind == Kind::end || kind == Kind::newline; }
};

class Sources {
 public:
  // Where the text has no structure: nothing more comes then.
  const std::optional<Error>& error() const { return error_; }

 protected:
  struct Source {
    std::string_view text;
    std::size_t at;
    std::uint32_t line;
    bool pushed;  // not the file itself
  };

  Sources(std::string_view text, const Includes& includes) : includes_(includes), sources_{{text, 0, 1, false}} {}
  Token end() const { return {Token::Kind::end, sources_.back().line, {}}; }
  // The next `size` octets.
  Token of(Token::Kind kind, std::size_t size);
  // The end, and the error.
  Token broken(std::string text);
  // False: texts lie too deep, or they are too much.
  bool push(std::string_view text, std::uint32_t line);
  // False: the same, or there is no such file.
  bool include(std::string_view name, std::uint32_t line);

  const Includes& includes_;
  std::vector<Source> sources_;  // the last one is being read
  std::optional<Error> error_;

 private:
  std::deque<std::string> texts_;
  std::size_t included_ = 0, pushed_ = 0;
};

}  // namespace fairway::reader
