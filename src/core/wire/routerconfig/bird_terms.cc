// Terms. From loose to tight: && and || (one level, from the left, as BIRD 2 has it), comparisons (they do not chain),
// + and -, * and /, !, and the dot.
#include <algorithm>

#include "core/wire/routerconfig/bird_parser.h"

namespace fairway::reader::bird {

namespace {

using Op = Node::Op;
using Kind = Token::Kind;

constexpr unsigned kDeepest = 100;

constexpr std::string_view kAttributes[] = {"net",        "from",       "gw",      "proto",   "source",
                                            "scope",      "dest",       "ifname",  "ifindex", "weight",
                                            "preference", "igp_metric", "gw_mpls", "onlink"};

}  // namespace

bool Parser::accept(std::string_view word) {
  if (!peek().is(word)) return false;
  take();
  return true;
}

bool Parser::expect(std::string_view word) {
  if (accept(word)) return true;
  fail("'" + std::string(word) + "' was expected before '" + std::string(peek().text) + "'");
  return false;
}

// The first thing found wrong is told; what is read after it in the same statement is void.
NodeId Parser::fail(std::string why) {
  if (!failed_) {
    failed_ = true;
    reading_.complain(peek().line, why);
  }
  return add({.op = Op::unknown, .line = peek().line, .a = name("not understood: " + why)});
}

// A term whose form is understood, but not what it says.
NodeId Parser::unknown(std::uint32_t line, std::string why) {
  reading_.complain(line, why);
  return add({.op = Op::unknown, .line = line, .a = name("not understood: " + why)});
}

NodeId Parser::add(Node node) {
  program_.nodes.push_back(std::move(node));
  return static_cast<NodeId>(program_.nodes.size() - 1);
}

NodeId Parser::constant(Value value, std::uint32_t line) {
  program_.constants.push_back(std::move(value));
  return add({.op = Op::constant, .line = line, .a = static_cast<std::uint32_t>(program_.constants.size() - 1)});
}

std::uint32_t Parser::name(std::string_view text) {
  if (const auto found = names_.find(text); found != names_.end()) return found->second;
  const auto id = static_cast<std::uint32_t>(program_.names.size());
  program_.names.emplace_back(text);
  // Views of names that are put together here would not last; they are not looked up again either.
  if (text.size() < 64 && !text.starts_with("not understood")) names_.emplace(text, id);
  return id;
}

NodeId Parser::whole_term() {
  failed_ = false;
  return term();
}

NodeId Parser::whole_term_or_unknown() {
  const std::uint32_t line = peek().line;
  const NodeId node = whole_term();
  return failed_ ? add({.op = Op::unknown, .line = line, .a = name("not understood: a condition")}) : node;
}

Value Parser::constant_term() {
  const std::uint32_t line = peek().line;
  const NodeId node = whole_term();
  if (failed_) return Unknown{line, "not understood"};
  return evaluate(program_, node);
}

std::optional<std::uint32_t> Parser::number() {
  const Value value = constant_term();
  if (const auto* number = std::get_if<std::uint32_t>(&value)) return *number;
  return std::nullopt;
}

NodeId Parser::term() {
  if (++deep_ > kDeepest) {
    --deep_;
    return fail("nested too deeply");
  }
  const std::uint32_t line = peek().line;
  NodeId first = comparison();
  if (!failed_ && (peek().is("&&") || peek().is("||"))) {
    Node chain{.op = Op::chain, .line = line, .a = static_cast<std::uint32_t>(program_.chains.size()), .kids = {first}};
    std::vector<bool> either;
    while (!failed_ && (peek().is("&&") || peek().is("||"))) {
      either.push_back(take().is("||"));
      chain.kids.push_back(comparison());
    }
    // A term within has added its own chains.
    chain.a = static_cast<std::uint32_t>(program_.chains.size());
    program_.chains.push_back(std::move(either));
    first = add(std::move(chain));
  }
  --deep_;
  return first;
}

NodeId Parser::comparison() {
  const NodeId left = sum();
  for (const std::string_view sign : {"=", "!=", "<", "<=", ">", ">=", "~", "!~"}) {
    if (failed_ || !peek().is(sign)) continue;
    const std::uint32_t line = take().line;
    const NodeId right = sum();
    return add({.op = Op::binary, .line = line, .a = name(sign), .kids = {left, right}});
  }
  return left;
}

NodeId Parser::sum() {
  NodeId left = product();
  while (!failed_ && (peek().is("+") || peek().is("-"))) {
    const Token sign = take();
    const NodeId right = product();
    left = add({.op = Op::binary, .line = sign.line, .a = name(sign.is("+") ? "+" : "-"), .kids = {left, right}});
  }
  return left;
}

NodeId Parser::product() {
  NodeId left = factor();
  while (!failed_ && (peek().is("*") || peek().is("/"))) {
    const Token sign = take();
    const NodeId right = factor();
    left = add({.op = Op::binary, .line = sign.line, .a = name(sign.is("*") ? "*" : "/"), .kids = {left, right}});
  }
  return left;
}

NodeId Parser::factor() {
  std::uint32_t line = peek().line;
  bool negated = false, any = false;
  while (accept("!")) {
    negated = !negated;
    any = true;
  }
  NodeId node = suffixes(primary());
  if (!any) return node;
  node = add({.op = Op::negation, .line = line, .kids = {node}});
  return negated ? node : add({.op = Op::negation, .line = line, .kids = {node}});
}

// object.len, object.mask(8), object.last
NodeId Parser::suffixes(NodeId object) {
  while (!failed_ && peek().is(".")) {
    const std::uint32_t line = take().line;
    if (peek().kind != Kind::word) return fail("a property was expected behind '.'");
    Node node{.op = Op::property, .line = line, .a = name(take().text), .kids = {object}};
    if (accept("(")) {
      for (const NodeId argument : arguments()) node.kids.push_back(argument);
    }
    object = add(std::move(node));
  }
  return object;
}

std::vector<NodeId> Parser::arguments() {
  std::vector<NodeId> result;
  if (accept(")")) return result;
  do {
    result.push_back(term());
  } while (!failed_ && accept(","));
  expect(")");
  return result;
}

NodeId Parser::primary() {
  if (failed_) return kNoNode;
  const Token& token = peek();
  const std::uint32_t line = token.line;
  switch (token.kind) {
    case Kind::number: {
      const Token taken = take();
      const bool hexadecimal = taken.text.size() > 2 && (taken.text[1] == 'x' || taken.text[1] == 'X');
      const auto value =
          hexadecimal ? parse_number<std::uint32_t>(taken.text.substr(2), 16) : parse_number<std::uint32_t>(taken.text);
      if (!value) return fail("a number too large");
      return constant(*value, line);
    }
    case Kind::address: return address();
    case Kind::text: return constant(std::string(take().text), line);
    case Kind::word: return word();
    case Kind::newline:  // BIRD has none
    case Kind::end: return fail("the text ends in the middle of a term");
    case Kind::mark: break;
  }
  if (token.is("(")) return parenthesis();
  if (token.is("[")) return set();
  if (token.is("[=")) return path_mask();
  if (token.is("+") || token.is("-")) return empty_list();
  return fail("a value was expected before '" + std::string(token.text) + "'");
}

NodeId Parser::address() {
  const Token token = take();
  const auto ip = parse_ip(token.text);
  if (!ip) return fail("no address");
  if (!peek().is("/") || peek(1).kind != Kind::number) return constant(*ip, token.line);
  take();
  const auto length = parse_number<unsigned>(take().text);
  if (!length || *length > address_bits(ip->family)) return fail("a prefix too long");
  const Prefix prefix(*ip, *length);
  if (prefix.address() != *ip) return fail("a prefix with host bits set");
  return constant(prefix, token.line);
}

// (term), (term, term), (term, term, term), (rt, term, term)
NodeId Parser::parenthesis() {
  const std::uint32_t line = take().line;
  if (peek().kind == Kind::word && peek(1).is(",")) {
    for (const std::string_view kind : {"rt", "ro", "generic"}) {
      if (!peek().is(kind)) continue;
      take(), take();
      arguments();
      return add({.op = Op::extended, .line = line});
    }
  }
  std::vector<NodeId> kids = arguments();
  if (failed_) return kNoNode;
  if (kids.size() == 1) return kids[0];
  if (kids.size() != 2 && kids.size() != 3) return fail("two or three values were expected in brackets");
  return add({.op = Op::tuple, .line = line, .kids = std::move(kids)});
}

// +empty+ -empty- --empty-- ---empty---
NodeId Parser::empty_list() {
  const Token first = take();
  unsigned signs = 1;
  while (signs < 3 && accept(first.text)) ++signs;
  if (!expect("empty")) return kNoNode;
  for (unsigned i = 0; i < signs; ++i) {
    if (!expect(first.text)) return kNoNode;
  }
  if (first.is("+")) return constant(AsPath(), first.line);
  if (signs == 1) return constant(Clist(), first.line);
  if (signs == 2) return constant(ExtendedClist(), first.line);
  return constant(LargeClist(), first.line);
}

NodeId Parser::word() {
  const Token token = take();
  const std::string_view text = token.text;
  const std::uint32_t line = token.line;
  if (text == "true" || text == "false") return constant(text == "true", line);
  if (std::find(locals_.rbegin(), locals_.rend(), text) != locals_.rend()) {
    return add({.op = Op::variable, .line = line, .a = name(text)});
  }
  if (peek().is("(")) {
    if (text == "roa_check" || text.starts_with("aspa_check")) return validation(line, text);
    take();
    if (text == "defined") return add({.op = Op::defined, .line = line, .kids = arguments()});
    if (text == "format" || text == "from_hex") {
      arguments();
      return add({.op = Op::unknown, .line = line, .a = name("not followed: format")});
    }
    // prepend(path, asn) is path.prepend(asn), and so on.
    for (const std::string_view method : {"prepend", "add", "delete", "filter"}) {
      if (text == method) return add({.op = Op::property, .line = line, .a = name(text), .kids = arguments()});
    }
    std::vector<NodeId> kids = arguments();
    const auto found = functions_.find(text);
    if (found == functions_.end()) return unknown(line, "no function '" + std::string(text) + "' is defined before");
    return add({.op = Op::call, .line = line, .a = found->second, .kids = std::move(kids)});
  }
  if (const auto found = defined_.find(text); found != defined_.end()) return found->second;
  if (const auto value = parse_enumerated(text)) return constant(*value, line);
  if (text.starts_with("bgp_") || attributes_.contains(text) ||
      std::find(std::begin(kAttributes), std::end(kAttributes), text) != std::end(kAttributes)) {
    return add({.op = Op::attribute, .line = line, .a = name(text)});
  }
  return unknown(line, "nothing is named '" + std::string(text) + "'");
}

// roa_check(table), roa_check(table, net, asn), aspa_check_upstream(table), aspa_check(table, path, is_upstream)
NodeId Parser::validation(std::uint32_t line, std::string_view function) {
  take();
  if (peek().kind != Kind::word) return fail("a table was expected");
  Node node{.op = Op::validation, .line = line, .a = name(function), .b = name(take().text)};
  if (accept(",")) {
    node.kids = arguments();
  } else {
    expect(")");
  }
  return add(std::move(node));
}

// [= * 64500 1..5 [1, 2] (term) ? + =]
NodeId Parser::path_mask() {
  const std::uint32_t line = take().line;
  Mask mask;
  const auto one = [&](Key from, Key to) {
    auto set = std::make_shared<Set>();
    set->add(from, to);
    set->close();
    mask.push_back({MaskItem::Kind::set, std::move(set)});
  };
  while (!failed_ && !peek().is("=]")) {
    if (accept("*")) {
      mask.push_back({MaskItem::Kind::any_run, nullptr});
    } else if (accept("?")) {
      mask.push_back({MaskItem::Kind::any_one, nullptr});
    } else if (accept("+")) {
      mask.push_back({MaskItem::Kind::repeat, nullptr});
    } else if (peek().kind == Kind::number) {
      const auto first = parse_number<std::uint32_t>(take().text);
      auto last = first;
      if (accept("..")) last = parse_number<std::uint32_t>(take().text);
      if (!first || !last) return fail("no AS number in a path mask");
      one({Key::Kind::number, 0, *first}, {Key::Kind::number, 0, *last});
    } else if (peek().is("[") || peek().is("(") || peek().kind == Kind::word) {
      const NodeId node = peek().is("[") ? set() : peek().is("(") ? parenthesis() : word();
      if (failed_) return kNoNode;
      const Value value = evaluate(program_, node);
      if (const auto* number = std::get_if<std::uint32_t>(&value)) {
        one({Key::Kind::number, 0, *number}, {Key::Kind::number, 0, *number});
      } else if (const auto* members = std::get_if<std::shared_ptr<const Set>>(&value)) {
        mask.push_back({MaskItem::Kind::set, *members});
      } else if (const auto* inner = std::get_if<Mask>(&value)) {
        mask.insert(mask.end(), inner->begin(), inner->end());
      } else {
        return fail("a path mask with a part that depends on the route");
      }
    } else {
      return fail("'" + std::string(peek().text) + "' in a path mask");
    }
  }
  if (!expect("=]")) return kNoNode;
  return constant(std::move(mask), line);
}

}  // namespace fairway::reader::bird
