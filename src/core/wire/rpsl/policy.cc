#include "core/wire/rpsl/policy.h"

#include <algorithm>
#include <array>

#include "core/wire/rpsl/policy_reader.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway {

namespace {

using rpsl::PolicyReader;

struct Attribute {
  std::string_view name;
  PolicyDirection direction;
  std::uint8_t afi;  // where no afi list says else
  bool via = false;
};
constexpr Attribute kAttributes[] = {
    {"import", PolicyDirection::imports, kIpv4Unicast},
    {"export", PolicyDirection::exports, kIpv4Unicast},
    {"default", PolicyDirection::defaults, kIpv4Unicast},
    {"mp-import", PolicyDirection::imports, kEveryAfi},
    {"mp-export", PolicyDirection::exports, kEveryAfi},
    {"mp-default", PolicyDirection::defaults, kEveryAfi},
    {"import-via", PolicyDirection::imports, kEveryAfi, true},
    {"export-via", PolicyDirection::exports, kEveryAfi, true},
};

const Attribute* attribute_of(std::string_view name) {
  const auto found = std::find_if(std::begin(kAttributes), std::end(kAttributes),
                                  [&](const Attribute& known) { return equal_ignoring_case(known.name, name); });
  return found == std::end(kAttributes) ? nullptr : found;
}

// Names of protocols that carry routes between ASes (RFC 2622 section 7.1, RFC 4012 section 2.3).
bool is_bgp(std::string_view protocol) {
  return equal_ignoring_case(protocol, "BGP4") || equal_ignoring_case(protocol, "MPBGP") ||
         equal_ignoring_case(protocol, "BGP");
}

class RuleReader {
 public:
  RuleReader(const Attribute& attribute, std::string_view value, AutNumPolicy& policy, PolicyRule& rule)
      : attribute_(attribute), policy_(policy), rule_(rule), reader_(value, policy.parts) {}

  std::optional<Error> read() {
    rule_.direction = attribute_.direction;
    rule_.afi = attribute_.afi;
    for (const std::string_view word : {"protocol", "into"}) {
      if (reader_.take_if(word) && !is_bgp(reader_.take())) rule_.between_ases = false;
    }
    if (reader_.take_if("afi")) rule_.afi = rpsl::read_afi_list(reader_);
    if (rule_.direction == PolicyDirection::defaults) {
      read_default();
    } else {
      rule_.step = expression();
      reader_.take_if(";");
    }
    if (!reader_.failed() && !reader_.word().empty()) reader_.fail_at_word("part of the rule");
    if (reader_.failed()) keep_what_was_read();
    return reader_.error();
  }

 private:
  // Of a rule with one factor its neighbours, if those were read. Nothing else is sure.
  void keep_what_was_read() {
    rule_.unread = true;
    PolicyFactor factor;
    factor.peering = any();
    if (first_peerings_) factor = *first_peerings_;
    factor.filter = reader_.unread();
    rule_.step = add(factor);
  }

  std::uint32_t any() { return policy_.parts.add(PolicyNode{PolicyNode::Kind::any, {}, 0, 0}); }

  void read_default() {
    PolicyFactor factor;
    if (!reader_.take_if("to")) return reader_.fail_at_word("'to'");
    factor.peering = rpsl::read_peering(reader_);
    if (reader_.take_if("action")) rpsl::skip_actions(reader_);
    factor.filter = reader_.take_if("networks") ? rpsl::read_filter(reader_) : any();
    reader_.take_if(";");
    rule_.step = add(factor);
  }

  std::uint32_t add(PolicyStep step) {
    policy_.steps.push_back(step);
    return static_cast<std::uint32_t>(policy_.steps.size() - 1);
  }
  std::uint32_t add(const PolicyFactor& factor) {
    policy_.factors.push_back(factor);
    return add_factors(policy_.factors.size() - 1);
  }
  std::uint32_t add_factors(std::size_t first) {
    const auto end = static_cast<std::uint32_t>(policy_.factors.size());
    return add({PolicyStep::Kind::factors, kEveryAfi, static_cast<std::uint32_t>(first), end});
  }

  // <term> [(EXCEPT | REFINE) [afi ...] <expression>]
  std::uint32_t expression() {
    if (!reader_.enter()) return 0;
    const std::uint32_t left = reader_.is("{") ? braces() : one_factor();
    const std::uint32_t all = with_operator(left);
    reader_.leave();
    return all;
  }

  std::uint32_t with_operator(std::uint32_t left) {
    const bool except = reader_.is("except");
    if (!except && !reader_.is("refine")) return left;
    reader_.take();
    first_peerings_.reset();
    structured_ = true;
    std::uint8_t afi = kEveryAfi;
    if (reader_.take_if("afi")) afi = rpsl::read_afi_list(reader_);
    const std::uint32_t right = expression();
    return add({except ? PolicyStep::Kind::except : PolicyStep::Kind::refine, afi, left, right});
  }

  std::uint32_t one_factor() {
    const std::size_t first = policy_.factors.size();
    factor();
    return add_factors(first);
  }

  // RFC 2622 section 6.6 has a whole expression between braces in its example, though not in its grammar.
  std::uint32_t braces() {
    reader_.take();
    structured_ = true;
    const std::size_t first = policy_.factors.size();
    do {
      factor();
    } while (!reader_.failed() && !reader_.is("}") && !reader_.is("except") && !reader_.is("refine"));
    const std::uint32_t all = with_operator(add_factors(first));
    if (!reader_.take_if("}")) reader_.fail_at_word("'}'");
    reader_.take_if(";");
    return all;
  }

  // [via] from <peering> [action ...] ... accept <filter> [;]
  void factor() {
    const bool imports = rule_.direction == PolicyDirection::imports;
    const std::string_view preposition = imports ? "from" : "to", verb = imports ? "accept" : "announce";
    std::vector<std::uint32_t> peerings, vias;
    while (!reader_.failed() && !(reader_.is(verb) && !peerings.empty())) {
      if (attribute_.via) vias.push_back(rpsl::read_peering(reader_));
      if (!reader_.take_if(preposition)) return reader_.fail_at_word("'" + std::string(preposition) + "'");
      peerings.push_back(rpsl::read_peering(reader_));
      if (reader_.take_if("action")) rpsl::skip_actions(reader_);
      reader_.take_if(";");
    }
    if (reader_.failed()) return;
    reader_.take();
    PolicyFactor factor;
    factor.peering = policy_.parts.add(PolicyNode::Kind::disjunction, peerings);
    if (attribute_.via) factor.via = policy_.parts.add(PolicyNode::Kind::disjunction, vias);
    if (!structured_) first_peerings_ = factor;
    factor.filter = rpsl::read_filter(reader_);
    reader_.take_if(";");
    policy_.factors.push_back(factor);
  }

  const Attribute& attribute_;
  AutNumPolicy& policy_;
  PolicyRule& rule_;
  PolicyReader reader_;
  bool structured_ = false;
  std::optional<PolicyFactor> first_peerings_;
};

}  // namespace

bool is_policy_attribute(std::string_view name) { return attribute_of(name) != nullptr; }

std::optional<Error> read_policy_rule(std::string_view name, std::string_view value, AutNumPolicy& policy) {
  const Attribute* attribute = attribute_of(name);
  PolicyRule rule;
  rule.text = to_lower(name) + ": " + std::string(value);
  auto error = RuleReader(attribute == nullptr ? kAttributes[0] : *attribute, value, policy, rule).read();
  policy.rules.push_back(std::move(rule));
  return error;
}

std::optional<PolicyNode::Kind> kind_of_set(std::string_view text) {
  using Kind = PolicyNode::Kind;
  struct Prefix {
    std::string_view text;
    Kind kind;
  };
  static constexpr Prefix kPrefixes[] = {
      {"as-", Kind::as_set}, {"rs-", Kind::route_set}, {"fltr-", Kind::filter_set}, {"prng-", Kind::peering_set}};
  if (const std::size_t pin = text.find("::"); pin != std::string_view::npos) {
    if (pin == 0) return std::nullopt;
    text.remove_prefix(pin + 2);
  }
  std::string plain = to_upper(text);  // the PEERAS of "AS1:AS-FOO:PEERAS" stands for an AS number
  for (std::size_t at = 0; (at = plain.find("PEERAS", at)) != std::string::npos; ++at) {
    const bool whole = (at == 0 || plain[at - 1] == ':') && (at + 6 == plain.size() || plain[at + 6] == ':');
    if (whole) plain.replace(at, 6, "AS0");
  }
  if (!parse_set_name(plain)) return std::nullopt;
  // Of a hierarchical name the first part that is not an AS number.
  while (!text.empty()) {
    const std::string_view part = cut(text, ':');
    for (const Prefix& prefix : kPrefixes) {
      if (part.size() > prefix.text.size() && equal_ignoring_case(part.substr(0, prefix.text.size()), prefix.text)) {
        return prefix.kind;
      }
    }
  }
  return std::nullopt;
}

std::optional<PolicySetReading> read_policy_set(const RpslObject& object) {
  const std::string name = rpsl_value(object.attributes.front().value);
  const bool filter = equal_ignoring_case(object.attributes.front().name, "filter-set");
  if (kind_of_set(name) != (filter ? PolicyNode::Kind::filter_set : PolicyNode::Kind::peering_set)) return std::nullopt;
  PolicySetReading reading;
  reading.set.of_peerings = !filter;
  reading.set.name = to_upper(name);
  std::vector<std::uint32_t> found[2];  // of the RFC 2622 attribute, of the multi-protocol one
  for (const RpslAttribute& attribute : object.attributes) {
    const std::string_view wanted = filter ? "filter" : "peering";
    const bool plain = equal_ignoring_case(attribute.name, wanted);
    if (!plain && !equal_ignoring_case(attribute.name, "mp-" + std::string(wanted))) continue;
    const std::string value = rpsl_value(attribute.value);
    PolicyReader reader(value, reading.set.parts);
    std::uint32_t read = filter ? rpsl::read_filter(reader) : rpsl::read_peering(reader);
    reader.take_if(";");
    if (!reader.failed() && !reader.word().empty()) reader.fail_at_word(wanted);
    if (reader.failed()) {
      read = reader.unread();
      reading.set.unread = true;
      if (!reading.error) reading.error = reader.error();
    }
    found[plain ? 0 : 1].push_back(read);
  }
  const auto join = [&](const std::vector<std::uint32_t>& expressions) -> std::optional<std::uint32_t> {
    if (expressions.empty()) return std::nullopt;
    return reading.set.parts.add(PolicyNode::Kind::disjunction, expressions);
  };
  const auto plain = join(found[0]), mp = join(found[1]);
  reading.set.ipv4 = plain ? plain : mp;
  reading.set.ipv6 = mp ? mp : plain;
  return reading;
}

}  // namespace fairway
