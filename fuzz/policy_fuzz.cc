// uses: core/verdict core/read core/tables core/wire/rpsl core/model base
//
// Whatever stands in a registry: each policy attribute becomes one rule of bounded depth, and each route that the text
// asks about (policy_case_for_tests.h) gets the verdict of the plain definition, hot and explained.
#include "core/read/policy_case_for_tests.h"
#include "core/verdict/policy.h"
#include "core/verdict/policy_agreement_for_tests.h"
#include "core/verdict/policy_definition_for_tests.h"
#include "core/wire/rpsl/policy.h"
#include "hold.h"

using namespace fairway;

namespace {

// Of an expression, its operands stand before it.
void hold_parts(const PolicyParts& parts) {
  for (std::size_t i = 0; i < parts.nodes.size(); ++i) {
    const PolicyNode& node = parts.nodes[i];
    if (node.kind < PolicyNode::Kind::negation) continue;
    hold(node.first < node.end && node.end <= parts.operands.size(), "an operator has operands");
    for (std::uint32_t k = node.first; k < node.end; ++k) hold(parts.operands[k] < i, "operands stand in front");
  }
  for (const PathRegex& path : parts.paths) {
    hold(path.states.size() <= PathRegex::kMostStates, "programs are bounded");
    hold(path.states.back().kind == PathRegex::State::Kind::accept, "a program can accept");
    for (const PathRegex::State& state : path.states) {
      hold(state.kind != PathRegex::State::Kind::fork || (state.a < path.states.size() && state.b < path.states.size()),
           "a program stays within itself");
    }
  }
}

// The definition looks at everything again and again: where sets name sets, it may never come back.
bool is_simple(const World& world) {
  std::size_t references = 0;
  for (const PolicySet& set : world.policies->sets()) {
    for (const PolicyNode& node : set.parts.nodes) {
      references += node.kind == PolicyNode::Kind::filter_set || node.kind == PolicyNode::Kind::peering_set;
    }
  }
  std::size_t steps = 0;
  for (const AutNumPolicy& policy : world.policies->policies()) steps = std::max(steps, policy.steps.size());
  return references <= 2 && steps <= 12;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  RpslObjects objects(as_bytes(text));
  RpslObject object;
  while (objects.next(object)) {
    AutNumPolicy policy;
    std::size_t rules = 0;
    for (const RpslAttribute& attribute : object.attributes) {
      if (!is_policy_attribute(attribute.name)) continue;
      const std::string value = rpsl_value(attribute.value);
      const auto error = read_policy_rule(attribute.name, value, policy);
      hold(policy.rules.size() == ++rules, "an attribute is a rule");
      const PolicyRule& rule = policy.rules.back();
      hold(rule.unread == error.has_value() && rule.step < policy.steps.size(), "a rule is there");
      hold(!error || (error->where <= value.size() && !error->text.empty()), "an error says where");
    }
    for (const PolicyFactor& factor : policy.factors) {
      hold(factor.peering < policy.parts.nodes.size() && factor.filter < policy.parts.nodes.size(),
           "factors are whole");
    }
    hold_parts(policy.parts);
    if (const auto set = read_policy_set(object)) hold_parts(set->set.parts);
  }
  if (size > 4096) return 0;
  for (const PolicyCase& one : policy_cases(text)) {
    if (!one.world.policies) continue;
    PolicyJudge judge(one.world);
    for (const PolicyCase::Question& question : one.questions) {
      const auto hops = judge.judge(question.prefix, question.path);
      const std::vector<PolicyHop> judged(hops.begin(), hops.end());
      const PolicyExplanation why = judge.explain(question.prefix, question.path);
      hold(why.hops.size() == judged.size(), "each hop is explained");
      for (std::size_t i = 0; i < judged.size(); ++i) {
        hold(why.hops[i].exported.check == judged[i].exported && why.hops[i].imported.check == judged[i].imported,
             "explained as judged");
      }
      if (!is_simple(one.world) || question.path.asns().size() > 16) continue;
      const auto defined = definition::policy_hops(one.world, question.prefix, question.path);
      hold(defined.size() == judged.size(), "hops are as defined");
      for (std::size_t i = 0; i < judged.size(); ++i) {
        hold(definition::agree(one.world, judged[i], defined[i]), "verdicts are as defined");
      }
    }
  }
  return 0;
}
