#include "core/verdict/policy.h"

#include <algorithm>

#include "base/hash.h"
#include "core/tables/policy.h"
#include "core/tables/relationship.h"

namespace fairway {

namespace {

// Memory stays bounded whatever the input: with more than this, all is forgotten.
constexpr std::size_t kMostPaths = 1u << 22, kMostPairs = 1u << 22;
constexpr std::uint32_t kMostKeys = 1u << 25;  // keys beyond are not remembered

constexpr PolicyCheck kSkippedSet = {PolicyState::skipped, PolicyReason::as_set, PolicyTable::kNone};

}  // namespace

std::size_t PolicyJudge::PathHash::operator()(std::string_view words) const { return hash_bytes(as_bytes(words)); }

PolicyJudge::PolicyJudge(const World& world) : world_(world), values_(world) {}

void PolicyJudge::forget() {
  pairs_.clear();
  rules_.clear();
  for (auto& pairs : pair_of_) pairs.clear();
  paths_.clear();
  path_of_.clear();
  path_of_key_.clear();
}

std::uint32_t PolicyJudge::find(const AsPath& path, Family family, std::uint32_t key) {
  const std::size_t slot = key == 0 || key >= kMostKeys ? 0 : 2 * std::size_t{key} + (family == Family::ipv6 ? 1 : 0);
  if (slot != 0 && slot < path_of_key_.size() && path_of_key_[slot] != 0) return path_of_key_[slot] - 1;
  words_.assign(1, static_cast<char>(family));
  const auto add = [this](std::uint32_t word) { words_.append(reinterpret_cast<const char*>(&word), sizeof word); };
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    add(static_cast<std::uint32_t>(path.segments()[i].type));
    add(static_cast<std::uint32_t>(path.asns_of(i).size()));
    for (const Asn asn : path.asns_of(i)) add(asn.value);
  }
  auto found = path_of_.find(std::string_view(words_));
  if (found == path_of_.end()) {
    if (paths_.size() >= kMostPaths || pairs_.size() >= kMostPairs) forget();
    paths_.push_back(read(path, family));
    found = path_of_.emplace(words_, static_cast<std::uint32_t>(paths_.size() - 1)).first;
  }
  if (slot != 0) {
    if (slot >= path_of_key_.size()) path_of_key_.resize(std::max(slot + 1, 2 * path_of_key_.size()));
    path_of_key_[slot] = found->second + 1;
  }
  return found->second;
}

PolicyJudge::Path PolicyJudge::read(const AsPath& path, Family family) {
  struct Stop {
    Asn asn;
    std::uint32_t first;  // its place in asns
    bool set;
  };
  Path result;
  std::vector<Stop> stops;  // neighbour first, without repetitions
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const SegmentType type = path.segments()[i].type;
    if (type != SegmentType::sequence && type != SegmentType::set) continue;
    if (type == SegmentType::set && !path.asns_of(i).empty()) {
      stops.push_back({Asn{0}, static_cast<std::uint32_t>(result.asns.size()), true});
      continue;
    }
    for (const Asn asn : path.asns_of(i)) {
      const bool again = !stops.empty() && !stops.back().set && stops.back().asn == asn;
      if (!again) stops.push_back({asn, static_cast<std::uint32_t>(result.asns.size()), false});
      result.asns.push_back(asn);
    }
  }
  if (!stops.empty() && !stops.back().set) result.origin = stops.back().asn;
  bool has_set = !stops.empty() && stops.back().set;
  for (std::size_t i = stops.size(); i-- > 1;) {
    const Stop &from = stops[i], &to = stops[i - 1];
    has_set = has_set || from.set;
    Hop hop;
    hop.from = from.asn;
    hop.to = to.asn;
    hop.first = from.first;
    hop.own = static_cast<std::uint32_t>(i + 1 < stops.size() ? stops[i + 1].first : result.asns.size()) - from.first;
    hop.by_set = from.set || to.set;
    hop.has_set = has_set;
    if (!hop.by_set && world_.policies) {
      hop.exported = pair(from.asn, to.asn, true, family);
      hop.imported = pair(to.asn, from.asn, false, family);
    }
    result.hops.push_back(hop);
  }
  return result;
}

std::uint32_t PolicyJudge::pair(Asn self, Asn other, bool exporting, Family family) {
  auto& pairs = pair_of_[(exporting ? 2 : 0) + (family == Family::ipv6 ? 1 : 0)];
  const std::uint64_t key = std::uint64_t{self.value} << 32 | other.value;
  if (const auto found = pairs.find(key); found != pairs.end()) return found->second;
  pairs_.push_back(make_pair(self, other, exporting, family));
  const auto place = static_cast<std::uint32_t>(pairs_.size() - 1);
  pairs.emplace(key, place);
  return place;
}

PolicyJudge::Pair PolicyJudge::make_pair(Asn self, Asn other, bool exporting, Family family) {
  const PolicyTable& table = *world_.policies;
  Pair pair;
  const auto settle_as = [&pair](PolicyReason reason, std::uint32_t rule = PolicyTable::kNone) {
    pair.settled = true;
    pair.check = {state_of(reason), reason, rule};
    return std::move(pair);
  };
  pair.policy = table.find(self);
  if (pair.policy == PolicyTable::kNone) return settle_as(PolicyReason::no_aut_num);
  const AutNumPolicy& policy = table.policies()[pair.policy];
  const Rules& rules = rules_of(pair.policy, exporting, family);
  if (rules.all.empty()) return settle_as(PolicyReason::no_rules);
  std::vector<std::uint32_t> asked = rules.about_more;
  if (const auto found = rules.about_one.find(other); found != rules.about_one.end()) {
    asked.insert(asked.end(), found->second.begin(), found->second.end());
    std::sort(asked.begin(), asked.end());
  }
  for (const std::uint32_t i : asked) {
    PolicyValue peering;
    Candidate found = candidate(policy, table.first_rule(pair.policy) + i, policy.rules[i], other, family, peering);
    if (peering.state == PolicyState::bad) continue;
    const bool always = peering.state == PolicyState::ok && found.filter != PolicyFactor::kNone &&
                        policy.parts.nodes[found.filter].kind == PolicyNode::Kind::any &&
                        policy.parts.nodes[found.filter].range.is_none();
    if (always) return settle_as(PolicyReason::none, found.rule);
    pair.candidates.push_back(found);
  }
  pair.pardon = pardon(self, other, exporting);
  if (!pair.candidates.empty()) return pair;
  if (pair.pardon != PolicyReason::none) return settle_as(pair.pardon);
  const bool provider = world_.relationships && world_.relationships->of(self, other) == Relationship::provider;
  return settle_as(rules.only_providers && !provider ? PolicyReason::only_providers : PolicyReason::no_peering);
}

const PolicyJudge::Rules& PolicyJudge::rules_of(std::uint32_t place, bool exporting, Family family) {
  const AutNumPolicy& policy = world_.policies->policies()[place];
  auto& rules = rules_[std::uint64_t{place} << 2 | (exporting ? 2u : 0u) | (family == Family::ipv6 ? 1u : 0u)];
  if (rules) return *rules;
  rules = std::make_unique<Rules>();
  rules->only_providers = world_.relationships != nullptr;
  const PolicyDirection direction = exporting ? PolicyDirection::exports : PolicyDirection::imports;
  for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
    const PolicyRule& rule = policy.rules[i];
    if (rule.direction != direction || !rule.between_ases || (rule.afi & unicast(family)) == 0) continue;
    rules->all.push_back(i);
    const PolicyStep& step = policy.steps[rule.step];
    bool by_number = step.kind == PolicyStep::Kind::factors;  // each factor is about one AS
    for (std::uint32_t k = step.first; k < step.end && by_number; ++k) {
      const PolicyNode& node = policy.parts.nodes[policy.factors[k].peering];
      by_number = node.kind == PolicyNode::Kind::asn;
      rules->only_providers =
          rules->only_providers && world_.relationships->of(policy.asn, Asn{node.first}) == Relationship::provider;
    }
    rules->only_providers = rules->only_providers && by_number;
    const PolicyFactor* factor = by_number ? &policy.factors[step.first] : nullptr;
    if (by_number && step.end - step.first == 1 && factor->via == PolicyFactor::kNone) {
      rules->about_one[Asn{policy.parts.nodes[factor->peering].first}].push_back(i);
    } else {
      rules->about_more.push_back(i);
    }
  }
  return *rules;
}

// Of a structured rule the peering is whether any of its factors is about the neighbour.
PolicyJudge::Candidate PolicyJudge::candidate(const AutNumPolicy& policy, std::uint32_t rule, const PolicyRule& of,
                                              Asn other, Family family, PolicyValue& peering) {
  Candidate found{rule, of.step, PolicyFactor::kNone, {}};
  const PolicyStep& step = policy.steps[of.step];
  if (step.kind == PolicyStep::Kind::factors && step.end - step.first == 1) {
    const PolicyFactor& factor = policy.factors[step.first];
    found.filter = factor.filter;
    found.peering = peering = values_.of_factor(policy, factor, other, family);
    return found;
  }
  peering.state = PolicyState::bad;
  std::vector<std::uint32_t> steps = {of.step};
  while (!steps.empty()) {
    const PolicyStep next = policy.steps[steps.back()];
    steps.pop_back();
    if (next.kind != PolicyStep::Kind::factors) {
      steps.insert(steps.end(), {next.first, next.end});
      continue;
    }
    for (std::uint32_t i = next.first; i < next.end; ++i) {
      const PolicyValue value = values_.of_factor(policy, policy.factors[i], other, family);
      if (value.state > peering.state) peering = value;
    }
  }
  return found;
}

PolicyReason PolicyJudge::pardon(Asn self, Asn other, bool exporting) const {
  if (world_.relationships == nullptr) return PolicyReason::none;
  const Asn from = exporting ? self : other, to = exporting ? other : self;
  if (world_.relationships->of(to, from) == Relationship::customer) return PolicyReason::uphill;
  if (world_.relationships->in_clique(from) && world_.relationships->in_clique(to)) return PolicyReason::tier1_pair;
  return PolicyReason::none;
}

PolicyValue PolicyJudge::value(const Pair& pair, const Candidate& candidate, const PolicyPlace& place) {
  const AutNumPolicy& policy = world_.policies->policies()[pair.policy];
  if (candidate.filter == PolicyFactor::kNone) return values_.step(policy, candidate.step, place);
  const PolicyValue filter = values_.filter(policy.parts, candidate.filter, place);
  return filter.state < candidate.peering.state ? filter : candidate.peering;
}

PolicyCheck PolicyJudge::settle(const Pair& pair, PolicyValue best, std::uint32_t rule) const {
  if (best.state != PolicyState::bad) return {best.state, best.reason, rule};
  const PolicyReason reason = pair.pardon == PolicyReason::none ? PolicyReason::filter : pair.pardon;
  return {state_of(reason), reason, rule};
}

PolicyCheck PolicyJudge::check(const Pair& pair, const PolicyPlace& place) {
  if (pair.settled) return pair.check;
  PolicyValue best{PolicyState::unknown, {}, nullptr, nullptr};
  std::uint32_t rule = PolicyTable::kNone;
  for (const Candidate& candidate : pair.candidates) {
    const PolicyValue next = value(pair, candidate, place);
    if (next.state <= best.state) continue;
    best = next;
    rule = candidate.rule;
    if (best.state == PolicyState::ok) break;
  }
  return settle(pair, best, rule);
}

PolicyPlace PolicyJudge::place_of(const Path& path, const Hop& hop, const Prefix& prefix, bool exporting) const {
  PolicyPlace place;
  place.self = exporting ? hop.from : hop.to;
  place.other = exporting ? hop.to : hop.from;
  place.exporting = exporting;
  place.path = std::span(path.asns).subspan(hop.first);
  place.own = hop.own;
  place.origin = path.origin;
  place.has_set = hop.has_set;
  place.prefix = prefix;
  place.run = last_run_;
  return place;
}

std::span<const PolicyHop> PolicyJudge::judge(const Prefix& prefix, const AsPath& path, std::uint32_t key) {
  const Path& known = paths_[find(path, prefix.family(), key)];
  if (!has_last_ || prefix != last_prefix_) {
    last_run_ = world_.irr ? world_.irr->longest_covering(prefix) : IrrTable::kNone;
    last_prefix_ = prefix;
    has_last_ = true;
  }
  hops_.clear();
  for (const Hop& hop : known.hops) {
    PolicyHop& judged = hops_.emplace_back(PolicyHop{hop.from, hop.to, {}, {}});
    if (world_.policies == nullptr) continue;
    if (hop.by_set) {
      judged.exported = judged.imported = kSkippedSet;
      continue;
    }
    const Pair &exported = pairs_[hop.exported], &imported = pairs_[hop.imported];
    judged.exported = exported.settled ? exported.check : check(exported, place_of(known, hop, prefix, true));
    judged.imported = imported.settled ? imported.check : check(imported, place_of(known, hop, prefix, false));
  }
  return hops_;
}

PolicyExplanation::Check PolicyJudge::explain_check(const Pair& pair, const PolicyPlace& place) {
  const PolicyTable& table = *world_.policies;
  PolicyExplanation::Check told;
  told.check = check(pair, place);
  if (pair.policy == PolicyTable::kNone) return told;
  const AutNumPolicy& policy = table.policies()[pair.policy];
  const auto tell = [&](const Candidate& candidate) {
    const PolicyValue found = value(pair, candidate, place);
    std::string what = found.leaf == nullptr ? std::string() : leaf_text(*found.parts, table.names(), *found.leaf);
    told.rules.push_back({table.rule(candidate.rule).text, table.registries()[policy.registry], found.state,
                          found.reason, std::move(what), candidate.rule == told.check.rule});
  };
  for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
    const PolicyRule& rule = policy.rules[i];
    const PolicyDirection direction = place.exporting ? PolicyDirection::exports : PolicyDirection::imports;
    if (rule.direction != direction || !rule.between_ases || (rule.afi & unicast(place.prefix.family())) == 0) continue;
    PolicyValue peering;
    const Candidate found =
        candidate(policy, table.first_rule(pair.policy) + i, rule, place.other, place.prefix.family(), peering);
    if (peering.state != PolicyState::bad) tell(found);
  }
  return told;
}

PolicyExplanation PolicyJudge::explain(const Prefix& prefix, const AsPath& path) {
  judge(prefix, path);
  const Path& known = paths_[find(path, prefix.family(), 0)];
  PolicyExplanation explanation;
  for (const Hop& hop : known.hops) {
    PolicyExplanation::Hop told{hop.from, hop.to, {}, {}};
    if (world_.policies != nullptr && hop.by_set) {
      told.exported.check = told.imported.check = kSkippedSet;
    } else if (world_.policies != nullptr) {
      told.exported = explain_check(pairs_[hop.exported], place_of(known, hop, prefix, true));
      told.imported = explain_check(pairs_[hop.imported], place_of(known, hop, prefix, false));
    }
    explanation.hops.push_back(std::move(told));
  }
  return explanation;
}

}  // namespace fairway
