#include "core/wire/rpsl/object_key.h"

#include <algorithm>

#include "base/text.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway {

namespace {

constexpr std::string_view kLookup[] = {"admin-c",    "mbrs-by-ref", "member-of", "members", "mnt-by",
                                        "mp-members", "origin",      "tech-c",    "zone-c"};

void append_packed(std::string& key, std::string_view text) {
  for (const char c : text) {
    if (!is_blank(c)) key += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
}
std::string packed(std::string_view text) {
  std::string key;
  append_packed(key, text);
  return key;
}

// No list, and no comment.
bool is_word(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '#' || c == ',' || is_blank(c); });
}

bool is_route(std::string_view class_name) { return class_name == "route" || class_name == "route6"; }

// "192.0.2.0/24AS64500", with anything of blanks and dashes between.
std::optional<RouteObjectKey> parse_route_key(std::string_view packed_key) {
  const std::size_t at = packed_key.rfind("AS");
  if (at == std::string_view::npos) return std::nullopt;
  const auto asn = parse_asn(packed_key.substr(at));
  std::string_view text = packed_key.substr(0, at);
  if (text.ends_with('-')) text.remove_suffix(1);
  const auto prefix = parse_prefix(text);
  if (!asn || !prefix) return std::nullopt;
  return RouteObjectKey{*prefix, *asn};
}

}  // namespace

std::string primary_key(std::string_view class_name, std::string_view key) {
  std::string text = packed(key);
  if (is_route(class_name)) {
    // However a prefix is written, it is the same one.
    if (const auto route = parse_route_key(text)) text = to_string(route->prefix) + "AS" + to_string(route->origin);
  }
  return std::string(class_name) + "=" + text;
}

std::string attribute_key(std::string_view attribute, std::string_view value) {
  std::string key;
  key.reserve(attribute.size() + 1 + value.size());
  key.append(attribute).append(":");
  append_packed(key, value);
  return key;
}

bool is_lookup_attribute(std::string_view attribute) {
  return std::find(std::begin(kLookup), std::end(kLookup), attribute) != std::end(kLookup);
}

std::string_view lookup_attributes() {
  static const std::string all = [] {
    std::string words;
    for (const std::string_view name : kLookup) (words += words.empty() ? "" : ", ") += name;
    return words;
  }();
  return all;
}

std::optional<std::string> primary_key_of(const RpslObject& object) {
  const RpslAttribute& first = object.attributes.front();
  const std::string class_name = to_lower(first.name);
  const auto value_of = [&](std::string_view name) -> std::optional<std::string> {
    const RpslAttribute* attribute = object.find(name);
    if (attribute == nullptr) return std::nullopt;
    return rpsl_value(attribute->value);
  };
  if (class_name == "person" || class_name == "role") return value_of("nic-hdl");
  std::string key = rpsl_value(first.value);
  if (is_route(class_name)) {
    const auto origin = value_of("origin");
    if (!origin) return std::nullopt;
    key += *origin;
  }
  return key;
}

std::vector<std::string> keys_of(const RpslObject& object) {
  std::vector<std::string> keys;
  const std::string class_name = to_lower(object.attributes.front().name);
  if (const auto key = primary_key_of(object)) keys.push_back(primary_key(class_name, *key));
  for (const RpslAttribute& attribute : object.attributes) {
    if (attribute.name.size() < 6) continue;  // "origin"; most attributes are shorter or none of these
    const std::string name = to_lower(attribute.name);
    if (!is_lookup_attribute(name)) continue;
    // Most values are one word, and those of a million objects are not copied.
    if (const std::string_view word = trim(attribute.value); is_word(word)) {
      if (!word.empty()) keys.push_back(attribute_key(name, word));
      continue;
    }
    const std::string value = rpsl_value(attribute.value);
    for (const std::string_view word : split_list(value)) keys.push_back(attribute_key(name, word));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::optional<RouteObjectKey> route_of(const RpslObject& object) {
  const RpslAttribute* origin = object.find("origin");
  if (origin == nullptr) return std::nullopt;
  const auto prefix = parse_prefix(rpsl_value(object.attributes.front().value));
  const auto asn = parse_asn(rpsl_value(origin->value));
  if (!prefix || !asn) return std::nullopt;
  return RouteObjectKey{*prefix, *asn};
}

std::optional<NumberRange> range_of(const RpslObject& object) {
  const RpslAttribute& first = object.attributes.front();
  const bool addresses = equal_ignoring_case(first.name, "inetnum") || equal_ignoring_case(first.name, "inet6num");
  if (!addresses && !equal_ignoring_case(first.name, "as-block")) return std::nullopt;
  const std::string value = rpsl_value(first.value);
  return addresses ? parse_address_range(value) : parse_as_block(value);
}

}  // namespace fairway
