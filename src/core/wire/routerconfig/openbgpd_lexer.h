// The words of bgpd.conf(5), one after another: macros stand for their values, included files where their include
// stands, a line that ends in '\' goes on. Tokens of macros and files carry the line of their use.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/wire/routerconfig/sources.h"

namespace fairway::reader::openbgpd {

class Lexer : public Sources {
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

 private:
  struct Macro {
    std::string_view name, value;
  };

  Token scan();

  std::vector<Complaint>& complaints_;
  std::vector<Macro> macros_;
  std::optional<Token> ahead_;
};

}  // namespace fairway::reader::openbgpd
