// Sets of ASNs and prefixes, and lists of prefixes.
#include <algorithm>

#include "core/wire/routerconfig/openbgpd_reader.h"

namespace fairway::reader::openbgpd {

namespace {

constexpr unsigned kDeepest = 8;

}  // namespace

// as-set NAME { 64500 64501, 1.10 }
void Reader::as_set() {
  take();
  const Token name = take();
  if (!accept("{")) return not_understood("an as-set");
  NamedAsnSet named{std::string(name.text), name.line, {}};
  AsnSet set{.name = named.name};
  for (lexer_.skip_newlines(true); peek().kind != Token::Kind::end && !peek().is("}"); lexer_.skip_newlines(true)) {
    const Token token = take();
    if (const auto asn = parse_asn(token.text); asn && token.kind == Token::Kind::word) {
      set.asns.add(*asn, *asn);
      named.ranges.emplace_back(*asn, *asn);
    } else {
      reading_.complain(token.line, "not understood in an as-set: " + std::string(token.text));
    }
  }
  accept("}");
  set.asns.close();
  filters_->asn_sets.push_back(std::move(set));
  reading_.asn_sets.push_back(std::move(named));
}

// 192.0.2.0/24, 10/8, 2001:db8::/32. Host bits are cleared, as bgpd does. Nothing: what was read is no prefix.
std::optional<Prefix> Reader::prefix() {
  const Token token = take();
  std::string address(token.text);
  if (address.find(':') == std::string::npos) {  // "10/8" stands for "10.0.0.0/8"
    for (auto dots = std::ranges::count(address, '.'); dots < 3; ++dots) address += ".0";
  }
  const auto ip = parse_ip(address);
  if (token.kind != Token::Kind::word || !ip || !accept("/")) return std::nullopt;
  const auto length = number<unsigned>();
  if (!length || *length > address_bits(ip->family)) return std::nullopt;
  return Prefix(*ip, *length);
}

// What stands behind a prefix: nothing, or-longer, maxlen N, prefixlen with an operator. False: not understood.
bool Reader::prefix_lengths(const Prefix& prefix, PrefixSetMatch& set, std::uint32_t value, NamedPrefixSet* named) {
  const unsigned own = prefix.length(), bits = address_bits(prefix.family());
  const std::uint32_t line = peek().line;
  const auto add = [&](unsigned least, unsigned most) {
    least = std::max(least, own);
    if (most < least || most > bits) return;
    const PrefixRange range{prefix, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)};
    set.ranges.add(range, value);
    if (named != nullptr) named->entries.push_back({range, line, true});
  };
  if (accept("or-longer")) {
    add(own, bits);
  } else if (accept("maxlen")) {
    const auto most = number<unsigned>();
    if (!most) return false;
    add(own, *most);
  } else if (accept("prefixlen")) {
    const bool has_operator = peek().kind == Token::Kind::mark;
    const std::string_view sign = has_operator ? take().text : "=";
    const auto first = number<unsigned>();
    if (!first) return false;
    if (!has_operator && (peek().is("-") || peek().is("><"))) {
      const bool outside = take().is("><");
      const auto last = number<unsigned>();
      if (!last || *last < *first) return false;
      if (!outside) {
        add(*first, *last);
      } else {
        if (*first > 0) add(own, *first - 1);
        add(*last + 1, bits);
      }
    } else if (sign == "=") {
      add(*first, *first);
    } else if (sign == "!=") {
      if (*first > 0) add(own, *first - 1);
      add(*first + 1, bits);
    } else if (sign == "<") {
      if (*first > 0) add(own, *first - 1);
    } else if (sign == "<=") {
      add(own, *first);
    } else if (sign == ">") {
      add(*first + 1, bits);
    } else if (sign == ">=") {
      add(*first, bits);
    } else {
      return false;
    }
  } else {
    add(own, own);
    return true;
  }
  set.has_operators = true;
  return true;
}

// prefix-set NAME { 192.0.2.0/24 or-longer, ... }
void Reader::prefix_set() {
  take();
  const Token name = take();
  if (!accept("{")) return not_understood("a prefix-set");
  NamedPrefixSet named{std::string(name.text), name.line, {}};
  PrefixSetMatch set{.name = named.name, .ranges = {}, .origins = {}};
  for (lexer_.skip_newlines(true); peek().kind != Token::Kind::end && !peek().is("}"); lexer_.skip_newlines(true)) {
    const Token first = peek();
    const auto block = prefix();
    if (!block || !prefix_lengths(*block, set, static_cast<std::uint32_t>(named.entries.size()), &named)) {
      reading_.complain(first.line, "not understood in a prefix-set: " + std::string(first.text));
    }
  }
  accept("}");
  filters_->prefix_sets.push_back(std::move(set));
  reading_.prefix_sets.push_back(std::move(named));
}

// origin-set NAME { 192.0.2.0/24 maxlen 26 source-as 64500 ... }; roa-set is the same without a name.
void Reader::origin_set(bool roas) {
  const std::uint32_t line = take().line;
  PrefixSetMatch set;
  if (!roas) set.name = take().text;
  if (!accept("{")) return not_understood("an origin-set");
  for (lexer_.skip_newlines(true); peek().kind != Token::Kind::end && !peek().is("}"); lexer_.skip_newlines(true)) {
    const Token first = peek();
    const auto block = prefix();
    bool fine = block.has_value();
    if (fine) fine = prefix_lengths(*block, set, static_cast<std::uint32_t>(set.origins.size()), nullptr);
    const auto asn = fine && accept("source-as") ? parse_asn(take().text) : std::nullopt;
    if (accept("expires")) take();
    set.origins.push_back(asn.value_or(Asn{0}));
    if (!asn) reading_.complain(first.line, "not understood in an origin-set: " + std::string(first.text));
  }
  accept("}");
  if (roas) {
    reading_.validation.listed = !set.origins.empty();
    if (reading_.validation.line == 0) reading_.validation.line = line;
  } else {
    filters_->origin_sets.push_back(std::move(set));
  }
}

// A prefix, or several in brackets, which may hold brackets again.
bool Reader::prefix_list(PrefixSetMatch& set, unsigned deep) {
  if (!accept("{")) {
    const auto block = prefix();
    return block && prefix_lengths(*block, set, 0, nullptr);
  }
  if (deep == kDeepest) return false;
  for (lexer_.skip_newlines(true); !peek().is("}"); lexer_.skip_newlines(true)) {
    if (peek().kind == Token::Kind::end || !prefix_list(set, deep + 1)) return false;
  }
  take();
  return true;
}

}  // namespace fairway::reader::openbgpd
