// The value of a term.
#include <algorithm>
#include <utility>

#include "core/wire/routerconfig/bird_run.h"

namespace fairway::reader::bird {

namespace {

using Op = Node::Op;

}  // namespace

Value Run::value(NodeId id) {
  if (id == kNoNode || !work()) return Unknown{line_, why_};
  const Node& at = node(id);
  switch (at.op) {
    case Op::constant: return program_.constants[at.a];
    case Op::variable:
      if (const Value* held = variable(at.a)) return *held;
      return not_known(at.line, "a variable without a value");
    case Op::attribute: return attribute(at);
    case Op::property: return property(at);
    case Op::call: return call(at);
    case Op::chain: return chain(at);
    case Op::negation: {
      const Value operand = value(at.kids[0]);
      if (const auto* truth = std::get_if<bool>(&operand)) return !*truth;
      if (std::holds_alternative<Unknown>(operand)) return operand;
      return error(at.line, "'!' before what is neither true nor false");
    }
    case Op::binary: return binary(at);
    case Op::tuple: return tuple(at);
    case Op::extended: return not_known(at.line, "extended communities are not followed");
    case Op::validation: return validation(at);
    case Op::defined: {
      const Value operand = at.kids.empty() ? Value(Void{}) : value(at.kids[0]);
      if (std::holds_alternative<Unknown>(operand)) return operand;
      return !std::holds_alternative<Void>(operand);
    }
    case Op::unknown: return not_known(at.line, program_.names[at.a]);
    default: return not_known(at.line, "not a term");
  }
}

// From the left, && and || alike; what is behind is looked at only if it matters. Something unknown does not matter
// where the other side decides alone.
Value Run::chain(const Node& chain) {
  const std::vector<bool>& either = program_.chains[chain.a];
  Value left = value(chain.kids[0]);
  for (std::size_t i = 1; i < chain.kids.size() && !ended_; ++i) {
    const bool is_or = either[i - 1];
    if (const auto* truth = std::get_if<bool>(&left)) {
      if (*truth == is_or) continue;
      left = value(chain.kids[i]);
      if (!std::holds_alternative<bool>(left) && !std::holds_alternative<Unknown>(left)) {
        return error(chain.line, "a condition that is neither true nor false");
      }
    } else if (std::holds_alternative<Unknown>(left)) {
      const Value right = value(chain.kids[i]);
      if (const auto* decides = std::get_if<bool>(&right); decides != nullptr && *decides == is_or) left = right;
    } else {
      return error(chain.line, "a condition that is neither true nor false");
    }
  }
  return left;
}

Value Run::binary(const Node& binary) {
  const Value left = value(binary.kids[0]), right = value(binary.kids[1]);
  if (ended_) return Unknown{line_, why_};
  if (std::holds_alternative<Unknown>(left)) return left;
  if (std::holds_alternative<Unknown>(right)) return right;
  const std::string_view sign = program_.names[binary.a];
  const auto answer = [&](std::optional<bool> holds, bool wanted) -> Value {
    if (holds) return *holds == wanted;
    return error(binary.line, "'" + std::string(sign) + "' between values that cannot be compared");
  };
  if (sign == "~") return answer(match(left, right), true);
  if (sign == "!~") return answer(match(left, right), false);
  if (sign == "=") return equal(left, right).value_or(false);
  if (sign == "!=") return !equal(left, right).value_or(false);
  if (sign == "<") return answer(less(left, right), true);
  if (sign == ">") return answer(less(right, left), true);
  if (sign == "<=") return answer(less(right, left), false);
  if (sign == ">=") return answer(less(left, right), false);
  const auto* a = std::get_if<std::uint32_t>(&left);
  const auto* b = std::get_if<std::uint32_t>(&right);
  if (a == nullptr || b == nullptr) return error(binary.line, "arithmetic on what is no number");
  if (sign == "+") return *a + *b;
  if (sign == "-") return *a - *b;
  if (sign == "*") return *a * *b;
  if (*b == 0) return error(binary.line, "a division by zero");
  return *a / *b;
}

Value Run::tuple(const Node& tuple) {
  std::uint32_t numbers[3] = {};
  for (std::size_t i = 0; i < tuple.kids.size(); ++i) {
    const Value part = value(tuple.kids[i]);
    if (std::holds_alternative<Unknown>(part)) return part;
    const auto* number = std::get_if<std::uint32_t>(&part);
    if (number == nullptr) return error(tuple.line, "a pair of what is no number");
    numbers[i] = *number;
  }
  if (tuple.kids.size() == 3) return LargeCommunity{numbers[0], numbers[1], numbers[2]};
  if (numbers[0] > 0xffff || numbers[1] > 0xffff) return error(tuple.line, "a half of a pair that exceeds 65535");
  return Pair{numbers[0], numbers[1]};
}

Value Run::validation(const Node& validation) {
  if (surroundings_ == nullptr) return not_known(validation.line, "there is no route");
  const std::string_view function = program_.names[validation.a];
  const bool of_path = function != "roa_check";
  if (!validation.kids.empty()) {  // of a prefix and an origin, or a path, of the filter's choice
    const Value first = value(validation.kids[0]);
    const Value second = validation.kids.size() > 1 ? value(validation.kids[1]) : Value(Void{});
    if (ended_) return Unknown{line_, why_};
    if (!of_path) {
      const auto* prefix = std::get_if<Prefix>(&first);
      const auto* asn = std::get_if<std::uint32_t>(&second);
      if (prefix == nullptr || asn == nullptr) return not_known(validation.line, "a validation of no route");
      return origin_state(validation, *prefix, Asn{*asn});
    }
    const auto* path = std::get_if<AsPath>(&first);
    if (path == nullptr || *path != route_.path) {
      return not_known(validation.line, "a validation of another route than this");
    }
  } else if (!of_path) {
    const PathOrigin origin = route_.path.origin();
    return origin_state(validation, route_.prefix, origin.kind == PathOrigin::Kind::as ? origin.asn : Asn{});
  }
  const FedTable* table = table_of(validation);
  return enumerated(Enumerated::Kind::aspa, table == nullptr ? Validation::unknown : route_.providers);
}

const FedTable* Run::table_of(const Node& validation) const {
  const auto found = surroundings_->fed_tables->find(program_.names[validation.b]);
  return found == surroundings_->fed_tables->end() ? nullptr : &found->second;
}

Value Run::enumerated(Enumerated::Kind kind, Validation state) {
  switch (state) {
    case Validation::valid: return Enumerated{kind, 1};
    case Validation::invalid: return Enumerated{kind, 2};
    default: return Enumerated{kind, 0};
  }
}

// What stands in the configuration is known of any route; what a cache says, of the route that is asked about alone.
Value Run::origin_state(const Node& validation, const Prefix& prefix, Asn asn) {
  const FedTable* table = table_of(validation);
  if (table == nullptr) return enumerated(Enumerated::Kind::roa, Validation::unknown);
  const Validation listed = table->judge(prefix, asn);
  if (!table->rtr || listed == Validation::valid) return enumerated(Enumerated::Kind::roa, listed);
  const PathOrigin origin = route_.path.origin();
  const bool same = prefix == route_.prefix &&
                    (asn == (origin.kind == PathOrigin::Kind::as ? origin.asn : Asn{}) ||
                     // What this router originates, by the AS that neighbours will see (RFC 6811 section 2).
                     (origin.kind == PathOrigin::Kind::local && asn == surroundings_->session->local_asn));
  if (!same) return not_known(validation.line, "a validation of another route than this");
  const bool invalid = listed == Validation::invalid && route_.origin != Validation::valid;
  return enumerated(Enumerated::Kind::roa, invalid ? Validation::invalid : route_.origin);
}

Validation FedTable::judge(const Prefix& prefix, Asn origin) const {
  bool covered = false;
  for (unsigned length = 0; length <= prefix.length(); ++length) {
    const Prefix block = prefix.parent(length);
    for (auto at = std::ranges::lower_bound(roas, block, {}, &Roa::prefix); at != roas.end() && at->prefix == block;
         ++at) {
      covered = true;
      if (at->origin == origin && origin != Asn{} && prefix.length() <= at->most) return Validation::valid;
    }
  }
  return covered ? Validation::invalid : Validation::unknown;
}

}  // namespace fairway::reader::bird
