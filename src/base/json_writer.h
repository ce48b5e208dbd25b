// JsonWriter: a small streaming writer of JSON onto a string. It puts the commas; the caller opens and closes. One
// line, no blanks but one after each colon and comma, so that outputs can be compared as text.
//
//   JsonWriter json(out);
//   json.object().key("version").value(1).key("paths").array().value("1 2 3").end().end();
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"

namespace fairway {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& object() { return open('{', '}'); }
  JsonWriter& array() { return open('[', ']'); }
  JsonWriter& end();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(double number);
  JsonWriter& null() { return raw("null"); }
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  JsonWriter& value(T number) {
    before_value();
    append_number(out_, number);
    return *this;
  }
  // Text that is JSON already.
  JsonWriter& raw(std::string_view json);

  template <class T>
  JsonWriter& field(std::string_view name, const T& content) {
    key(name);
    return value(content);
  }

 private:
  JsonWriter& open(char left, char right);
  void before_value();

  std::string& out_;
  std::string closers_;  // the closing brackets still owed, innermost last
  bool first_ = true;    // nothing stands in the innermost bracket yet
  bool after_key_ = false;
};

// `text` with quotes around it and everything escaped that RFC 8259 section 7 demands; octets that are not UTF-8 become
// U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace fairway
