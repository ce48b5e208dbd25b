// Sets of IOS-XR.
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/community_named.h"
#include "core/wire/routerconfig/iosxr_parser.h"

namespace fairway::reader::iosxr {

void add_tokens(std::vector<Token>& tokens, std::string_view line, std::uint32_t number) {
  std::size_t at = 0;
  while (at < line.size()) {
    const char c = line[at];
    if (is_blank(c)) {
      ++at;
    } else if (c == '!' || c == '#') {
      return;
    } else if (c == '(' || c == ')' || c == ',') {
      tokens.push_back({line.substr(at++, 1), number});
    } else if (c == '\'') {
      const std::size_t end = line.find('\'', at + 1);
      const std::size_t size = end == std::string_view::npos ? line.size() - at - 1 : end - at - 1;
      tokens.push_back({line.substr(at + 1, size), number, true});
      at += size + 2;
    } else {
      std::size_t size = 1;
      while (at + size < line.size() && !is_blank(line[at + size]) &&
             std::string_view("(),'").find(line[at + size]) == std::string_view::npos) {
        ++size;
      }
      tokens.push_back({line.substr(at, size), number});
      at += size;
    }
  }
}

const Token& Parser::peek(std::size_t ahead) const {
  static const Token kEnd;
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kEnd;
}

Token Parser::take() {
  const Token token = peek();
  if (at_ < tokens_.size()) ++at_;
  return token;
}

bool Parser::accept(std::string_view word) {
  if (at_ >= tokens_.size() || !peek().is(word)) return false;
  ++at_;
  return true;
}

void Parser::begin(std::vector<Token> tokens) {
  tokens_ = std::move(tokens);
  at_ = 0;
  deep_ = 0;
}

// 10.0.0.0/8 le 32, 192.0.2.0/24, 2001:db8::/32 ge 48 le 64 ... up to the end or a ')'. False: not understood.
bool Parser::prefix_entries(RangeSet& set, NamedPrefixSet* named) {
  std::uint32_t count = 0;
  bool understood = true;
  while (at_ < tokens_.size() && !peek().is(")")) {
    if (accept(",")) continue;
    const Token token = take();
    const auto prefix = parse_prefix(token.text, true);
    if (!prefix) {
      reading_.complain(token.line, "not understood in a prefix-set: " + std::string(token.text));
      understood = false;
      continue;
    }
    const unsigned bits = address_bits(prefix->family());
    unsigned least = prefix->length(), most = prefix->length();
    bool lower = false, upper = false;
    while (peek().is("ge") || peek().is("le") || peek().is("eq")) {
      const Token how = take();
      const auto length = parse_number<unsigned>(take().text);
      if (!length || *length > bits) {
        understood = false;
        break;
      }
      if (!how.is("le")) least = *length, lower = true;
      if (!how.is("ge")) most = *length, upper = true;
    }
    if (lower && !upper) most = bits;
    if (least < prefix->length() || most < least) continue;
    const PrefixRange range{*prefix, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)};
    set.add(range, count++);
    if (named != nullptr) named->entries.push_back({range, token.line, true});
  }
  return understood;
}

void Parser::prefix_set(std::string_view name, std::uint32_t line, std::vector<Token> tokens) {
  begin(std::move(tokens));
  NamedPrefixSet named{std::string(name), line, {}};
  RangeSet set;
  if (prefix_entries(set, &named)) {
    prefix_names_[named.name] = static_cast<std::uint32_t>(filters_.prefix_sets.size());
    filters_.prefix_sets.push_back(std::move(set));
  }
  reading_.prefix_sets.push_back(std::move(named));
}

std::optional<std::uint32_t> Parser::some_prefixes() {
  if (!accept("(")) {
    const auto found = prefix_names_.find(take().text);
    if (found == prefix_names_.end()) return std::nullopt;
    return found->second;
  }
  RangeSet set;
  if (!prefix_entries(set, nullptr) || !accept(")")) return std::nullopt;
  filters_.prefix_sets.push_back(std::move(set));
  return static_cast<std::uint32_t>(filters_.prefix_sets.size() - 1);
}

// '64500', '64500 64501', '[64512..65534]'
std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> Parser::asn_places(std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    auto first = parse_asn(word), last = first;
    if (word.starts_with('[') && word.ends_with(']')) {
      word = word.substr(1, word.size() - 2);
      const std::size_t dots = word.find("..");
      if (dots == std::string_view::npos) return std::nullopt;
      first = parse_asn(word.substr(0, dots));
      last = parse_asn(word.substr(dots + 2));
    }
    if (!first || !last) return std::nullopt;
    places.emplace_back(first->value, last->value);
  }
  if (places.empty()) return std::nullopt;
  return places;
}

std::optional<PathTest> Parser::path_test() {
  const Token word = take();
  PathTest test;
  if (word.is("ios-regex")) {
    auto pattern = PathPattern::parse(take().text);
    if (!pattern) return std::nullopt;
    test.kind = PathTest::Kind::expression;
    test.pattern = *std::move(pattern);
    return test;
  }
  if (word.is("length") || word.is("unique-length")) {
    test.kind = word.is("length") ? PathTest::Kind::length : PathTest::Kind::unique_length;
    test.comparison = take().text;
    const auto length = parse_number<unsigned>(take().text);
    accept("all");
    if (!length) return std::nullopt;
    test.length = *length;
    return test;
  }
  if (word.is("is-local")) {  // no AS is in it
    test.kind = PathTest::Kind::length;
    test.comparison = "eq";
    return test;
  }
  static constexpr std::pair<std::string_view, PathTest::Kind> kKinds[] = {
      {"originates-from", PathTest::Kind::originates_from},
      {"neighbor-is", PathTest::Kind::neighbour_is},
      {"passes-through", PathTest::Kind::passes_through}};
  for (const auto& [name, kind] : kKinds) {
    if (!word.is(name)) continue;
    auto places = asn_places(take().text);
    accept("exact");
    if (!places) return std::nullopt;
    test.kind = kind;
    test.asns = *std::move(places);
    return test;
  }
  return std::nullopt;
}

bool Parser::path_entries(std::vector<PathTest>& tests) {
  while (at_ < tokens_.size() && !peek().is(")")) {
    if (accept(",")) continue;
    const Token token = peek();
    auto test = path_test();
    if (!test) reading_.complain(token.line, "not understood in an as-path-set: " + std::string(token.text));
    tests.push_back(test ? *std::move(test) : PathTest{});
  }
  return true;
}

void Parser::path_set(std::string_view name, std::vector<Token> tokens) {
  begin(std::move(tokens));
  std::vector<PathTest> tests;
  path_entries(tests);
  path_names_[std::string(name)] = static_cast<std::uint32_t>(filters_.path_sets.size());
  filters_.path_sets.push_back(std::move(tests));
}

std::optional<std::uint32_t> Parser::some_paths() {
  if (!accept("(")) {
    const auto found = path_names_.find(take().text);
    if (found == path_names_.end()) return std::nullopt;
    return found->second;
  }
  std::vector<PathTest> tests;
  if (!path_entries(tests) || !accept(")")) return std::nullopt;
  filters_.path_sets.push_back(std::move(tests));
  return static_cast<std::uint32_t>(filters_.path_sets.size() - 1);
}

// 64500:1, 64500:*, 64500:[1..5], 64500:1:*, no-export
CommunityEntry Parser::community_entry() {
  const Token token = take();
  CommunityEntry entry;
  if (const auto value = community_named(token.text); value && token.text.find(':') == std::string_view::npos) {
    entry.parts = {{value->value >> 16, value->value >> 16}, {value->value & 0xffff, value->value & 0xffff}};
    return entry;
  }
  for (const std::string_view part : split(token.text, ':')) {
    if (part == "*") {
      entry.parts.emplace_back(0, ~std::uint32_t{0});
      continue;
    }
    auto first = parse_number<std::uint32_t>(part), last = first;
    if (part.starts_with('[') && part.ends_with(']')) {
      const std::string_view inner = part.substr(1, part.size() - 2);
      const std::size_t dots = inner.find("..");
      if (dots != std::string_view::npos) {
        first = parse_number<std::uint32_t>(inner.substr(0, dots));
        last = parse_number<std::uint32_t>(inner.substr(dots + 2));
      }
    }
    if (!first || !last) {
      entry.parts.clear();
      break;
    }
    entry.parts.emplace_back(*first, *last);
  }
  if (entry.parts.size() != 2 && entry.parts.size() != 3) {
    entry.parts.clear();
    reading_.complain(token.line, "not understood in a community-set: " + std::string(token.text));
    if (token.is("ios-regex") || token.is("dfa-regex")) take();
  }
  return entry;
}

bool Parser::community_entries(CommunitySet& set) {
  while (at_ < tokens_.size() && !peek().is(")")) {
    if (!accept(",")) set.push_back(community_entry());
  }
  return true;
}

void Parser::community_set(std::string_view name, std::vector<Token> tokens) {
  begin(std::move(tokens));
  CommunitySet set;
  community_entries(set);
  community_names_[std::string(name)] = static_cast<std::uint32_t>(filters_.community_sets.size());
  filters_.community_sets.push_back(std::move(set));
}

std::optional<std::uint32_t> Parser::some_communities() {
  if (!accept("(")) {
    const auto found = community_names_.find(take().text);
    if (found == community_names_.end()) return std::nullopt;
    return found->second;
  }
  CommunitySet set;
  if (!community_entries(set) || !accept(")")) return std::nullopt;
  filters_.community_sets.push_back(std::move(set));
  return static_cast<std::uint32_t>(filters_.community_sets.size() - 1);
}

}  // namespace fairway::reader::iosxr
