// Reads terms, statements, filters and functions of BIRD into a Program. A statement that is not understood becomes a
// node that says so, and a complaint; the next is read as usual.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/wire/routerconfig/bird_lexer.h"
#include "core/wire/routerconfig/bird_program.h"

namespace fairway::reader::bird {

class Parser {
 public:
  Parser(std::string_view text, const Includes& includes, Reading& reading, Program& program)
      : lexer_(text, includes), reading_(reading), program_(program) {}

  Lexer& lexer() { return lexer_; }
  const Token& peek(unsigned ahead = 0) { return lexer_.peek(ahead); }
  Token take() { return lexer_.take(); }
  bool accept(std::string_view word);  // takes it if it is next

  // Definitions, the words "define", "function", "filter", "attribute" being taken.
  void definition();
  void function();
  void filter();
  void attribute();
  std::optional<NodeId> filter_named(std::string_view name) const;

  // A whole filter written in place, the brace next; a term, as behind `where`.
  NodeId filter_body();
  NodeId whole_term();             // kNoNode, or nodes without sense, where failed
  NodeId whole_term_or_unknown();  // a node that is not known, where failed
  // The value of a term that must be known now.
  Value constant_term();
  std::optional<std::uint32_t> number();

  // Passes over the rest of a statement: to the ';' of its level, or behind the '}' that closes what it opened.
  void skip_statement(int depth);

 private:
  // What reading a statement or a term found wrong; the rest of it is then passed over.
  bool failed() const { return failed_; }
  NodeId fail(std::string why);
  NodeId unknown(std::uint32_t line, std::string why);
  bool expect(std::string_view word);

  NodeId add(Node node);
  NodeId constant(Value value, std::uint32_t line);
  std::uint32_t name(std::string_view text);

  NodeId term();
  NodeId comparison();
  NodeId sum();
  NodeId product();
  NodeId factor();
  NodeId suffixes(NodeId object);
  NodeId primary();
  NodeId parenthesis();
  NodeId address();
  NodeId word();
  NodeId empty_list();
  NodeId path_mask();
  std::vector<NodeId> arguments();  // behind the '('
  NodeId validation(std::uint32_t line, std::string_view function);

  NodeId set();
  void set_item(Set& set);
  void prefix_item(Set& set);
  void tuple_item(Set& set);
  std::optional<std::pair<std::uint32_t, std::uint32_t>> number_range();
  std::optional<Key> atom();

  NodeId statement();
  NodeId statement_or_unknown();
  NodeId block();
  NodeId condition();
  NodeId cases();
  NodeId loop();
  NodeId declaration();
  NodeId assignment_or_call();
  bool at_type();
  std::uint32_t type_and_name();
  NodeId body();

  Lexer lexer_;
  Reading& reading_;
  Program& program_;
  boost::unordered_flat_map<std::string_view, NodeId> defined_;
  boost::unordered_flat_map<std::string_view, std::uint32_t> functions_, names_;
  boost::unordered_flat_map<std::string_view, NodeId> filters_;
  boost::unordered_flat_map<std::string_view, bool> attributes_;
  std::vector<std::string_view> locals_;
  unsigned deep_ = 0;
  bool failed_ = false;
  std::string_view naming_;  // the define whose value is read, for its set's name
  std::uint32_t naming_line_ = 0;
};

}  // namespace fairway::reader::bird
