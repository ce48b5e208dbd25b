// Reads the sets and route policies of IOS-XR, out of the lines between their first and last words.
#pragma once

#include <string_view>
#include <vector>

#include "core/wire/routerconfig/iosxr_policy.h"

namespace fairway::reader::iosxr {

struct Token {
  std::string_view text;
  std::uint32_t line = 0;
  bool quoted = false;
  bool is(std::string_view word) const { return !quoted && text == word; }
};

// The words of a line, and marks ( ) , as words of their own; '…' without its marks. What is behind '!' or '#' is left
// out.
void add_tokens(std::vector<Token>& tokens, std::string_view line, std::uint32_t number);

class Parser {
 public:
  Parser(Filters& filters, Reading& reading) : filters_(filters), reading_(reading) {}

  // `tokens`: what stands between the line that begins the set or policy and the one that ends it.
  void prefix_set(std::string_view name, std::uint32_t line, std::vector<Token> tokens);
  void path_set(std::string_view name, std::vector<Token> tokens);
  void community_set(std::string_view name, std::vector<Token> tokens);  // large ones too
  // Sets may stand behind the policies that name them: policies are read when all sets are.
  void policy(std::string_view name, std::uint32_t line, std::vector<Token> tokens);

 private:
  const Token& peek(std::size_t ahead = 0) const;
  Token take();
  bool accept(std::string_view word);
  void begin(std::vector<Token> tokens);
  NodeId add(Node node);
  NodeId unknown(std::string why);

  bool prefix_entries(RangeSet& set, NamedPrefixSet* named);
  bool path_entries(std::vector<PathTest>& tests);
  std::optional<PathTest> path_test();
  bool community_entries(CommunitySet& set);
  CommunityEntry community_entry();
  std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>> asn_places(std::string_view text);

  // A set by its name, or written in place in brackets.
  std::optional<std::uint32_t> some_prefixes();
  std::optional<std::uint32_t> some_paths();
  std::optional<std::uint32_t> some_communities();

  NodeId block();
  NodeId statement();
  NodeId condition_statement();
  NodeId set_statement();
  NodeId either();
  NodeId both();
  NodeId one_condition();

  Filters& filters_;
  Reading& reading_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  unsigned deep_ = 0;
  std::map<std::string, std::uint32_t, std::less<>> prefix_names_, path_names_, community_names_;
};

}  // namespace fairway::reader::iosxr
