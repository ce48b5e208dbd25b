// Sets: [ 1, 3..5 ], [ (65000,*), (1..2, 7) ], [ (65000,1,*) ], [ 10.0.0.0/8{16,24}, 192.0.2.0/24+ ].
#include "core/wire/routerconfig/bird_parser.h"

namespace fairway::reader::bird {

namespace {

using Kind = Token::Kind;
constexpr std::uint32_t kAll = ~std::uint32_t{0};

}  // namespace

NodeId Parser::set() {
  const std::uint32_t line = take().line;
  auto set = std::make_shared<Set>();
  if (!accept("]")) {
    do {
      set_item(*set);
    } while (!failed_ && accept(","));
    if (!expect("]")) return kNoNode;
  }
  set->close();
  return constant(std::shared_ptr<const Set>(std::move(set)), line);
}

void Parser::set_item(Set& set) {
  if (peek().kind == Kind::address && peek(1).is("/")) return prefix_item(set);
  if (peek().is("(")) return tuple_item(set);
  if (const auto found = defined_.find(peek().text); peek().kind == Kind::word && found != defined_.end()) {
    const Value& value = program_.constants[program_.nodes[found->second].a];
    if (std::holds_alternative<Prefix>(value)) return prefix_item(set);
  }
  const std::uint32_t line = peek().line;
  const auto from = atom();
  auto to = from;
  if (!failed_ && accept("..")) to = atom();
  if (failed_ || !from || !to) return;
  set.add(*from, *to);
  if (!naming_.empty() && from->kind == Key::Kind::number && to->kind == Key::Kind::number) {
    if (reading_.asn_sets.empty() || reading_.asn_sets.back().name != naming_) {
      reading_.asn_sets.push_back({std::string(naming_), naming_line_, {}});
    }
    reading_.asn_sets.back().ranges.push_back(
        {Asn{static_cast<std::uint32_t>(from->low)}, Asn{static_cast<std::uint32_t>(to->low)}});
  }
  static_cast<void>(line);
}

void Parser::prefix_item(Set& set) {
  const std::uint32_t line = peek().line;
  const NodeId node = peek().kind == Kind::address ? address() : word();
  if (failed_) return;
  const auto* prefix = std::get_if<Prefix>(&program_.constants[program_.nodes[node].a]);
  if (prefix == nullptr) return void(fail("a prefix was expected"));
  const Prefix block = *prefix;
  const unsigned bits = address_bits(block.family());
  unsigned least = block.length(), most = block.length();
  if (accept("+")) {
    most = bits;
  } else if (accept("-")) {
    least = 0;
  } else if (accept("{")) {
    const auto from = parse_number<unsigned>(take().text);
    expect(",");
    const auto to = parse_number<unsigned>(take().text);
    if (!expect("}")) return;
    if (!from || !to || *from > *to || *to > bits) return void(fail("a range of lengths that cannot be"));
    least = *from, most = *to;
  }
  set.add(block, least, most, line);
  if (naming_.empty()) return;
  if (reading_.prefix_sets.empty() || reading_.prefix_sets.back().name != naming_) {
    reading_.prefix_sets.push_back({std::string(naming_), naming_line_, {}});
  }
  if (most < block.length()) return;
  const auto own = std::max(least, block.length());
  reading_.prefix_sets.back().entries.push_back(
      {{block, static_cast<std::uint8_t>(own), static_cast<std::uint8_t>(most)}, line, true});
}

// A number, or "*" for all; first and last.
std::optional<std::pair<std::uint32_t, std::uint32_t>> Parser::number_range() {
  if (accept("*")) return std::pair{std::uint32_t{0}, kAll};
  const auto one = [&]() -> std::optional<std::uint32_t> {
    const NodeId node = term();
    if (failed_) return std::nullopt;
    const Value value = evaluate(program_, node);
    if (const auto* number = std::get_if<std::uint32_t>(&value)) return *number;
    fail("a number was expected in a set");
    return std::nullopt;
  };
  const auto first = one();
  auto last = first;
  if (first && accept("..")) last = one();
  if (!first || !last) return std::nullopt;
  return std::pair{*first, *last};
}

// (a, b), (a..b, c..d), (a, *), (a, b, c), (a, b, *), (a, b..c, *), (rt, a, b); and two of the first kinds as a range.
void Parser::tuple_item(Set& set) {
  take();
  if (peek().is("rt") || peek().is("ro") || peek().is("generic") || peek().is("unknown")) {
    return void(fail("sets of extended communities are not followed"));
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> parts;
  do {
    const auto part = number_range();
    if (!part) return;
    parts.push_back(*part);
  } while (parts.size() < 4 && accept(","));
  if (!expect(")")) return;
  if (parts.size() == 1)
    return set.add({Key::Kind::number, 0, parts[0].first}, {Key::Kind::number, 0, parts[0].second});
  const auto pair = [](std::uint32_t a, std::uint32_t b) { return *key_of(Pair{a & 0xffff, b & 0xffff}); };
  const auto large = [](std::uint32_t a, std::uint32_t b, std::uint32_t c) { return *key_of(LargeCommunity{a, b, c}); };
  if (accept("..")) {
    if (!expect("(")) return;
    const auto to = arguments();
    std::vector<std::uint32_t> numbers;
    for (const NodeId node : to) {
      if (failed_) return;
      const Value value = evaluate(program_, node);
      if (const auto* number = std::get_if<std::uint32_t>(&value)) numbers.push_back(*number);
    }
    if (numbers.size() != parts.size()) return void(fail("a range of unlike values"));
    if (parts.size() == 2) return set.add(pair(parts[0].first, parts[1].first), pair(numbers[0], numbers[1]));
    if (parts.size() == 3) {
      return set.add(large(parts[0].first, parts[1].first, parts[2].first), large(numbers[0], numbers[1], numbers[2]));
    }
  }
  if (parts.size() == 2) {
    return set.add_box({parts[0].first, parts[1].first},
                       {std::min(parts[0].second, 0xffffu), std::min(parts[1].second, 0xffffu)});
  }
  if (parts.size() == 3) {
    return set.add(large(parts[0].first, parts[1].first, parts[2].first),
                   large(parts[0].second, parts[1].second, parts[2].second));
  }
  fail("two or three values were expected in brackets");
}

std::optional<Key> Parser::atom() {
  const NodeId node = peek().is("(") ? parenthesis() : primary();
  if (failed_) return std::nullopt;
  const auto key = key_of(evaluate(program_, node));
  if (!key) fail("a value that cannot be in a set");
  return key;
}

}  // namespace fairway::reader::bird
