// The words of a BIRD configuration, one after another; files that it includes stand where the include stands. Tokens
// of an included file carry the line of the include.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/wire/routerconfig/sources.h"

namespace fairway::reader::bird {

class Lexer : public Sources {
 public:
  Lexer(std::string_view text, const Includes& includes);

  const Token& peek(unsigned ahead = 0);  // ahead < 4
  Token take();
  // Brackets of any kind that are open before peek().
  int depth() const { return depth_; }
  // Included files that could not be had: line and name.
  const std::vector<Complaint>& missing() const { return missing_; }

 private:
  Token scan();
  Token scan_one();
  bool skip_blanks();

  std::array<Token, 4> ahead_;
  unsigned held_ = 0;
  int depth_ = 0;
  bool start_ = true;  // of a statement: where an include may stand
  std::vector<Complaint> missing_;
};

}  // namespace fairway::reader::bird
