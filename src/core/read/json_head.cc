#include "core/read/json_head.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {

namespace {

// What stands between the quotes that open `text` (which begins behind the first), raw; consumes the closing quote.
std::string_view take_string(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && text[size] != '"') size += text[size] == '\\' ? 2 : 1;
  size = std::min(size, text.size());
  const std::string_view content = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return content;
}

}  // namespace

JsonHead::JsonHead(Bytes head) {
  std::string_view text = as_text(head);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string path;                // of the innermost bracket that is not too deep
  std::vector<std::size_t> outer;  // the lengths of `path` around each open bracket
  std::size_t too_deep = 0;        // brackets open below those
  bool begun = false;
  while (!text.empty() && paths_.size() < kPaths) {
    const char c = text.front();
    if (!begun && !is_blank(c) && c != '{' && c != '[') return;  // no JSON, or none with keys
    text.remove_prefix(1);
    if (c == '{' || c == '[') {
      begun = true;
      if (outer.size() == kDeepest || too_deep != 0) {
        ++too_deep;
        continue;
      }
      outer.push_back(path.size());
      path += c;
      add(path);
    } else if (c == '}' || c == ']') {
      if (too_deep != 0) {
        --too_deep;
      } else if (!outer.empty()) {
        // Back to the bracket around this one; a key that led here goes with it.
        path.resize(outer.back());
        outer.pop_back();
        if (outer.empty()) return;
      }
    } else if (c == '"') {
      const std::string_view content = take_string(text);
      std::string_view behind = text;
      while (!behind.empty() && is_blank(behind.front())) behind.remove_prefix(1);
      if (too_deep != 0 || outer.empty() || !behind.starts_with(':')) continue;
      path.resize(path.find_last_of("{[") + 1);
      for (const char k : content.substr(0, 64)) path += k == '{' || k == '[' ? '_' : k;
      add(path);
    } else if (c == ',' && too_deep == 0 && !path.empty()) {
      path.resize(path.find_last_of("{[") + 1);
    }
  }
}

bool JsonHead::has(std::string_view path) const {
  return std::find(paths_.begin(), paths_.end(), path) != paths_.end();
}

void JsonHead::add(const std::string& path) {
  if (!has(path)) paths_.push_back(path);
}

}  // namespace fairway
