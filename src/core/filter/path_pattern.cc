#include "core/filter/path_pattern.h"

#include <re2/re2.h>

namespace fairway {

std::string without_underscores(std::string_view text) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      out += c;
      // A "]" right behind "[" or "[^" belongs to the class.
      if (i + 1 < text.size() && text[i + 1] == '^') out += text[++i];
      if (i + 1 < text.size() && text[i + 1] == ']') {
        out += '\\';
        out += text[++i];
      }
      continue;
    } else if (c == '_') {
      out += "(?:^|$|[ ,{}()\\[\\]])";
      continue;
    }
    out += c;
  }
  return out;
}

Result<PathPattern> PathPattern::parse(std::string_view text) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  PathPattern pattern;
  auto expression = std::make_shared<re2::RE2>(without_underscores(text), options);
  if (!expression->ok()) return fail(ErrorKind::usage, "is no regular expression: " + expression->error());
  pattern.expression_ = std::move(expression);
  return pattern;
}

bool PathPattern::matches(std::string_view path) const {
  return re2::RE2::PartialMatch(re2::StringPiece(path.data(), path.size()), *expression_);
}

}  // namespace fairway
