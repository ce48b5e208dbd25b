#include "core/verdict/registry.h"

namespace fairway {

std::string_view to_string(RegistryState state) {
  switch (state) {
    case RegistryState::not_found: return "not-found";
    case RegistryState::valid: return "valid";
    case RegistryState::invalid: return "invalid";
    case RegistryState::invalid_more_specific: return "invalid-more-specific";
    case RegistryState::unknown: break;
  }
  return "unknown";
}

RegistryVerdict judge_registry(const IrrTable* irr, const Prefix& prefix, PathOrigin origin) {
  if (irr == nullptr || origin.kind == PathOrigin::Kind::local) return {};
  const std::uint32_t longest = irr->longest_covering(prefix);
  if (longest == IrrTable::kNone) return {RegistryState::not_found, IrrTable::kNone};
  if (origin.kind == PathOrigin::Kind::as) {
    for (std::uint32_t run = longest; run != IrrTable::kNone; run = irr->runs()[run].parent) {
      for (std::uint32_t id = irr->runs()[run].first; id < irr->runs()[run].end; ++id) {
        const RouteObject& object = irr->objects()[id];
        if (object.origin != origin.asn) continue;
        return {object.prefix == prefix ? RegistryState::valid : RegistryState::invalid_more_specific, id};
      }
    }
  }
  return {RegistryState::invalid, irr->runs()[longest].first};
}

RegistryExplanation explain_registry(const IrrTable* irr, const Prefix& prefix, PathOrigin origin) {
  RegistryExplanation explanation;
  if (irr == nullptr || origin.kind == PathOrigin::Kind::local) return explanation;
  std::vector<std::uint32_t> ids;
  irr->covering(prefix, ids);
  bool exact = false;
  std::uint32_t matching = IrrTable::kNone;
  for (const std::uint32_t id : ids) {
    const RouteObject& object = irr->objects()[id];
    const bool same = origin.kind == PathOrigin::Kind::as && object.origin == origin.asn;
    if (same && matching == IrrTable::kNone) {
      matching = id;
      exact = object.prefix == prefix;
    }
    (same ? explanation.matching : explanation.others).push_back(object);
  }
  if (ids.empty()) {
    explanation.verdict = {RegistryState::not_found, IrrTable::kNone};
  } else if (matching == IrrTable::kNone) {
    explanation.verdict = {RegistryState::invalid, ids.front()};
  } else {
    explanation.verdict = {exact ? RegistryState::valid : RegistryState::invalid_more_specific, matching};
  }
  return explanation;
}

}  // namespace fairway
