// Reads bgpd.conf(5). A rule or a line that is not understood becomes a complaint; a rule with a parameter that is not
// understood stays, and may match or not.
#pragma once

#include <deque>
#include <memory>

#include "base/text.h"
#include "core/wire/routerconfig/openbgpd_lexer.h"
#include "core/wire/routerconfig/openbgpd_rules.h"

namespace fairway::reader::openbgpd {

class Filters : public Interpreter {
 public:
  std::deque<PrefixSetMatch> prefix_sets, origin_sets;
  std::deque<AsnSet> asn_sets;
  std::vector<Rule> rules;
  std::vector<RouterSession> sessions;
  std::vector<std::vector<Action>> session_actions;  // `set` of a neighbour or its group, by session
  std::vector<std::uint8_t> exports;                 // by session: 0 by the rules, 1 nothing, 2 the default route alone
  bool validates = false;                            // there is something to validate origins by

  Decision run(std::size_t session, Direction direction, const Probe& probe, Doubt& doubt) const override;
};

class Reader {
 public:
  Reader(std::string_view text, const Includes& includes)
      : filters_(std::make_shared<Filters>()), lexer_(text, includes, reading_.complaints) {}

  Result<Reading> read();

 private:
  // What a neighbour has, its group's included.
  struct Neighbour {
    RouterSession session;
    std::vector<Action> actions;
    std::optional<bool> enforces_first_as, accepts_own_asn;
    std::uint8_t exports = 0;
    bool announces[2] = {false, false}, announces_said[2] = {false, false};
  };

  void statement();
  void global(const Token& word);
  void not_understood(std::string_view what);

  // openbgpd_sets.cc
  void as_set();
  void prefix_set();
  void origin_set(bool roas);
  std::optional<Prefix> prefix();
  bool prefix_lengths(const Prefix& prefix, PrefixSetMatch& set, std::uint32_t value, NamedPrefixSet* named);
  bool prefix_list(PrefixSetMatch& set, unsigned deep);

  // openbgpd_neighbors.cc
  void group();
  void neighbour(const Neighbour& from);
  void neighbour_option(Neighbour& neighbour);
  void finish(Neighbour neighbour);

  // openbgpd_filter.cc
  void rule();
  bool peers(Rule& rule);
  bool peer(Rule& rule);
  bool parameter(Rule& rule);
  bool as_parameters(Rule& rule);
  bool as_parameter(Rule& rule);
  bool as_value(AsMatch& match);
  std::optional<Number> number_or_word(std::string_view text);
  std::optional<CommunityPattern> community(std::string_view text);
  bool actions(std::vector<Action>& actions);
  bool action(std::vector<Action>& actions);

  const Token& peek() { return lexer_.peek(); }
  Token take() { return lexer_.take(); }
  bool accept(std::string_view word) { return lexer_.accept(word); }
  bool yes() { return take().is("yes"); }
  template <class T>
  std::optional<T> number() {
    const auto value = parse_number<T>(peek().text);
    if (value) take();
    return value;
  }

  Reading reading_;
  std::shared_ptr<Filters> filters_;
  Lexer lexer_;
  std::optional<Asn> asn_;
  bool rejects_as_sets_ = false;
};

}  // namespace fairway::reader::openbgpd
