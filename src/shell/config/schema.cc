#include "shell/config/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/model/as_path.h"

namespace fairway::config {

std::string_view to_string(ValueType type) {
  constexpr std::array<std::string_view, 10> kWords = {"text",   "ASN",     "prefix", "address", "time",
                                                       "number", "boolean", "choice", "AS path", "map"};
  return kWords[static_cast<std::size_t>(type)];
}

namespace {

std::string choices_of(const Key& key) {
  std::string text;
  for (const std::string_view choice : key.choices) text.append(text.empty() ? "" : ", ").append(choice);
  return text;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true" || text == "yes" || text == "True") return true;
  if (text == "false" || text == "no" || text == "False") return false;
  return std::nullopt;
}

// Years that are written with four digits.
std::optional<Instant> parse_date(std::string_view text) {
  const auto instant = parse_instant(text);
  if (!instant || instant->microseconds < 0 || instant->whole_seconds() >= days_from_civil(10000, 1, 1) * 86400) {
    return std::nullopt;
  }
  return instant;
}

// What is wrong with `text` as a value of `key`; empty if nothing is.
std::string complaint(const Key& key, std::string_view text) {
  switch (key.type) {
    case ValueType::text: return {};
    case ValueType::asn: return parse_asn(text) ? "" : "is no ASN: write it as 64500";
    case ValueType::prefix:
      if (parse_prefix(text)) return {};
      if (const auto meant = parse_prefix(text, true))
        return fmt::format("has host bits set; is {} meant?", to_string(*meant));
      return "is no prefix: write it as 192.0.2.0/24 or 2001:db8::/32";
    case ValueType::address: return parse_ip(text) ? "" : "is no IP address";
    case ValueType::instant:
      return parse_date(text) ? "" : "is no time: write it as 2026-12-31 or 2026-12-31T18:00:00Z";
    case ValueType::number: {
      const auto number = parse_number<std::uint32_t>(text);
      return number && *number <= key.highest ? "" : fmt::format("is no whole number from 0 to {}", key.highest);
    }
    case ValueType::boolean: return parse_boolean(text) ? "" : "is neither true nor false";
    case ValueType::as_path: {
      const auto path = parse_as_path(text);
      return path && !path->empty() ? "" : "is no AS path: write it as \"64500 64501 64502\"";
    }
    case ValueType::choice:
      if (std::find(key.choices.begin(), key.choices.end(), text) != key.choices.end()) return {};
      return "is none of " + choices_of(key);
    case ValueType::map: break;
  }
  return {};
}

class Checker {
 public:
  explicit Checker(std::vector<Problem>& problems) : problems_(problems) {}

  void check_map(const Node& map, Schema schema) {
    if (map.kind == Node::Kind::null && !map.key.empty()) return;
    if (map.kind != Node::Kind::map) return complain(map, "keys and values are expected here");
    for (const Node& item : map.items) {
      const auto key = std::find_if(schema.begin(), schema.end(), [&](const Key& k) { return k.name == item.key; });
      if (key == schema.end()) {
        unknown(item, schema);
      } else {
        check_value(item, *key);
      }
    }
    for (const Key& key : schema) {
      const Node* node = key.required ? map.find(key.name) : nullptr;
      const bool empty = node == nullptr || (node->text.empty() && node->items.empty());
      if (key.required && empty) complain(map, fmt::format("'{}' is missing", key.name));
    }
  }

 private:
  void complain(const Node& node, std::string text) { problems_.push_back({node.line, node.column, std::move(text)}); }

  void unknown(const Node& item, Schema schema) {
    std::string text = fmt::format("unknown key '{}'", item.key.substr(0, 60));
    const Key* meant = nullptr;
    unsigned least = item.key.size() > 60 ? 0 : std::max<unsigned>(2, static_cast<unsigned>(item.key.size() / 3)) + 1;
    for (const Key& key : schema) {
      const unsigned distance = least == 0 ? 0 : edit_distance(item.key, key.name);
      if (distance >= least) continue;
      least = distance;
      meant = &key;
    }
    if (meant != nullptr) text += fmt::format("; did you mean '{}'?", meant->name);
    problems_.push_back({item.key_line, item.key_column, std::move(text)});
  }

  void check_value(const Node& node, const Key& key) {
    if (node.kind == Node::Kind::null) return;
    if (key.list && node.kind == Node::Kind::list) {
      for (const Node& item : node.items) check_single(item, key);
    } else {
      check_single(node, key);
    }
  }

  void check_single(const Node& node, const Key& key) {
    if (key.type == ValueType::map) {
      if (node.kind != Node::Kind::map) return complain(node, fmt::format("'{}' wants keys and values here", key.name));
      return check_map(node, key.keys);
    }
    if (node.kind != Node::Kind::scalar) {
      return complain(node,
                      fmt::format("'{}' wants {}{} here", key.name, key.list ? "one " : "a ", to_string(key.type)));
    }
    const std::string complaint_text = complaint(key, node.text);
    if (!complaint_text.empty()) {
      complain(node, fmt::format("{}: '{}' {}", key.name, node.text.substr(0, 80), complaint_text));
    }
  }

  std::vector<Problem>& problems_;
};

}  // namespace

std::vector<Problem> check(const Node& map, Schema schema) {
  std::vector<Problem> problems;
  Checker(problems).check_map(map, schema);
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  return problems;
}

std::unexpected<Error> refuse(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text.append(text.empty() ? "" : "\n").append(to_string(problem));
  return fail(ErrorKind::malformed, std::move(text), problems.empty() ? Error::kNowhere : problems.front().line);
}

// --- Fields

namespace {

template <class T, class Parse>
std::vector<T> parse_all(std::span<const Node> nodes, Parse parse) {
  std::vector<T> values;
  for (const Node& node : nodes) {
    if (auto value = parse(node.text)) values.push_back(std::move(*value));
  }
  return values;
}

template <class T>
std::optional<T> first(std::vector<T> values) {
  if (values.empty()) return std::nullopt;
  return std::move(values.front());
}

constexpr auto kParsePrefix = [](std::string_view text) { return parse_prefix(text); };

}  // namespace

std::span<const Node> Fields::values(std::string_view key) const {
  const Node* node = map_.find(key);
  if (node == nullptr) return {};
  if (node->kind == Node::Kind::list) return node->items;
  return {node, 1};
}

std::string Fields::text(std::string_view key) const {
  const auto nodes = values(key);
  return nodes.empty() ? std::string() : nodes.front().text;
}
bool Fields::flag(std::string_view key) const { return parse_boolean(text(key)).value_or(false); }
std::optional<Asn> Fields::asn(std::string_view key) const { return first(asns(key)); }
std::optional<Prefix> Fields::prefix(std::string_view key) const { return first(prefixes(key)); }
std::optional<IpAddress> Fields::address(std::string_view key) const { return first(addresses(key)); }
std::optional<Instant> Fields::instant(std::string_view key) const {
  return first(parse_all<Instant>(values(key), parse_date));
}
std::optional<std::uint32_t> Fields::number(std::string_view key) const {
  return first(
      parse_all<std::uint32_t>(values(key), [](std::string_view text) { return parse_number<std::uint32_t>(text); }));
}
std::vector<std::string> Fields::texts(std::string_view key) const {
  return parse_all<std::string>(values(key), [](const std::string& text) { return std::optional(text); });
}
std::vector<Asn> Fields::asns(std::string_view key) const { return parse_all<Asn>(values(key), parse_asn); }
std::vector<Prefix> Fields::prefixes(std::string_view key) const {
  return parse_all<Prefix>(values(key), kParsePrefix);
}
std::vector<IpAddress> Fields::addresses(std::string_view key) const {
  return parse_all<IpAddress>(values(key), parse_ip);
}
std::vector<Fields> Fields::maps(std::string_view key) const {
  std::vector<Fields> maps;
  for (const Node& node : values(key)) maps.emplace_back(node);
  return maps;
}

// --- MapBuilder

namespace {
Node scalar(std::string_view value) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = value;
  return node;
}
}  // namespace

MapBuilder& MapBuilder::map(std::string_view key, Node node) {
  node.key = key;
  map_.items.push_back(std::move(node));
  return *this;
}
MapBuilder& MapBuilder::text(std::string_view key, std::string_view value) {
  return value.empty() ? *this : map(key, scalar(value));
}
MapBuilder& MapBuilder::flag(std::string_view key, bool value) { return value ? map(key, scalar("true")) : *this; }
MapBuilder& MapBuilder::number(std::string_view key, std::optional<std::uint32_t> value) {
  return value ? map(key, scalar(std::to_string(*value))) : *this;
}
MapBuilder& MapBuilder::texts(std::string_view key, std::vector<std::string> values) {
  std::vector<Node> nodes;
  for (const std::string& value : values) nodes.push_back(scalar(value));
  return maps(key, std::move(nodes));
}
MapBuilder& MapBuilder::maps(std::string_view key, std::vector<Node> maps) {
  if (maps.empty()) return *this;
  Node list;
  list.kind = Node::Kind::list;
  list.items = std::move(maps);
  return map(key, std::move(list));
}

}  // namespace fairway::config
