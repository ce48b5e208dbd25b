// Filters (RFC 2622 section 5.4): NOT binds closest, then AND, then OR, which may be left out. EXCEPT, which the RFC
// has for peerings, is AND NOT here too.
#include "core/wire/rpsl/policy.h"
#include "core/wire/rpsl/policy_reader.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway::rpsl {

namespace {

using Kind = PolicyNode::Kind;

class FilterReader {
 public:
  explicit FilterReader(PolicyReader& reader) : reader_(reader), parts_(reader.parts()) {}

  std::uint32_t disjunction() {
    std::vector<std::uint32_t> operands = {conjunction()};
    while (!reader_.failed()) {
      if (!reader_.take_if("or") && at_end()) break;
      operands.push_back(conjunction());
    }
    return reader_.failed() ? reader_.unread() : parts_.add(Kind::disjunction, operands);
  }

 private:
  bool at_end() {
    const std::string_view word = reader_.word();
    return word.empty() || word == ";" || word == ")" || word == "}" || reader_.is("refine") || reader_.is("except");
  }

  // EXCEPT of a filter, not of a structured policy (RFC 2622 section 6.6), whose other side begins otherwise.
  bool excepts() {
    if (!reader_.is("except")) return false;
    const std::string_view next = reader_.word_behind(reader_.word_behind(1) == "{" ? 2 : 1);
    for (const std::string_view begin : {"from", "to", "afi"}) {
      if (equal_ignoring_case(next, begin)) return false;
    }
    return true;
  }

  std::uint32_t conjunction() {
    std::vector<std::uint32_t> operands = {negation()};
    while (!reader_.failed()) {
      const bool except = excepts();
      if (!except && !reader_.is("and")) break;
      reader_.take();
      const std::uint32_t operand = negation();
      operands.push_back(except ? parts_.add(Kind::negation, {operand}) : operand);
    }
    return parts_.add(Kind::conjunction, operands);
  }

  std::uint32_t negation() {
    bool negative = false;
    while (reader_.take_if("not")) negative = !negative;
    const std::uint32_t operand = leaf();
    return negative ? parts_.add(Kind::negation, {operand}) : operand;
  }

  std::uint32_t leaf() {
    if (reader_.take_if("(")) {
      return reader_.in_parentheses([&] { return disjunction(); });
    }
    if (reader_.take_if("{")) return prefixes();
    if (reader_.take_if("<")) return read_path(reader_);
    return word();
  }

  std::uint32_t prefixes() {
    std::vector<std::pair<Prefix, RangeOperator>> listed;
    for (;;) {
      while (reader_.take_if(",")) {
      }
      if (reader_.take_if("}")) break;
      const std::string_view text = reader_.word();
      const std::size_t hat = std::min(text.find('^'), text.size());
      const auto prefix = parse_prefix(text.substr(0, hat), true);
      const auto range = parse_range_operator(text.substr(hat));
      if (!prefix || !range) {
        reader_.fail_at_word("prefix");
        return reader_.unread();
      }
      reader_.take();
      listed.emplace_back(*prefix, *range);
    }
    const auto outer = reader_.take_range();
    const auto first = static_cast<std::uint32_t>(parts_.ranges.size());
    for (const auto& [prefix, range] : listed) {
      if (!outer) break;
      add_range(prefix, range.then(*outer));
    }
    return parts_.add({Kind::prefixes, {}, first, static_cast<std::uint32_t>(parts_.ranges.size())});
  }

  void add_range(const Prefix& prefix, std::optional<RangeOperator> range) {
    if (!range) return;
    const auto length = static_cast<std::uint8_t>(prefix.length());
    const auto lengths = range->apply({length, length}, address_bits(prefix.family()));
    if (lengths) parts_.ranges.push_back({prefix, lengths->least, lengths->most});
  }

  std::uint32_t word() {
    const std::string_view whole = reader_.word();
    const std::string_view text = whole.substr(0, whole.find('^'));
    const auto is = [&](std::string_view known) { return equal_ignoring_case(text, known); };
    if (is("any")) return with_range({Kind::any, {}, 0, 0}, whole, text);
    if (is("peeras")) return with_range({Kind::peer_as, {}, 0, 0}, whole, text);
    if (is("rs-any") || is("as-any")) return with_range({Kind::registered, {}, 0, 0}, whole, text);
    if (const auto kind = kind_of_set(text); kind && *kind != Kind::peering_set) {
      parts_.names.push_back(to_upper(text));
      return with_range({*kind, {}, static_cast<std::uint32_t>(parts_.names.size() - 1), 0}, whole, text);
    }
    if (const auto member = parse_set_member(whole)) {
      if (member->kind == SetMember::Kind::asn) {
        reader_.take();
        return parts_.add({Kind::asn, member->range, member->asn.value, 0});
      }
    }
    if (const auto prefix = parse_prefix(text, true); prefix && text.find('/') != std::string_view::npos) {
      const auto range = parse_range_operator(whole.substr(text.size()));
      if (range) {
        reader_.take();
        const auto first = static_cast<std::uint32_t>(parts_.ranges.size());
        add_range(*prefix, range);
        return parts_.add({Kind::prefixes, {}, first, static_cast<std::uint32_t>(parts_.ranges.size())});
      }
    }
    return attribute(whole);
  }

  std::uint32_t with_range(PolicyNode node, std::string_view whole, std::string_view text) {
    std::optional<RangeOperator> range = RangeOperator{};
    for (std::string_view rest = whole.substr(text.size()); !rest.empty();) {
      const std::size_t next = std::min(rest.find('^', 1), rest.size());
      const auto operation = parse_range_operator(rest.substr(0, next));
      if (!operation) {
        reader_.fail_at_word("range operator");
        return reader_.unread();
      }
      if (range) range = range->then(*operation);
      rest.remove_prefix(next);
    }
    reader_.take();
    if (!range) return parts_.add({Kind::prefixes, {}, 0, 0});  // no prefix at all
    node.range = *range;
    return parts_.add(node);
  }

  // "community(64500:1)", "community.contains(...)", "community == {...}", "med = 5": RFC 2622 section 7.1.
  std::uint32_t attribute(std::string_view text) {
    static constexpr std::string_view kAttributes[] = {"community", "aspath", "pref",     "med",
                                                       "dpa",       "cost",   "next-hop", "rp-attribute"};
    const std::string_view name = text.substr(0, text.find_first_of(".=!"));
    bool known = false;
    for (const std::string_view attribute : kAttributes) known = known || equal_ignoring_case(name, attribute);
    if (!known) {
      reader_.fail_at_word("filter");
      return reader_.unread();
    }
    reader_.take();
    if (reader_.is("==") || reader_.is("contains") || reader_.is("=") || reader_.is("!=")) reader_.take();
    if (reader_.is("(") || reader_.is("{")) {
      reader_.skip_brackets();
    } else if (!at_end() && !reader_.is("and") && !reader_.is("or")) {
      reader_.take();  // the value
    }
    const char* end = reader_.word().data();
    parts_.names.emplace_back(trim({text.data(), static_cast<std::size_t>(end - text.data())}));
    return parts_.add({Kind::attribute, {}, static_cast<std::uint32_t>(parts_.names.size() - 1), 0});
  }

  PolicyReader& reader_;
  PolicyParts& parts_;
};

}  // namespace

std::uint32_t read_filter(PolicyReader& reader) { return FilterReader(reader).disjunction(); }

}  // namespace fairway::rpsl
