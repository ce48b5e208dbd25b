// Route policies: statements and conditions. `not` binds before `and`, `and` before `or`.
#include "core/wire/routerconfig/iosxr_parser.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace fairway::reader::iosxr {

namespace {

using Op = Node::Op;

constexpr unsigned kDeepest = 50;

}  // namespace

NodeId Parser::add(Node node) {
  filters_.nodes.push_back(std::move(node));
  return static_cast<NodeId>(filters_.nodes.size() - 1);
}

NodeId Parser::unknown(std::string why) {
  reading_.complain(peek().line, "not understood: " + why);
  return add({.op = Op::unknown, .line = peek().line, .word = "not understood: " + why});
}

void Parser::policy(std::string_view name, std::uint32_t line, std::vector<Token> tokens) {
  begin(std::move(tokens));
  std::vector<NodeId> statements;
  while (at_ < tokens_.size()) {
    const std::size_t before = at_;
    statements.push_back(block());
    if (at_ == before) ++at_;  // an elseif, else or endif that belongs to nothing
  }
  filters_.policies[std::string(name)] = add({.op = Op::block, .line = line, .kids = std::move(statements)});
}

NodeId Parser::block() {
  Node node{.op = Op::block, .line = peek().line};
  while (at_ < tokens_.size() && !peek().is("elseif") && !peek().is("else") && !peek().is("endif")) {
    node.kids.push_back(statement());
  }
  return add(std::move(node));
}

NodeId Parser::statement() {
  const Token word = peek();
  if (word.is("if")) return condition_statement();
  take();
  if (word.is("pass")) return add({.op = Op::pass, .line = word.line});
  if (word.is("drop")) return add({.op = Op::drop, .line = word.line});
  if (word.is("done")) return add({.op = Op::done, .line = word.line});
  if (word.is("apply")) {
    const Token name = take();
    if (peek().is("(")) {  // with arguments
      while (at_ < tokens_.size() && !take().is(")")) {
      }
      return unknown("a policy with arguments: " + std::string(name.text));
    }
    return add({.op = Op::apply, .line = word.line, .word = std::string(name.text)});
  }
  if (word.is("set")) return set_statement();
  if (word.is("delete")) {
    const Token what = take();
    Node node{.op = Op::remove, .line = word.line, .word = std::string(what.text)};
    if (what.is("community") || what.is("large-community")) {
      if (accept("all")) {
        node.b = 1;  // not in the empty set
        filters_.community_sets.emplace_back();
        node.a = static_cast<std::uint32_t>(filters_.community_sets.size() - 1);
        return add(std::move(node));
      }
      node.b = accept("not") ? 1 : 0;
      const auto set = accept("in") ? some_communities() : std::nullopt;
      if (set) {
        node.a = *set;
        return add(std::move(node));
      }
    } else if (what.is("extcommunity")) {
      take(), take(), take();
      return add({.op = Op::nothing, .line = word.line});
    }
    return unknown("delete " + std::string(what.text));
  }
  if (word.is("prepend")) {
    accept("as-path");
    const auto asn = parse_asn(take().text);
    unsigned times = 1;
    if (const auto number = parse_number<unsigned>(peek().text)) {
      times = std::min(*number, 64u);
      take();
    }
    if (asn) return add({.op = Op::prepend, .line = word.line, .b = times, .value = asn->value});
    return unknown("prepend");
  }
  if (word.is("suppress-route") || word.is("unsuppress-route")) return add({.op = Op::nothing, .line = word.line});
  return unknown(std::string(word.text));
}

NodeId Parser::condition_statement() {
  const std::uint32_t line = peek().line;
  if (++deep_ > kDeepest) {
    at_ = tokens_.size();
    return unknown("nested too deeply");
  }
  Node node{.op = Op::condition, .line = line};
  take();
  for (;;) {
    const std::size_t begins = at_;
    node.kids.push_back(either());
    if (!peek().is("then")) {  // the rest of the condition belongs to what is not understood
      reading_.complain(peek().line, "not understood: a condition");
      while (at_ < tokens_.size() && !peek().is("then")) ++at_;
      node.kids.back() = add({.op = Op::unknown, .line = begins < tokens_.size() ? tokens_[begins].line : line});
    }
    accept("then");
    node.kids.push_back(block());
    if (accept("elseif")) continue;
    if (accept("else")) node.kids.push_back(block());
    accept("endif");
    break;
  }
  --deep_;
  return add(std::move(node));
}

NodeId Parser::set_statement() {
  const Token what = take();
  Node node{.op = Op::set, .line = what.line, .word = std::string(what.text)};
  if (what.is("community") || what.is("large-community")) {
    const auto set = some_communities();
    if (accept("additive")) node.text = "additive";
    if (!set) return unknown("set " + node.word);
    node.a = *set;
    return add(std::move(node));
  }
  if (what.is("local-preference") || what.is("med") || what.is("tag") || what.is("weight")) {
    Token value = take();
    if (value.is("+") || value.is("-") || value.is("*")) {
      node.text = value.text;
      value = take();
    } else if (value.text.starts_with('+') || value.text.starts_with('-')) {
      node.text = value.text.substr(0, 1);
      value.text.remove_prefix(1);
    }
    const auto number = parse_number<std::uint32_t>(value.text);
    if (number && node.text != "*") {
      node.value = *number;
      return add(std::move(node));
    }
    if (what.is("med") && !number) return add(std::move(node));  // igp-cost, max-reachable
    return unknown("set " + node.word);
  }
  if (what.is("next-hop")) {
    accept("discard");
    node.text = take().text;
    if (peek().is("vrf")) take(), take();
    return add(std::move(node));
  }
  if (what.is("origin") || what.is("rpf-path") || what.is("traffic-index") || what.is("ospf-metric") ||
      what.is("label-index") || what.is("qos-group") || what.is("forward-class")) {
    take();
    return add(std::move(node));
  }
  return unknown("set " + node.word);
}

NodeId Parser::either() {
  if (++deep_ > kDeepest) {
    at_ = tokens_.size();
    return unknown("nested too deeply");
  }
  Node node{.op = Op::either, .line = peek().line, .kids = {both()}};
  while (accept("or")) node.kids.push_back(both());
  --deep_;
  return node.kids.size() == 1 ? node.kids[0] : add(std::move(node));
}

NodeId Parser::both() {
  Node node{.op = Op::both, .line = peek().line, .kids = {one_condition()}};
  while (accept("and")) node.kids.push_back(one_condition());
  return node.kids.size() == 1 ? node.kids[0] : add(std::move(node));
}

NodeId Parser::one_condition() {
  const Token word = take();
  const std::uint32_t line = word.line;
  if (word.is("not")) {
    if (++deep_ > kDeepest) {
      at_ = tokens_.size();
      return unknown("nested too deeply");
    }
    const NodeId inner = one_condition();
    --deep_;
    return add({.op = Op::negation, .line = line, .kids = {inner}});
  }
  if (word.is("(")) {
    const NodeId inner = either();
    if (!accept(")")) return unknown("a bracket that is not closed");
    return inner;
  }
  if (word.is("destination") || word.is("next-hop")) {
    if (accept("is-best-path") || accept("is-best-multipath")) return unknown(std::string(word.text));
    const auto set = accept("in") ? some_prefixes() : std::nullopt;
    if (!set) return unknown(std::string(word.text) + " in a set that is not known");
    return add({.op = word.is("destination") ? Op::destination : Op::next_hop, .line = line, .a = *set});
  }
  if (word.is("as-path")) {
    std::optional<std::uint32_t> set;
    if (accept("in")) {
      set = some_paths();
    } else if (auto test = path_test()) {
      filters_.path_sets.push_back({*std::move(test)});
      set = static_cast<std::uint32_t>(filters_.path_sets.size() - 1);
    }
    if (!set) return unknown("as-path");
    return add({.op = Op::as_path, .line = line, .a = *set});
  }
  if (word.is("community") || word.is("large-community")) {
    Node node{.op = word.is("community") ? Op::community : Op::large, .line = line, .word = std::string(take().text)};
    if (node.word == "is-empty") {
      filters_.community_sets.emplace_back();
      node.a = static_cast<std::uint32_t>(filters_.community_sets.size() - 1);
      return add(std::move(node));
    }
    const auto set = node.word == "matches-any" || node.word == "matches-every" ? some_communities() : std::nullopt;
    if (!set) return unknown(std::string(word.text) + " " + node.word);
    node.a = *set;
    return add(std::move(node));
  }
  if (word.is("validation-state")) {
    accept("is");
    const Token state = take();
    static constexpr std::pair<std::string_view, Validation> kStates[] = {
        {"valid", Validation::valid}, {"invalid", Validation::invalid}, {"not-found", Validation::unknown}};
    for (const auto& [name, value] : kStates) {
      if (state.is(name)) return add({.op = Op::validation, .line = line, .value = static_cast<std::uint32_t>(value)});
    }
    return unknown("validation-state " + std::string(state.text));
  }
  if (word.is("med") || word.is("local-preference") || word.is("tag")) {
    const Token how = take();
    const auto value = parse_number<std::uint32_t>(peek().text);
    if (!value) return unknown(std::string(word.text));
    take();
    return add({.op = Op::number,
                .line = line,
                .value = *value,
                .word = std::string(word.text),
                .text = std::string(how.text)});
  }
  if (word.is("afi") && accept("is")) {
    const Token family = take();
    if (family.is("ipv4") || family.is("ipv6")) {
      return add({.op = Op::family, .line = line, .value = family.is("ipv4") ? 4u : 6u});
    }
  }
  return unknown("a condition on " + std::string(word.text));
}

}  // namespace fairway::reader::iosxr
