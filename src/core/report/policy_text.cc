#include "core/report/policy_text.h"

#include <algorithm>

#include "base/json_writer.h"
#include "core/tables/policy.h"

namespace fairway {

std::string_view sentence(PolicyReason reason) {
  static constexpr std::string_view kSentences[] = {
      "a rule lets the route through",
      "the rule asks for communities or other attributes, which may have been others at this hop",
      "the rule, or a set that it names, cannot be read",
      "an AS_SET stands in the path",
      "the filter-sets that the rule names lead to ever more of them",
      "the AS has no aut-num object in the registries at hand",
      "its aut-num has no rule of this direction for this address family",
      "a set that the rule names is in no registry at hand",
      "an AS that the rule names has no route object at all",
      "the rule names the exporter alone, and the route is from one of its customers",
      "the rule names the customer alone, and the route is from further away",
      "the rule names the origin of the route, but there is no route object for it",
      "no rule lets it through, but it goes up from a customer to its provider",
      "no rule lets it through, but both are networks without providers",
      "no rule is about this neighbour, but all are about providers",
      "no rule is about this neighbour",
      "rules are about this neighbour, and none lets this route through",
  };
  static_assert(std::size(kSentences) == kPolicyReasons);
  return kSentences[static_cast<std::size_t>(reason)];
}

namespace {

void begin(JsonWriter& json, const Prefix& prefix, const AsPath& path) {
  json.object().field("version", 1).field("prefix", to_string(prefix)).field("path", to_string(path));
  json.key("hops").array();
}

constexpr std::size_t kMostRules = 5;  // of one side, as text

// Leaves the object open.
void append_check(JsonWriter& json, const World& world, std::string_view side, const PolicyCheck& check) {
  json.key(side).object().field("state", to_string(check.state));
  if (check.reason != PolicyReason::none) json.field("reason", to_string(check.reason));
  if (check.rule == PolicyTable::kNone || world.policies == nullptr) return;
  const PolicyTable& table = *world.policies;
  json.field("rule", table.rule(check.rule).text);
  json.field("registry", table.registries()[table.policies()[table.policy_of(check.rule)].registry]);
}

void append_check(JsonWriter& json, const World& world, std::string_view side, const PolicyExplanation::Check& check) {
  append_check(json, world, side, check.check);
  json.field("description", sentence(check.check.reason)).key("rules").array();
  for (const PolicyExplanation::Rule& rule : check.rules) {
    json.object().field("rule", rule.text).field("state", to_string(rule.state));
    if (rule.reason != PolicyReason::none) json.field("reason", to_string(rule.reason));
    json.field("because_of", rule.what).field("decides", rule.decides).end();
  }
  json.end();
}

void append_hops(std::string& out, const World& world, const Prefix& prefix, const AsPath& path, const auto& hops) {
  JsonWriter json(out);
  begin(json, prefix, path);
  for (const auto& hop : hops) {
    json.object().field("from", hop.from.value).field("to", hop.to.value);
    append_check(json, world, "export", hop.exported);
    json.end();
    append_check(json, world, "import", hop.imported);
    json.end().end();
  }
  json.end().end();
}

}  // namespace

void append_policy_json(std::string& out, const World& world, const Prefix& prefix, const AsPath& path,
                        std::span<const PolicyHop> hops) {
  append_hops(out, world, prefix, path, hops);
}
void append_policy_json(std::string& out, const World& world, const Prefix& prefix, const AsPath& path,
                        const PolicyExplanation& explanation) {
  append_hops(out, world, prefix, path, explanation.hops);
}

void append_policy_text(std::string& out, const PolicyExplanation& explanation) {
  const auto as = [&out](Asn asn) {
    if (asn.value == 0) {
      out += "AS_SET";
    } else {
      out += "AS";
      append_to(out, asn);
    }
  };
  const auto side = [&](std::string_view name, const PolicyExplanation::Check& told) {
    out.append("  ").append(name).append("  ").append(to_string(told.check.state));
    if (told.check.state != PolicyState::unknown) out.append(": ").append(sentence(told.check.reason));
    out += '\n';
    std::size_t left = std::min(told.rules.size(), kMostRules);
    const auto tell = [&](const PolicyExplanation::Rule& rule) {
      --left;
      out.append("          ").append(to_string(rule.state)).append("  ").append(rule.text);
      if (rule.state != PolicyState::ok) {
        out.append("  [").append(to_string(rule.reason));
        if (!rule.what.empty()) out.append(": ").append(rule.what);
        out += ']';
      }
      if (!rule.registry.empty()) out.append("  (").append(rule.registry).append(")");
      out += '\n';
    };
    for (const bool decides : {true, false}) {
      for (const PolicyExplanation::Rule& rule : told.rules) {
        if (rule.decides == decides && left != 0) tell(rule);
      }
    }
    if (told.rules.size() > kMostRules) {
      out.append("          and ").append(std::to_string(told.rules.size() - kMostRules)).append(" rules more\n");
    }
  };
  for (const PolicyExplanation::Hop& hop : explanation.hops) {
    as(hop.from);
    out += " to ";
    as(hop.to);
    out += '\n';
    side("export", hop.exported);
    side("import", hop.imported);
  }
  if (explanation.hops.empty()) out += "the path has no hop\n";
}

}  // namespace fairway
