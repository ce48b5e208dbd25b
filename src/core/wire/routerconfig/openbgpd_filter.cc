// Filter rules and attribute sets.
#include <algorithm>
#include <utility>

#include "core/wire/routerconfig/openbgpd_reader.h"

namespace fairway::reader::openbgpd {

namespace {

constexpr std::pair<std::string_view, Community> kWellKnown[] = {
    {"BLACKHOLE", kBlackhole},      {"GRACEFUL_SHUTDOWN", kGracefulShutdown},    {"NO_EXPORT", kNoExport},
    {"NO_ADVERTISE", kNoAdvertise}, {"NO_EXPORT_SUBCONFED", kNoExportSubconfed}, {"NO_PEER", kNoPeer}};

template <class Set>
const Set* named(const std::deque<Set>& sets, std::string_view name) {
  const auto found = std::ranges::find(sets, name, &Set::name);
  return found == sets.end() ? nullptr : &*found;
}

}  // namespace

void Reader::rule() {
  Rule rule;
  const Token verdict = take();
  rule.line = verdict.line;
  rule.verdict = verdict.is("allow")  ? Rule::Verdict::allow
                 : verdict.is("deny") ? Rule::Verdict::deny
                                      : Rule::Verdict::match;
  rule.text = verdict.text;
  rule.quick = accept("quick");
  if (accept("rib")) {
    const Token rib = take();
    if (!rib.is("Loc-RIB")) rule.not_understood = "a rule of one RIB: " + std::string(rib.text);
  }
  const Token direction = take();
  rule.direction = direction.is("to") ? Direction::export_ : Direction::import;
  rule.text.append(" ").append(direction.text);
  bool fine = (direction.is("from") || direction.is("to")) && peers(rule);
  while (fine && !peek().ends_line() && !peek().is("}")) {
    const Token word = peek();
    if (accept("set")) {
      fine = actions(rule.actions);
    } else {
      fine = parameter(rule);
      if (fine && word.kind == Token::Kind::word && rule.text.size() < 80) rule.text.append(" ").append(word.text);
    }
  }
  if (!fine) {
    reading_.complain(rule.line, "not understood in a rule: '" + std::string(peek().text) + "'");
    if (rule.not_understood.empty()) rule.not_understood = "not understood in a rule";
    if (rule.peers.empty()) rule.peers.push_back({});
    lexer_.skip_line();
  }
  filters_->rules.push_back(std::move(rule));
}

bool Reader::peers(Rule& rule) {
  if (!accept("{")) return peer(rule);
  for (lexer_.skip_newlines(true); !peek().is("}"); lexer_.skip_newlines(true)) {
    if (!peer(rule)) return false;
  }
  take();
  return true;
}

bool Reader::peer(Rule& rule) {
  const Token word = take();
  if (rule.text.size() < 80) rule.text.append(" ").append(word.text);
  if (word.is("any")) return rule.peers.push_back({}), true;
  if (word.is("ibgp")) return rule.peers.push_back({.kind = PeerMatch::Kind::ibgp}), true;
  if (word.is("ebgp")) return rule.peers.push_back({.kind = PeerMatch::Kind::ebgp}), true;
  if (word.is("group")) {
    const Token name = take();
    if (name.ends_line()) return false;
    return rule.peers.push_back({.kind = PeerMatch::Kind::group, .group = std::string(name.text)}), true;
  }
  if (word.is("AS")) {
    const auto asn = parse_asn(take().text);
    if (!asn) return false;
    return rule.peers.push_back({.kind = PeerMatch::Kind::asn, .asn = *asn}), true;
  }
  const auto address = parse_ip(word.text);
  if (!address || word.kind != Token::Kind::word) return false;
  return rule.peers.push_back({.kind = PeerMatch::Kind::address, .address = *address}), true;
}

bool Reader::parameter(Rule& rule) {
  const Token& word = peek();
  if (word.is("{") || word.is("AS") || word.is("peer-as") || word.is("source-as") || word.is("transit-as") ||
      word.is("empty-as")) {
    return as_parameters(rule);
  }
  const Token name = take();
  if (name.is("inet") || name.is("inet6")) {
    rule.family = name.is("inet") ? Family::ipv4 : Family::ipv6;
    if (!peek().is("prefixlen")) return true;
    rule.prefixes.emplace();
    return prefix_lengths(Prefix(*rule.family, 0, 0, 0), *rule.prefixes, 0, nullptr);
  }
  if (name.is("prefix")) {
    rule.prefixes.emplace();
    return prefix_list(*rule.prefixes, 0);
  }
  if (name.is("prefix-set") || name.is("origin-set")) {
    const bool origins = name.is("origin-set");
    const Token set = take();
    (origins ? rule.origin_set : rule.prefix_set) =
        named(origins ? filters_->origin_sets : filters_->prefix_sets, set.text);
    if (!origins) rule.or_longer = accept("or-longer");
    if ((origins ? rule.origin_set : rule.prefix_set) == nullptr) {
      rule.not_understood = "no set is named " + std::string(set.text);
      reading_.complain(set.line, rule.not_understood);
    }
    return true;
  }
  if (name.is("max-as-len")) return (rule.max_as_len = number<unsigned>()).has_value();
  if (name.is("max-as-seq")) return (rule.max_as_seq = number<unsigned>()).has_value();
  if (name.is("max-communities")) return (rule.max_communities = number<unsigned>()).has_value();
  if (name.is("max-large-communities")) return (rule.max_large_communities = number<unsigned>()).has_value();
  if (name.is("community") || name.is("large-community")) {
    auto pattern = community(take().text);
    if (!pattern || pattern->parts.size() != (name.is("community") ? 2u : 3u)) return false;
    rule.communities.push_back(*std::move(pattern));
    return true;
  }
  if (name.is("ovs") || name.is("avs")) {
    const Token state = take();
    std::optional<Validation>& asked = name.is("ovs") ? rule.ovs : rule.avs;
    if (state.is("valid")) asked = Validation::valid;
    if (state.is("invalid")) asked = Validation::invalid;
    if (state.is("not-found") || state.is("unknown")) asked = Validation::unknown;
    return asked.has_value();
  }
  if (name.is("nexthop")) {
    const Token address = take();
    rule.next_hop_is_neighbour = address.is("neighbor");
    rule.next_hop = parse_ip(address.text);
    return rule.next_hop_is_neighbour || rule.next_hop;
  }
  if (name.is("ext-community") || name.is("max-ext-communities")) {
    rule.not_understood = "extended communities are not followed";
    while (!peek().ends_line() && !peek().is("set") && !peek().is("}")) take();
    return true;
  }
  return false;
}

// AS 1, AS { 1, 2 - 4 }, AS as-set NAME, { AS 1, source-as 2 }
bool Reader::as_parameters(Rule& rule) {
  if (!accept("{")) return as_parameter(rule);
  for (lexer_.skip_newlines(true); !peek().is("}"); lexer_.skip_newlines(true)) {
    if (!as_parameter(rule)) return false;
  }
  take();
  return true;
}

bool Reader::as_parameter(Rule& rule) {
  static constexpr std::pair<std::string_view, AsMatch::Part> kParts[] = {{"AS", AsMatch::Part::any},
                                                                          {"peer-as", AsMatch::Part::peer},
                                                                          {"source-as", AsMatch::Part::source},
                                                                          {"transit-as", AsMatch::Part::transit},
                                                                          {"empty-as", AsMatch::Part::empty}};
  const Token word = take();
  const auto part = std::ranges::find(kParts, word.text, &std::pair<std::string_view, AsMatch::Part>::first);
  if (word.kind != Token::Kind::word || part == std::end(kParts)) return false;
  AsMatch match{.part = part->second};
  if (match.part == AsMatch::Part::empty) return rule.as_matches.push_back(match), true;
  if (accept("as-set")) {
    const Token set = take();
    match.set = named(filters_->asn_sets, set.text);
    if (match.set == nullptr) {
      rule.not_understood = "no as-set is named " + std::string(set.text);
      reading_.complain(set.line, rule.not_understood);
      return true;
    }
    return rule.as_matches.push_back(match), true;
  }
  if (!accept("{")) return as_value(match) && (rule.as_matches.push_back(match), true);
  for (lexer_.skip_newlines(true); !peek().is("}"); lexer_.skip_newlines(true)) {
    AsMatch one = match;
    if (!as_value(one)) return false;
    rule.as_matches.push_back(one);
  }
  take();
  return true;
}

bool Reader::as_value(AsMatch& match) {
  if (accept("!=")) {
    match.outside = true;
  } else {
    accept("=");
  }
  const auto first = number_or_word(take().text);
  if (!first) return false;
  match.first = match.last = *first;
  if (match.outside || !(peek().is("-") || peek().is("><"))) return true;
  match.outside = take().is("><");
  const auto last = number_or_word(take().text);
  if (!last) return false;
  match.last = *last;
  return true;
}

std::optional<Number> Reader::number_or_word(std::string_view text) {
  if (text == "*") return Number{Number::Kind::any, 0};
  if (text == "neighbor-as") return Number{Number::Kind::neighbour, 0};
  if (text == "local-as") return Number{Number::Kind::local, 0};
  if (const auto asn = parse_asn(text)) return Number{Number::Kind::value, asn->value};
  return std::nullopt;
}

std::optional<CommunityPattern> Reader::community(std::string_view text) {
  CommunityPattern pattern;
  for (const auto& [name, value] : kWellKnown) {
    if (name != text) continue;
    pattern.parts = {{Number::Kind::value, value.value >> 16}, {Number::Kind::value, value.value & 0xffff}};
    return pattern;
  }
  for (const std::string_view part : split(text, ':')) {
    const auto number = number_or_word(part);
    if (!number) return std::nullopt;
    pattern.parts.push_back(*number);
  }
  return pattern;
}

bool Reader::actions(std::vector<Action>& list) {
  if (!accept("{")) return action(list);
  for (lexer_.skip_newlines(true); !peek().is("}"); lexer_.skip_newlines(true)) {
    if (!action(list)) return false;
  }
  take();
  return true;
}

bool Reader::action(std::vector<Action>& list) {
  const Token name = take();
  Action action;
  const auto amount = [&](Action::Kind kind) {
    action.kind = kind;
    std::string_view text = take().text;
    bool minus = false;
    if (text == "+" || text == "-") {
      action.relative = true;
      minus = text == "-";
      text = take().text;
    } else if (text.starts_with('+') || text.starts_with('-')) {
      action.relative = true;
      minus = text[0] == '-';
      text.remove_prefix(1);
    }
    const auto number = parse_number<std::uint32_t>(text);
    if (!number) return false;
    action.number = minus ? -std::int64_t{*number} : *number;
    return true;
  };
  bool fine = true;
  if (name.is("localpref")) {
    fine = amount(Action::Kind::local_pref);
  } else if (name.is("med") || name.is("metric")) {
    fine = amount(Action::Kind::med);
  } else if (name.is("weight")) {
    fine = amount(Action::Kind::weight);
  } else if (name.is("prepend-self")) {
    fine = amount(Action::Kind::prepend_self);
  } else if (name.is("prepend-neighbor")) {
    fine = amount(Action::Kind::prepend_neighbour);
  } else if (name.is("community") || name.is("large-community")) {
    action.kind = Action::Kind::community;
    action.remove = accept("delete");
    auto pattern = community(take().text);
    fine = pattern && pattern->parts.size() == (name.is("community") ? 2u : 3u);
    if (fine) action.community = *std::move(pattern);
  } else if (name.is("nexthop")) {
    action.kind = Action::Kind::next_hop;
    action.next_hop = parse_ip(take().text);
  } else if (name.is("ext-community")) {
    accept("delete");
    if (!take().ends_line() && !peek().ends_line() && !peek().is("}")) take();
  } else if (name.is("origin") || name.is("pftable") || name.is("rtlabel")) {
    take();
  } else {
    return false;
  }
  if (fine) list.push_back(std::move(action));
  return fine;
}

}  // namespace fairway::reader::openbgpd
