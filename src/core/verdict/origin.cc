#include "core/verdict/origin.h"

#include <algorithm>

namespace fairway {

namespace {

constexpr std::uint32_t kNone = VrpTable::kNone;

// Whether the VRP's AS is the route's origin (RFC 6811 section 2): AS 0 and an AS_SET never match.
bool names(const VrpTable::Entry& entry, const PathOrigin& origin) {
  return origin.kind == PathOrigin::Kind::as && entry.asn == origin.asn && entry.asn.value != 0;
}

// From the run of the longest covering prefix on, outwards.
OriginVerdict judge_from(std::span<const VrpTable::Entry> entries, std::uint32_t run, unsigned length,
                         PathOrigin origin) {
  while (run != kNone && entries[run].length > length) run = entries[run].parent;
  if (run == kNone) return {OriginState::not_found, OriginReason::none, false, false, kNone};

  // Without a match: a covering VRP that allows the length (and is not of AS 0); all are of AS 0; the first; the first
  // of the route's own AS.
  bool allowed = false, allowed_to_some_as = false, as_zero = true;
  const std::uint32_t first = run;
  std::uint32_t own = kNone;
  for (; run != kNone; run = entries[run].parent) {
    for (std::uint32_t id = run;; ++id) {
      const VrpTable::Entry& entry = entries[id];
      const bool fits = length <= entry.max_length;
      if (names(entry, origin)) {
        if (fits) return {OriginState::valid, OriginReason::none, false, false, id};
        if (own == kNone) own = id;
      }
      allowed |= fits;
      allowed_to_some_as |= fits && entry.asn.value != 0;
      as_zero &= entry.asn.value == 0;
      if (entry.last) break;
    }
  }
  const bool undecided = origin.kind == PathOrigin::Kind::local && allowed_to_some_as;
  if (undecided) return {OriginState::unknown, OriginReason::local, false, false, first};
  return {OriginState::invalid, allowed ? OriginReason::as : OriginReason::length, own != kNone, as_zero,
          own != kNone ? own : first};
}

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
  return judge_from(vrps.entries(), vrps.index().find(prefix.address()), prefix.length(), origin);
}

// Three rounds over each batch, so that the memory that the next round reads is on its way: the segment, node by node;
// the VRPs; the verdict.
void judge_origins(const VrpTable& vrps, std::span<const PrefixOrigin> routes, std::span<OriginVerdict> verdicts) {
  constexpr std::size_t kBatch = 32;
  const PrefixIndex& index = vrps.index();
  const auto entries = vrps.entries();
  PrefixIndex::Cursor cursors[kBatch];
  std::uint8_t waiting[kBatch];
  for (std::size_t begin = 0; begin < routes.size(); begin += kBatch) {
    const std::size_t size = std::min(kBatch, routes.size() - begin);
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; ++i) {
      cursors[i] = index.start(routes[begin + i].prefix.address());
      if (PrefixIndex::is_node(cursors[i].value)) waiting[count++] = static_cast<std::uint8_t>(i);
    }
    while (count != 0) {
      std::size_t still = 0;
      for (std::size_t k = 0; k < count; ++k) {
        PrefixIndex::Cursor& cursor = cursors[waiting[k]];
        index.step(cursor);
        if (PrefixIndex::is_node(cursor.value)) {
          index.prefetch(cursor);
          waiting[still++] = waiting[k];
        } else if (cursor.value != kNone) {
          __builtin_prefetch(&entries[cursor.value]);
        }
      }
      count = still;
    }
    for (std::size_t i = 0; i < size; ++i) {
      const PrefixOrigin& route = routes[begin + i];
      verdicts[begin + i] = judge_from(entries, cursors[i].value, route.prefix.length(), route.origin);
    }
  }
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
