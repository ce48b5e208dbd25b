// Lines of comma-separated values (RFC 4180, without line ends inside of quotes).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fairway {

// The fields of a line, trimmed, without their quotes; a doubled quote inside of quotes is one. They borrow from the
// line and from the CsvLine, until the next line is set. Meant to be reused.
class CsvLine {
 public:
  void set(std::string_view line);
  std::size_t size() const { return fields_.size(); }
  // Empty behind the last.
  std::string_view operator[](std::size_t index) const {
    return index < fields_.size() ? fields_[index] : std::string_view();
  }

 private:
  std::vector<std::string_view> fields_;
  std::string unquoted_;
};

}  // namespace fairway
