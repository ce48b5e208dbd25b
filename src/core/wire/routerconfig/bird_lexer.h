// The words of a BIRD configuration, one after another; files that it includes stand where the include stands. Tokens
// of an included file carry the line of the include.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "core/wire/routerconfig/configuration.h"

namespace fairway::reader::bird {

struct Token {
  enum class Kind : std::uint8_t { end, word, number, address, text, mark };

  Kind kind = Kind::end;
  std::uint32_t line = 0;
  std::string_view text;  // of a `text` what stands between the quotation marks

  bool is(std::string_view word) const { return (kind == Kind::word || kind == Kind::mark) && text == word; }
};

class Lexer {
 public:
  Lexer(std::string_view text, const Includes& includes);

  const Token& peek(unsigned ahead = 0);  // ahead < 4
  Token take();
  // Brackets of any kind that are open before peek().
  int depth() const { return depth_; }
  // An unfinished comment or text, or brackets that do not match: nothing more comes then.
  const std::optional<Error>& error() const { return error_; }
  // Included files that could not be had: line and name.
  const std::vector<Complaint>& missing() const { return missing_; }

 private:
  struct Source {
    std::string_view text;
    std::size_t at;
    std::uint32_t line;
    bool included;
  };

  Token scan();
  Token scan_one();
  bool skip_blanks();
  Token of(Token::Kind kind, std::size_t size);
  Token broken(std::string text);
  void include(std::string_view name, std::uint32_t line);

  const Includes& includes_;
  std::deque<std::string> texts_;
  std::vector<Source> sources_;
  std::array<Token, 4> ahead_;
  unsigned held_ = 0;
  int depth_ = 0;
  std::size_t included_ = 0, included_octets_ = 0;
  bool start_ = true;  // of a statement: where an include may stand
  std::optional<Error> error_;
  std::vector<Complaint> missing_;
};

}  // namespace fairway::reader::bird
