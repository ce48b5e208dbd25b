// Lines that define lists.
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/community_named.h"
#include "core/wire/routerconfig/frr_reader.h"

namespace fairway::reader::frr {

bool Reader::list_line(const Words& words) {
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  if ((word(0) == "ip" || word(0) == "ipv6") && word(1) == "prefix-list" && words.size() >= 4) {
    prefix_list(words, word(0) == "ip" ? 0 : 1);
    return true;
  }
  if (word(0) != "bgp" && word(0) != "ip") return false;
  if (word(1) == "as-path" && word(2) == "access-list" && words.size() >= 6) {
    path_list(words, 3);
    return true;
  }
  if ((word(1) == "community-list" || word(1) == "large-community-list") && words.size() >= 4) {
    community_list(words, word(1) == "large-community-list");
    return true;
  }
  return false;
}

// ip prefix-list NAME [seq N] permit PREFIX [ge N] [le N]
void Reader::prefix_list(const Words& words, std::size_t family) {
  const std::string name(words[2]);
  PrefixList& list = filters_->prefix_lists[family][name];
  list_lines_[family].try_emplace(name, line_);
  std::size_t at = 3;
  if (words[at] == "description") return;
  std::uint32_t sequence = 0;
  if (words[at] == "seq" && at + 1 < words.size()) {
    sequence = parse_number<std::uint32_t>(words[at + 1]).value_or(0);
    at += 2;
  }
  if (at + 1 >= words.size() || (words[at] != "permit" && words[at] != "deny")) return not_understood(words);
  PrefixList::Entry entry{.range = {}, .permit = words[at] == "permit", .line = line_};
  const unsigned bits = family == 0 ? 32 : 128;
  const bool any = words[at + 1] == "any";
  const auto prefix =
      any ? Prefix(family == 0 ? Family::ipv4 : Family::ipv6, 0, 0, 0) : parse_prefix(words[at + 1], true);
  if (!prefix || (prefix->family() == Family::ipv4) != (family == 0)) return not_understood(words);
  unsigned least = prefix->length(), most = any ? bits : prefix->length();
  for (at += 2; at + 1 < words.size(); at += 2) {
    const auto length = parse_number<unsigned>(words[at + 1]);
    if (!length || *length > bits || *length < prefix->length()) return not_understood(words);
    if (words[at] == "ge") {
      least = *length;
      if (most < least) most = bits;
    } else if (words[at] == "le") {
      most = *length;
    } else {
      return not_understood(words);
    }
  }
  if (at != words.size() || most < least) return not_understood(words);
  entry.range = {*prefix, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)};
  list.add(sequence, entry);
}

// bgp as-path access-list NAME [seq N] permit EXPRESSION
void Reader::path_list(const Words& words, std::size_t at) {
  PathList& list = filters_->path_lists[std::string(words[at++])];
  std::uint32_t sequence = 0;
  if (words[at] == "seq") {
    sequence = parse_number<std::uint32_t>(words[at + 1]).value_or(0);
    at += 2;
  }
  if (at + 1 >= words.size() || (words[at] != "permit" && words[at] != "deny")) return not_understood(words);
  PathList::Entry entry{.permit = words[at] == "permit", .pattern = std::nullopt, .line = line_};
  std::string expression;
  for (++at; at < words.size(); ++at) expression.append(expression.empty() ? "" : " ").append(words[at]);
  auto pattern = PathPattern::parse(expression);
  if (pattern) {
    entry.pattern = *std::move(pattern);
  } else {
    not_understood(words);
  }
  list.add(sequence, std::move(entry));
}

// bgp community-list [standard|expanded] NAME [seq N] permit MEMBERS or EXPRESSION
void Reader::community_list(const Words& words, bool large) {
  std::size_t at = 2;
  bool expanded = false;
  if (words[at] == "standard" || words[at] == "expanded") expanded = words[at++] == "expanded";
  if (at >= words.size()) return not_understood(words);
  const std::string name(words[at++]);
  if (const auto number = parse_number<unsigned>(name)) expanded = *number >= 100;  // 100 to 500 are expanded
  std::uint32_t sequence = 0;
  if (at + 1 < words.size() && words[at] == "seq") {
    sequence = parse_number<std::uint32_t>(words[at + 1]).value_or(0);
    at += 2;
  }
  if (at >= words.size() || (words[at] != "permit" && words[at] != "deny")) return not_understood(words);
  const bool permit = words[at++] == "permit";
  const auto fill = [&](auto& lists, auto parse) {
    auto& list = lists[name];
    typename std::decay_t<decltype(list)>::Entry entry;
    entry.permit = permit;
    entry.line = line_;
    if (expanded) {
      std::string expression;
      for (; at < words.size(); ++at) expression.append(expression.empty() ? "" : " ").append(words[at]);
      auto pattern = PathPattern::parse(expression);
      entry.understood = pattern.has_value();
      if (pattern) entry.pattern = *std::move(pattern);
    } else {
      for (; at < words.size(); ++at) {
        if (words[at] == "internet") continue;  // any route
        const auto one = parse(words[at]);
        entry.understood = entry.understood && one;
        if (one) entry.members.push_back(*one);
      }
    }
    if (!entry.understood) not_understood(words);
    list.add(sequence, std::move(entry));
  };
  if (large) {
    fill(filters_->large_lists, parse_large_community);
  } else {
    fill(filters_->community_lists, community_named);
  }
}

}  // namespace fairway::reader::frr
