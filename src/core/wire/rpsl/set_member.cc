#include "core/wire/rpsl/set_member.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {

namespace {

constexpr bool is_word(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_word(c); });
}

// An AS number as registries write it, "AS" in front.
std::optional<Asn> parse_as(std::string_view text) {
  if (text.size() < 3 || (text[0] | 0x20) != 'a' || (text[1] | 0x20) != 's') return std::nullopt;
  return parse_asn(text);
}

}  // namespace

std::optional<std::string> parse_set_name(std::string_view text) {
  bool set = false;
  for (std::string_view rest = text;;) {
    const bool last = rest.find(':') == std::string_view::npos;
    const std::string_view word = cut(rest, ':');
    if (!is_word(word)) return std::nullopt;
    if (word.find('-') != std::string_view::npos) {
      set = true;
    } else if (!parse_as(word)) {
      return std::nullopt;
    }
    if (last) break;
  }
  if (!set) return std::nullopt;
  return to_upper(text);
}

std::optional<SetMember> parse_set_member(std::string_view text) {
  SetMember member;
  const std::size_t hat = std::min(text.find('^'), text.size());
  const auto range = parse_range_operator(text.substr(hat));
  if (!range) return std::nullopt;
  member.range = *range;
  text = text.substr(0, hat);
  if (const auto asn = parse_as(text)) {
    member.asn = *asn;
    return member;
  }
  if (text.find('/') != std::string_view::npos) {
    const auto prefix = parse_prefix(text);
    if (!prefix) return std::nullopt;
    member.kind = SetMember::Kind::prefix;
    member.prefix = *prefix;
    return member;
  }
  if (const std::size_t pin = text.find("::"); pin != std::string_view::npos) {
    if (!is_word(text.substr(0, pin))) return std::nullopt;
    member.source = to_upper(text.substr(0, pin));
    text.remove_prefix(pin + 2);
  }
  auto name = parse_set_name(text);
  if (!name) return std::nullopt;
  member.kind = SetMember::Kind::set;
  member.name = *std::move(name);
  return member;
}

std::vector<std::string_view> split_list(std::string_view value) {
  std::vector<std::string_view> words;
  while (!value.empty()) {
    std::string_view part = cut(value, ',');
    for (std::string_view word = next_word(part); !word.empty(); word = next_word(part)) words.push_back(word);
  }
  return words;
}

}  // namespace fairway
