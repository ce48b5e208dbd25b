// YAML text as a tree of plain values that know where they stood. Anchors and aliases are resolved; tags, merge keys
// and a second document are not read. Nothing here knows what the keys mean: see schema.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fairway::config {

// A value. In a map each item has a key; a map's items stand in the order of the text. Line and column count from 1; 0
// if the node was not read from a text.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map };

  Kind kind = Kind::null;
  std::string text{};         // of a scalar, as written (without quotes)
  std::vector<Node> items{};  // of a list or a map
  std::string key{};          // of an item of a map
  std::uint32_t line = 0, column = 0;
  std::uint32_t key_line = 0, key_column = 0;

  // The value of a map's key; null if there is none or it is null ("key:", "key: ~").
  const Node* find(std::string_view name) const;
};

// What is wrong in a text, and where.
struct Problem {
  std::uint32_t line = 0, column = 0;
  std::string text;
};
std::string to_string(const Problem& problem);  // "line 3, column 5: unknown key 'rol'; did you mean 'role'?"

// Texts longer than this, and trees of more nodes (aliases can make a small text large), are refused.
inline constexpr std::size_t kMaxYaml = 64u << 20;
inline constexpr std::size_t kMaxNodes = 1u << 20;

// The one document of `text`; an empty one is null. Error: malformed, with the line as `where` and "line, column" in
// the text.
Result<Node> parse_yaml(std::string_view text);

// `text` as a scalar that reads back as it is, plain where YAML allows, else in double quotes.
std::string quote_yaml(std::string_view text);

}  // namespace fairway::config
