#include "core/read/csv.h"

#include "base/text.h"

namespace fairway {

void CsvLine::set(std::string_view line) {
  fields_.clear();
  unquoted_.clear();
  unquoted_.reserve(line.size());  // the views below must not move
  for (;;) {
    std::string_view field = line;
    while (!field.empty() && (field.front() == ' ' || field.front() == '\t')) field.remove_prefix(1);
    if (!field.starts_with('"')) {
      const std::size_t comma = line.find(',');
      fields_.push_back(trim(line.substr(0, comma)));
      if (comma == std::string_view::npos) return;
      line.remove_prefix(comma + 1);
      continue;
    }
    field.remove_prefix(1);
    const std::size_t begin = unquoted_.size();
    while (!field.empty()) {
      const char c = field.front();
      field.remove_prefix(1);
      if (c == '"') {
        if (!field.starts_with('"')) break;
        field.remove_prefix(1);
      }
      unquoted_ += c;
    }
    fields_.push_back(std::string_view(unquoted_).substr(begin));
    const std::size_t comma = field.find(',');
    if (comma == std::string_view::npos) return;
    line = field.substr(comma + 1);
  }
}

}  // namespace fairway
