#include "core/verdict/policy_state.h"

namespace fairway {

namespace {

struct Reason {
  std::string_view word;
  PolicyState state;
};
constexpr Reason kReasons[] = {
    {"", PolicyState::ok},
    {"attribute", PolicyState::skipped},
    {"unread", PolicyState::skipped},
    {"as-set", PolicyState::skipped},
    {"limit", PolicyState::skipped},
    {"no-aut-num", PolicyState::unrecorded},
    {"no-rules", PolicyState::unrecorded},
    {"no-set", PolicyState::unrecorded},
    {"no-routes", PolicyState::unrecorded},
    {"export-self", PolicyState::special},
    {"import-customer", PolicyState::special},
    {"missing-route", PolicyState::special},
    {"uphill", PolicyState::special},
    {"tier1-pair", PolicyState::special},
    {"only-providers", PolicyState::special},
    {"no-peering", PolicyState::bad},
    {"filter", PolicyState::bad},
};
static_assert(std::size(kReasons) == kPolicyReasons);

}  // namespace

std::string_view to_string(PolicyState state) {
  static constexpr std::string_view kWords[] = {"unknown", "bad", "special", "unrecorded", "skipped", "ok"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string_view to_string(PolicyReason reason) { return kReasons[static_cast<std::size_t>(reason)].word; }
PolicyState state_of(PolicyReason reason) { return kReasons[static_cast<std::size_t>(reason)].state; }

void append_to(std::string& out, std::span<const PolicyHop> hops) {
  const auto side = [&out](const PolicyCheck& check) {
    out += to_string(check.state);
    if (check.reason != PolicyReason::none) out.append("(").append(to_string(check.reason)).append(")");
  };
  for (std::size_t i = 0; i < hops.size(); ++i) {
    if (i != 0) out += ' ';
    append_to(out, hops[i].from);
    out += '>';
    append_to(out, hops[i].to);
    out += ':';
    side(hops[i].exported);
    out += '/';
    side(hops[i].imported);
  }
}

}  // namespace fairway
