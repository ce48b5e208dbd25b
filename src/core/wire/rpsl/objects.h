// RPSL text (RFC 2622, RFC 4012) cut into objects and attributes, as in the dumps of the routing registries. An object
// is a run of lines up to an empty one; a line that begins with a blank, a tab or '+' continues the attribute before;
// '#' begins a comment; lines that begin with '%' or '#' belong to nobody. What is no attribute ends nothing: it is
// passed over and counted in the object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace fairway {

struct RpslAttribute {
  std::string_view name;   // as written; compare ignoring case
  std::string_view value;  // as written behind the colon, continuation lines and comments in it: see rpsl_value
};

struct RpslObject {
  std::uint64_t line = 0;  // of its first attribute, from 1
  std::vector<RpslAttribute> attributes;
  std::size_t garbled = 0;  // lines that are no attribute

  // The first attribute of that name; null if there is none. The class is the name of attributes[0].
  const RpslAttribute* find(std::string_view name) const;
};

// Walks over the objects of a text. Views borrow from it.
class RpslObjects {
 public:
  explicit RpslObjects(Bytes text);

  // The next object with at least one attribute; false at the end. `object` is overwritten, its memory kept.
  bool next(RpslObject& object);

 private:
  const char* at_;
  const char* end_;
  std::uint64_t line_ = 0;
};

// Whether a value is one line without a comment, as most are: then it is what stands there.
constexpr bool is_plain(std::string_view raw) {
  return raw.find('#') == std::string_view::npos && raw.find('\n') == std::string_view::npos;
}
// A value as one line: comments gone, lines joined by a blank, trimmed.
std::string rpsl_value(std::string_view raw);

}  // namespace fairway
