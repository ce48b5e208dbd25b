// Statements, filters and functions.
#include <algorithm>

#include "core/wire/routerconfig/bird_parser.h"

namespace fairway::reader::bird {

namespace {

using Op = Node::Op;
using Kind = Token::Kind;

constexpr unsigned kDeepest = 100;

constexpr std::string_view kTypes[] = {"int",   "bool",   "ip",     "prefix",     "rd",      "pair",
                                       "quad",  "ec",     "lc",     "string",     "bgpmask", "bgppath",
                                       "clist", "eclist", "lclist", "bytestring", "enum",    "route"};

}  // namespace

void Parser::skip_statement(int depth) {
  for (;;) {
    const Token& token = peek();
    if (token.kind == Kind::end) return;
    if (lexer_.depth() <= depth && token.is("}")) return;
    const Token taken = take();
    if (lexer_.depth() > depth) continue;
    if (taken.is(";")) return;
    if (taken.is("}")) {
      if (peek().is(";")) take();
      return;
    }
  }
}

bool Parser::at_type() {
  return peek().kind == Kind::word && peek(1).kind == Kind::word &&
         std::find(std::begin(kTypes), std::end(kTypes), peek().text) != std::end(kTypes);
}

// "int x", "prefix set p": the name, which is known from here on.
std::uint32_t Parser::type_and_name() {
  take();
  if (peek().is("set") && peek(1).kind == Kind::word) take();
  const Token token = take();
  if (token.kind != Kind::word) fail("a name was expected");
  locals_.push_back(token.text);
  return name(token.text);
}

void Parser::definition() {
  failed_ = false;
  const int depth = lexer_.depth();
  const Token token = take();
  if (token.kind != Kind::word || !accept("=")) {
    reading_.complain(token.line, "a definition without a name");
    return skip_statement(depth);
  }
  naming_ = token.text;
  naming_line_ = token.line;
  Value value = constant_term();
  naming_ = {};
  defined_[token.text] = constant(std::move(value), token.line);
  skip_statement(depth);
}

void Parser::attribute() {
  const int depth = lexer_.depth();
  if (at_type()) {
    take();
    attributes_[take().text] = true;
  }
  skip_statement(depth);
}

void Parser::function() {
  failed_ = false;
  const Token token = take();
  locals_.clear();
  Function function{.name = std::string(token.text), .arguments = {}};
  expect("(");
  while (!failed_ && !peek().is(")") && at_type()) {
    function.arguments.push_back(type_and_name());
    if (!accept(";")) accept(",");
  }
  expect(")");
  if (accept("->")) {
    take();
    accept("set");
  }
  function.body = body();
  // Known only now: a function cannot call itself.
  functions_[token.text] = static_cast<std::uint32_t>(program_.functions.size());
  program_.functions.push_back(std::move(function));
  locals_.clear();
}

void Parser::filter() {
  const Token token = take();
  const NodeId node = filter_body();
  filters_[token.text] = node;
}

std::optional<NodeId> Parser::filter_named(std::string_view name) const {
  const auto found = filters_.find(name);
  if (found == filters_.end()) return std::nullopt;
  return found->second;
}

NodeId Parser::filter_body() {
  failed_ = false;
  locals_.clear();
  const NodeId node = body();
  locals_.clear();
  return node;
}

// Declarations of BIRD 1's place, then the block.
NodeId Parser::body() {
  const int depth = lexer_.depth();
  std::vector<NodeId> before;
  while (!failed_ && at_type()) before.push_back(declaration());
  if (failed_ || !peek().is("{")) {
    const NodeId node = fail("'{' was expected");
    skip_statement(depth);
    return node;
  }
  const NodeId main = block();
  if (before.empty()) return main;
  const std::uint32_t line = program_.nodes[main].line;
  before.push_back(main);
  return add({.op = Op::block, .line = line, .kids = std::move(before)});
}

NodeId Parser::block() {
  Node node{.op = Op::block, .line = take().line};
  const std::size_t locals = locals_.size();
  while (peek().kind != Kind::end && !peek().is("}")) node.kids.push_back(statement_or_unknown());
  take();
  locals_.resize(locals);
  return add(std::move(node));
}

NodeId Parser::statement_or_unknown() {
  const int depth = lexer_.depth();
  const std::uint32_t line = peek().line;
  const std::size_t complaints = reading_.complaints.size();
  failed_ = false;
  if (++deep_ > kDeepest) fail("nested too deeply");
  NodeId node = failed_ ? kNoNode : statement();
  --deep_;
  if (failed_) {
    std::string why = "not understood";
    if (reading_.complaints.size() > complaints) why += ": " + reading_.complaints.back().text;
    node = add({.op = Op::unknown, .line = line, .a = name(why)});
    skip_statement(depth);
    // An `else` that belongs to a statement passed over goes with it.
    while (peek().is("else") && !peek(1).is(":")) {
      take();
      skip_statement(depth);
    }
    failed_ = false;
  }
  return node;
}

NodeId Parser::statement() {
  const Token& token = peek();
  const std::uint32_t line = token.line;
  if (token.is("{")) return block();
  if (token.is(";")) {
    take();
    return add({.op = Op::nothing, .line = line});
  }
  if (token.is("if")) return condition();
  if (token.is("case")) return cases();
  if (token.is("for")) return loop();
  if (token.is("return")) {
    take();
    Node node{.op = Op::finish, .line = line};
    if (!peek().is(";")) node.kids.push_back(term());
    expect(";");
    return add(std::move(node));
  }
  if (token.is("accept") || token.is("reject") || token.is("error") || token.is("print") || token.is("printn")) {
    const Token word = take();
    while (!failed_ && !peek().is(";")) {  // what is printed
      term();
      if (!accept(",")) break;
    }
    expect(";");
    if (word.is("error")) return add({.op = Op::reject, .line = line});
    if (word.text.starts_with("print")) return add({.op = Op::nothing, .line = line});
    return add({.op = word.is("accept") ? Op::accept : Op::reject, .line = line});
  }
  if (token.is("unset")) {
    take();
    expect("(");
    Node node{.op = Op::unset, .line = line, .a = name(take().text)};
    expect(")");
    expect(";");
    return add(std::move(node));
  }
  if (at_type()) return declaration();
  return assignment_or_call();
}

NodeId Parser::declaration() {
  const std::uint32_t line = peek().line;
  Node node{.op = Op::declaration, .line = line, .a = type_and_name()};
  if (accept("=")) node.kids.push_back(term());
  expect(";");
  return add(std::move(node));
}

NodeId Parser::condition() {
  Node node{.op = Op::condition, .line = peek().line};
  while (!failed_) {
    take();  // if
    const int depth = lexer_.depth();
    NodeId truth = term();
    if (failed_) {  // a condition that is not understood may hold or not
      truth = add({.op = Op::unknown, .line = node.line, .a = name("not understood: a condition")});
      while (peek().kind != Kind::end && lexer_.depth() >= depth && !(lexer_.depth() == depth && peek().is("then")) &&
             !(lexer_.depth() == depth && (peek().is(";") || peek().is("}")))) {
        take();
      }
      failed_ = !peek().is("then");
    }
    node.kids.push_back(truth);
    if (failed_ || !expect("then")) return kNoNode;
    node.kids.push_back(statement_or_unknown());
    if (!peek().is("else") || peek(1).is(":")) break;
    take();
    if (peek().is("if")) continue;
    node.kids.push_back(statement_or_unknown());
    break;
  }
  return add(std::move(node));
}

NodeId Parser::cases() {
  Node node{.op = Op::cases, .line = take().line};
  node.kids.push_back(term());
  if (failed_ || !expect("{")) return kNoNode;
  const auto at_label = [&] {
    const Token& token = peek();
    return token.is("else") || token.is("(") || token.kind == Kind::number || token.kind == Kind::address ||
           (token.kind == Kind::word && parse_enumerated(token.text));
  };
  while (!failed_ && !peek().is("}")) {
    if (accept("else")) {
      node.kids.push_back(kNoNode);
    } else {
      auto set = std::make_shared<Set>();
      const std::uint32_t line = peek().line;
      if (!at_label()) return fail("a label was expected");
      do {
        set_item(*set);
      } while (!failed_ && accept(","));
      set->close();
      node.kids.push_back(constant(std::shared_ptr<const Set>(std::move(set)), line));
    }
    if (failed_ || !expect(":")) return kNoNode;
    Node commands{.op = Op::block, .line = peek().line};
    while (peek().kind != Kind::end && !peek().is("}") && !at_label()) commands.kids.push_back(statement_or_unknown());
    node.kids.push_back(add(std::move(commands)));
  }
  if (!expect("}")) return kNoNode;
  return add(std::move(node));
}

NodeId Parser::loop() {
  const std::uint32_t line = take().line;
  const std::size_t locals = locals_.size();
  const std::uint32_t variable = at_type() ? type_and_name() : name(take().text);
  if (!expect("in")) return kNoNode;
  const NodeId values = term();
  if (failed_ || !expect("do")) return kNoNode;
  const NodeId statement = statement_or_unknown();
  locals_.resize(locals);
  return add({.op = Op::loop, .line = line, .a = variable, .kids = {values, statement}});
}

// x = term; f(x); bgp_path.prepend(1);
NodeId Parser::assignment_or_call() {
  if (peek().kind != Kind::word) return fail("'" + std::string(peek().text) + "' begins no statement");
  const std::uint32_t line = peek().line;
  const NodeId object = word();
  if (failed_) return kNoNode;
  if (peek().is("=")) {
    take();
    const NodeId value = term();
    expect(";");
    return add({.op = Op::assignment, .line = line, .kids = {object, value}});
  }
  if (peek().is(".")) {  // the object becomes what the method answers
    const NodeId value = suffixes(object);
    expect(";");
    return add({.op = Op::assignment, .line = line, .kids = {object, value}});
  }
  expect(";");
  return object;
}

}  // namespace fairway::reader::bird
