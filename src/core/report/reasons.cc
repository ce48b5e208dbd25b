#include "core/report/reasons.h"

#include "core/tables/aspa.h"
#include "core/tables/irr.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"

namespace fairway {

namespace {

std::string as(Asn asn) { return "AS" + to_string(asn); }

std::string vrp_text(const Vrp& vrp) {
  std::string text = "VRP " + to_string(vrp.prefix);
  if (vrp.max_length != vrp.prefix.length()) text += " up to /" + std::to_string(vrp.max_length);
  return text + " of " + as(vrp.asn);
}

Reason origin_reason(const World& world, const RouteQuestion& question, const RouteVerdict& verdict) {
  const OriginExplanation why = explain_origin(world.vrps.get(), *question.prefix, verdict.of_path.origin);
  std::string fact(why.description);
  const auto name = [&](const std::vector<Vrp>& vrps) {
    for (std::size_t i = 0; i < vrps.size() && i < 3; ++i) fact += (i == 0 ? ": " : ", ") + vrp_text(vrps[i]);
    if (vrps.size() > 3) fact += " and " + std::to_string(vrps.size() - 3) + " more";
  };
  if (!fact.empty() && fact.back() == '.') fact.pop_back();
  if (why.verdict.state == OriginState::valid) name(why.matched);
  if (why.verdict.state == OriginState::invalid)
    name(why.verdict.reason == OriginReason::length ? why.unmatched_length : why.unmatched_as);
  return {"origin", std::string(to_string(why.verdict.state)), std::string(why.rule), fact};
}

Reason aspa_reason(const World& world, const RouteQuestion& question) {
  const PathExplanation why =
      explain_path(world.aspas.get(), *question.path, question.vantage.procedure(), question.vantage.neighbour);
  std::string fact(why.description);
  if (why.failing_hop && why.verdict.state == PathState::invalid) {
    fact += " (" + as(why.failing_hop->first) + " does not attest " + as(why.failing_hop->second) + ")";
  }
  return {"aspa", std::string(to_string(why.verdict.state)), std::string(why.rule), fact};
}

Reason irr_reason(const World& world, const RouteQuestion& question, const RouteVerdict& verdict) {
  const RegistryExplanation why = explain_registry(world.irr.get(), *question.prefix, verdict.of_path.origin);
  std::string fact;
  const auto object = [&](const RouteObject& found) {
    return "route object " + to_string(found.prefix) + " of " + as(found.origin) + " in " +
           world.irr->registries()[found.registry];
  };
  switch (why.verdict.state) {
    case RegistryState::unknown: fact = world.irr ? "the origin is the speaker itself" : "no IRR is loaded"; break;
    case RegistryState::not_found: fact = "no route object covers the prefix in the registries loaded"; break;
    case RegistryState::valid:
    case RegistryState::invalid_more_specific: fact = object(why.matching.front()); break;
    case RegistryState::invalid: fact = object(why.others.front()); break;
  }
  return {"irr", std::string(to_string(why.verdict.state)), "RFC 2622 section 4", fact};
}

// "AS1 handed what it has from AS2 to AS3"; to us, or its own route, where there is no AS on that side.
std::string handed(const LeakExplanation::Leak& leak) {
  const auto& [to, leaker, from] = leak.hop;
  return as(leaker) + " handed " + (from.value == 0 ? "its own route" : "what it has from " + as(from)) + " to " +
         (to.value == 0 ? "us" : as(to));
}

std::string why_unknown(const LeakExplanation& why) {
  switch (why.verdict.reason) {
    case LeakReason::no_table: return "no AS relationships are loaded";
    case LeakReason::unknown_link: {
      const auto& [to, holder, from] = why.undecided.front();
      return "a relationship that would decide is not known: of " + as(holder) + " with its neighbours in the path";
    }
    case LeakReason::as_set: return "which ASes of the AS_SET the route went through is not known";
    case LeakReason::loop: return "the path holds a loop, so not all of its hops are real";
    case LeakReason::too_long: return "the path is longer than 128 ASes";
    case LeakReason::empty: return "the path names no AS";
    case LeakReason::none: break;
  }
  return {};
}

Reason leak_reason(const World& world, const RouteQuestion& question) {
  const LeakExplanation why = explain_leak(leak_tables(world), *question.path, question.otc, question.vantage.from);
  Reason reason{"leak", std::string(to_string(why.verdict.state)), "RFC 7908 section 3", ""};
  if (why.verdict.state == LeakState::none) reason.fact = "no hop hands on what it should not";
  if (why.verdict.state == LeakState::unknown) reason.fact = why_unknown(why);
  if (why.verdict.state != LeakState::leak) return reason;
  const LeakExplanation::Leak& first = why.leaks.front();
  if (first.type != 0) reason.rule += '.' + std::to_string(first.type);
  if (first.by == kByOtc) reason.rule = "RFC 9234 section 5";
  reason.fact = handed(first);
  for (std::size_t i = 0; i < first.facts.size(); ++i) reason.fact += (i == 0 ? ": " : "; ") + first.facts[i].second;
  return reason;
}

void bogon_reasons(const World& world, const RouteVerdict& verdict, const RouteQuestion& question,
                   std::vector<Reason>& out) {
  const BogonVerdict& bogon = verdict.bogon;
  const std::string state(to_string(bogon.state));
  if (bogon.special_prefix != nullptr) {
    out.push_back({"bogon", state, std::string(bogon.special_prefix->rule),
                   to_string(bogon.special_prefix->prefix) + " is " + std::string(bogon.special_prefix->name)});
  }
  const auto registry = [&](const Delegation* given) { return world.delegations->registries()[given->registry]; };
  if (bogon.unallocated_prefix != nullptr) {
    out.push_back({"bogon", state, "delegated-extended",
                   to_string(*question.prefix) + " is " + std::string(to_string(bogon.unallocated_prefix->status)) +
                       " at " + registry(bogon.unallocated_prefix)});
  }
  if (bogon.special_asn != nullptr) {
    out.push_back({"bogon", state, std::string(bogon.special_asn->rule),
                   as(verdict.of_path.origin.asn) + " is " + std::string(bogon.special_asn->name)});
  }
  if (bogon.unallocated_asn != nullptr) {
    out.push_back({"bogon", state, "delegated-extended",
                   as(verdict.of_path.origin.asn) + " is " + std::string(to_string(bogon.unallocated_asn->status)) +
                       " at " + registry(bogon.unallocated_asn)});
  }
}

std::string_view sanity_rule(SanityFinding finding) {
  switch (finding) {
    case kAsSet: return "RFC 9774 section 3";
    case kLoop: return "RFC 4271 section 9.1.2";
    case kPrivateAsn: return "RFC 6996 section 4";
    case kReservedAsn: return "RFC 7607, RFC 7300, RFC 5398";
    case kTooLong: break;
  }
  return "more than 64 ASes";
}

}  // namespace

std::vector<Reason> reasons(const World& world, const RouteQuestion& question, const RouteVerdict& verdict) {
  std::vector<Reason> result;
  if (question.prefix) result.push_back(origin_reason(world, question, verdict));
  if (question.path) result.push_back(aspa_reason(world, question));
  if (question.prefix) result.push_back(irr_reason(world, question, verdict));
  if (question.path) result.push_back(leak_reason(world, question));
  if (question.prefix) bogon_reasons(world, verdict, question, result);
  for (const std::uint8_t bit : kSanityFindings) {
    const auto finding = static_cast<SanityFinding>(bit);
    if (verdict.of_path.sanity.has(finding)) {
      result.push_back({"sanity", std::string(to_string(finding)), std::string(sanity_rule(finding)),
                        "path " + to_string(*question.path)});
    }
  }
  return result;
}

}  // namespace fairway
