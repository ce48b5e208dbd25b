#include "core/verdict/origin.h"

#include "core/verdict/origin_walk.h"

namespace fairway {

namespace {

using origin_walk::names;

std::string_view describe(const OriginVerdict& verdict, const PathOrigin& origin) {
  switch (verdict.state) {
    case OriginState::valid: return "A VRP names this origin for this prefix and allows its length.";
    case OriginState::not_found: return "No VRP covers this prefix.";
    case OriginState::unknown:
      return verdict.reason == OriginReason::no_table
                 ? "No VRPs are loaded."
                 : "VRPs cover this prefix, but its origin is the speaker itself, whose AS is not known.";
    case OriginState::invalid: break;
  }
  if (verdict.as_zero) return "Every VRP that covers this prefix names AS 0: its holder does not want it routed.";
  if (origin.kind == PathOrigin::Kind::none)
    return "VRPs cover this prefix, but a path that ends in an AS_SET has no origin that a VRP could name.";
  if (verdict.same_as) return "A VRP names this origin, but not for prefixes as long as this one.";
  if (verdict.reason == OriginReason::length)
    return "VRPs cover this prefix, but none of them allows prefixes as long as this one.";
  return "VRPs cover this prefix, but none of them names this origin.";
}

}  // namespace

std::string_view to_string(OriginState state) {
  switch (state) {
    case OriginState::unknown: return "unknown";
    case OriginState::not_found: return "not-found";
    case OriginState::valid: return "valid";
    case OriginState::invalid: return "invalid";
  }
  return "";
}

std::string_view to_string(OriginReason reason) {
  switch (reason) {
    case OriginReason::none: return "";
    case OriginReason::as: return "as";
    case OriginReason::length: return "length";
    case OriginReason::no_table: return "no-table";
    case OriginReason::local: return "local-as";
  }
  return "";
}

OriginVerdict judge_origin(const VrpTable& vrps, const Prefix& prefix, PathOrigin origin) {
  return origin_walk::judge_from(vrps, vrps.index().find(prefix.address()), prefix, origin);
}

OriginExplanation explain_origin(const VrpTable* vrps, const Prefix& prefix, PathOrigin origin) {
  OriginExplanation result;
  result.prefix = prefix;
  result.origin = origin;
  result.rule = "RFC 6811 section 2";
  if (vrps != nullptr) {
    result.verdict = judge_origin(*vrps, prefix, origin);
    std::vector<std::uint32_t> ids;
    vrps->covering(prefix, ids);
    for (const std::uint32_t id : ids) {
      const Vrp vrp = vrps->vrp(id);
      const bool fits = prefix.length() <= vrp.max_length;
      auto& list = !fits                                ? result.unmatched_length
                   : names(vrps->entries()[id], origin) ? result.matched
                                                        : result.unmatched_as;
      list.push_back(vrp);
    }
    if (result.verdict.as_zero) result.rule = "RFC 6483 section 4";
  }
  result.description = describe(result.verdict, origin);
  return result;
}

}  // namespace fairway
