// Peerings (RFC 2622 section 5.6, RFC 4012 section 2.5.1): "AS-EXPRESSION [ROUTERS] [at ROUTERS]", or the name of a
// peering-set. Which routers a route passes is not in its path, so that what is said of routers is read and left.
#include <algorithm>

#include "core/wire/rpsl/policy.h"
#include "core/wire/rpsl/policy_reader.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway::rpsl {

namespace {

using Kind = PolicyNode::Kind;

class PeeringReader {
 public:
  explicit PeeringReader(PolicyReader& reader) : reader_(reader), parts_(reader.parts()) {}

  std::uint32_t peering() {
    const std::uint32_t ases = disjunction();
    routers(false);
    if (reader_.take_if("at")) routers(true);
    return reader_.failed() ? reader_.unread() : ases;
  }

 private:
  std::uint32_t disjunction() {
    std::vector<std::uint32_t> operands = {conjunction()};
    while (reader_.take_if("or")) operands.push_back(conjunction());
    return parts_.add(Kind::disjunction, operands);
  }

  // EXCEPT is AND NOT, and binds like AND; but in front of a policy it is a structured one's (RFC 2622 section 6.6).
  std::uint32_t conjunction() {
    std::vector<std::uint32_t> operands = {leaf()};
    for (;;) {
      const bool except = reader_.take_if("except");
      if (!except && !reader_.take_if("and")) break;
      const std::uint32_t operand = leaf();
      operands.push_back(except ? parts_.add(Kind::negation, {operand}) : operand);
    }
    return parts_.add(Kind::conjunction, operands);
  }

  std::uint32_t leaf() {
    bool negative = false;
    while (reader_.take_if("not")) negative = !negative;
    const std::uint32_t found = positive_leaf();
    return negative ? parts_.add(Kind::negation, {found}) : found;
  }

  std::uint32_t positive_leaf() {
    if (reader_.take_if("(")) {
      return reader_.in_parentheses([&] { return disjunction(); });
    }
    const std::string_view text = reader_.word();
    if (equal_ignoring_case(text, "as-any") || equal_ignoring_case(text, "any")) {
      reader_.take();
      return parts_.add({Kind::any, {}, 0, 0});
    }
    const auto kind = kind_of_set(text);
    if (kind == Kind::as_set || kind == Kind::peering_set) {
      parts_.names.push_back(to_upper(reader_.take()));
      return parts_.add({*kind, {}, static_cast<std::uint32_t>(parts_.names.size() - 1), 0});
    }
    const auto member = parse_set_member(text);
    if (!member || member->kind != SetMember::Kind::asn || !member->range.is_none()) {
      reader_.fail_at_word("peering");
      return reader_.unread();
    }
    reader_.take();
    return parts_.add({Kind::asn, {}, member->asn.value, 0});
  }

  // Addresses, names of routers (with a dot) and rtr-sets, with AND, OR, EXCEPT, NOT and brackets between them.
  void routers(bool wanted) {
    unsigned open = 0;
    for (;; wanted = false) {
      const std::string_view text = reader_.word();
      if (text == "(") {
        ++open;
      } else if (text == ")" && open != 0) {
        --open;
      } else if (!reader_.is("and") && !reader_.is("or") && !reader_.is("except") && !reader_.is("not") &&
                 !is_router(text)) {
        break;
      }
      reader_.take();
    }
    if (open != 0) reader_.fail("a bracket is not closed");
    if (wanted) reader_.fail_at_word("router");
  }

  static bool is_router(std::string_view text) {
    if (parse_ip(text)) return true;
    if (text.size() > 5 && equal_ignoring_case(text.substr(0, 5), "rtrs-")) return true;
    if (text.find(":RTRS-") != std::string_view::npos || text.find(":rtrs-") != std::string_view::npos) return true;
    return text.find('.') != std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                    c == '-' || c == '_';
           });
  }

  PolicyReader& reader_;
  PolicyParts& parts_;
};

}  // namespace

std::uint32_t read_peering(PolicyReader& reader) { return PeeringReader(reader).peering(); }

}  // namespace fairway::rpsl
