#include "core/report/policy_tally.h"

#include <algorithm>
#include <numeric>

#include "base/json_writer.h"
#include "base/text.h"

namespace fairway {

void PolicyTally::add(std::span<const PolicyHop> hops_of_route) {
  if (hops_of_route.empty()) {
    ++without_hops;
    return;
  }
  PolicyState worst = PolicyState::ok;
  for (std::size_t i = 0; i < hops_of_route.size(); ++i) {
    const PolicyCheck sides[] = {hops_of_route[i].exported, hops_of_route[i].imported};
    for (std::size_t side = 0; side < 2; ++side) {
      const auto state = static_cast<std::size_t>(sides[side].state);
      ++checks[side][state];
      ++reasons[side][static_cast<std::size_t>(sides[side].reason)];
      ++hops[std::min(i, kHops - 1)][state];
      worst = std::min(worst, sides[side].state);
    }
  }
  ++routes[static_cast<std::size_t>(worst)];
}

void PolicyTally::add(const PolicyTally& other) {
  const auto sum = [](auto& to, const auto& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  for (std::size_t side = 0; side < 2; ++side) {
    sum(checks[side], other.checks[side]);
    sum(reasons[side], other.reasons[side]);
  }
  for (std::size_t i = 0; i < kHops; ++i) sum(hops[i], other.hops[i]);
  sum(routes, other.routes);
  without_hops += other.without_hops;
}

std::uint64_t PolicyTally::all_routes() const { return std::accumulate(routes.begin(), routes.end(), without_hops); }

namespace {

constexpr std::size_t kWidth = 13;

void cell(std::string& out, std::string_view text, std::size_t width) {
  out.append(width - std::min(width, text.size()), ' ').append(text);
}
void row(std::string& out, std::string_view first, std::string_view second, std::span<const std::uint64_t> counts) {
  out.append(first).append(10 - std::min<std::size_t>(10, first.size()), ' ');
  out.append(second).append(20 - std::min<std::size_t>(20, second.size()), ' ');
  for (const std::uint64_t count : counts) cell(out, std::to_string(count), kWidth);
  out += '\n';
}
void head(std::string& out, std::string_view first, std::string_view second,
          std::initializer_list<std::string_view> names) {
  row(out, first, second, {});
  out.pop_back();
  for (const std::string_view name : names) cell(out, name, kWidth);
  out += '\n';
}

std::size_t place(auto value) { return static_cast<std::size_t>(value); }

// Calls visit(reason) for the reasons of a state.
void each_reason(PolicyState state, auto visit) {
  for (std::size_t i = 1; i < kPolicyReasons; ++i) {
    if (state_of(static_cast<PolicyReason>(i)) == state) visit(static_cast<PolicyReason>(i));
  }
}

}  // namespace

void append_policy_tally_text(std::string& out, const PolicyTally& tally) {
  head(out, "policy", "", {"exports", "imports", "checks"});
  for (const PolicyState state : kPolicyStates) {
    const auto of = [&](const auto& counts, auto value) {
      const std::uint64_t exports = counts[0][place(value)], imports = counts[1][place(value)];
      return std::array{exports, imports, exports + imports};
    };
    if (of(tally.checks, state)[2] == 0) continue;
    row(out, to_string(state), "", of(tally.checks, state));
    each_reason(state, [&](PolicyReason reason) {
      if (of(tally.reasons, reason)[2] != 0) row(out, "", to_string(reason), of(tally.reasons, reason));
    });
  }
  out += '\n';
  head(out, "hop", "from the origin", {"ok", "skipped", "unrecorded", "special", "bad"});
  for (std::size_t i = 0; i < PolicyTally::kHops; ++i) {
    std::array<std::uint64_t, 5> counts{};
    for (std::size_t state = 0; state < counts.size(); ++state)
      counts[state] = tally.hops[i][place(kPolicyStates[state])];
    if (std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == 0) continue;
    row(out, std::to_string(i + 1), i + 1 == PolicyTally::kHops ? "and further" : "", counts);
  }
  out += '\n';
  head(out, "routes", "by the worst check", {"routes"});
  for (const PolicyState state : kPolicyStates) {
    const std::uint64_t count = tally.routes[place(state)];
    if (count != 0) row(out, to_string(state), "", {&count, 1});
  }
  if (tally.without_hops != 0) row(out, "no hop", "", {&tally.without_hops, 1});
  const std::uint64_t all = tally.all_routes();
  row(out, "all", "", {&all, 1});
}

void append_policy_tally_json(std::string& out, const PolicyTally& tally, const std::string& world) {
  JsonWriter json(out);
  json.object().field("version", 1).field("world", world).field("routes", tally.all_routes());
  json.key("policy").object();
  for (const std::size_t side : {0, 1}) {
    json.key(side == 0 ? "exports" : "imports").object();
    for (const PolicyState state : kPolicyStates) json.field(to_string(state), tally.checks[side][place(state)]);
    json.key("reasons").object();
    for (std::size_t i = 1; i < kPolicyReasons; ++i) {
      json.field(to_string(static_cast<PolicyReason>(i)), tally.reasons[side][i]);
    }
    json.end().end();
  }
  json.key("hops").array();
  for (const auto& counts : tally.hops) {
    json.object();
    for (const PolicyState state : kPolicyStates) json.field(to_string(state), counts[place(state)]);
    json.end();
  }
  json.end();
  json.key("worst").object();
  for (const PolicyState state : kPolicyStates) json.field(to_string(state), tally.routes[place(state)]);
  json.field("no-hop", tally.without_hops).end();
  json.end().end();
  out += '\n';
}

}  // namespace fairway
