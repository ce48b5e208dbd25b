// The path verdict: can this AS path have come about with every AS handing on only what it should? ASPA verification
// after draft-ietf-sidrops-aspa-verification-28 (section numbers below are its). judge_path is hot: eight octets, one
// pass, no allocation. explain_path gives the same verdict with everything it rests on.
//
// The path without consecutive repetitions is A(1), the origin, to A(N), the neighbour. A good path goes up, from
// customers to providers, and then down again. The up-ramp A(1) A(2) ... reaches as far as each AS attests the next as
// its provider; the down-ramp ... A(N-1) A(N) reaches back as far as each AS attests the one before as its provider. An
// AS attests a hop (provider), denies it (not a provider), or has no ASPA (no attestation); `max` ramps end at the
// first denied hop, `min` ramps at the first that is not attested.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/asn.h"
#include "core/tables/aspa.h"

namespace fairway {

enum class PathState : std::uint8_t { unknown, valid, invalid };
std::string_view to_string(PathState state);  // "unknown", "valid", "invalid"

enum class PathReason : std::uint8_t {
  none,            // valid
  no_table,        // unknown: no ASPAs are loaded
  no_attestation,  // unknown: a hop has no ASPA that speaks of it
  not_provider,    // invalid: a customer's ASPA does not name the next AS: the path went up, down and up again
  empty_path,      // invalid
  neighbour,       // invalid: the first AS is not the neighbour's
  as_set,          // invalid: the path holds an AS_SET, or a confederation segment
};
std::string_view to_string(
    PathReason reason);  // "", "no-table", "no-attestation", "not-provider", "empty-path", "neighbour-as", "as-set"

enum class Procedure : std::uint8_t {
  upstream,    // received from a customer, a peer, a route server, or by a route server from its client
  downstream,  // received from a provider; and what a collector is told
};
std::string_view to_string(Procedure procedure);  // "upstream", "downstream"

struct PathVerdict {
  static constexpr std::uint16_t kNoHop = 0xFFFF;

  PathState state = PathState::unknown;
  PathReason reason = PathReason::no_table;
  // The hop that decided, the one that ends the up-ramp: its customer's place in path.asns() (where it is repeated, the
  // first of the run); kNoHop if no hop decided.
  std::uint16_t hop = kNoHop;
  // The place in aspas() of that customer's ASPA; AspaTable::kNone where there is none.
  std::uint32_t aspa = AspaTable::kNone;

  friend bool operator==(const PathVerdict&, const PathVerdict&) = default;
};
static_assert(sizeof(PathVerdict) == 8);

// `neighbour`: the AS at the other end of the session; nullopt where the first AS need not be its own: from a route
// server (which does not put itself into the path) and at a collector (docs/deviations/aspa.md).
PathVerdict judge_path(const AspaTable& aspas, const AsPath& path, Procedure procedure, std::optional<Asn> neighbour);

struct PathExplanation {
  // One hop of the path without repetitions, origin first.
  struct Hop {
    Asn from, to;          // A(I), A(I+1)
    AspaTable::Auth up;    // is `to` a provider of `from`?
    AspaTable::Auth down;  // is `from` a provider of `to`? Upstream: not asked, no_attestation.
  };
  PathVerdict verdict;
  Procedure procedure = Procedure::downstream;
  std::vector<Asn> path;  // A(1)...A(N); empty if a check before the ramps decided
  std::vector<Hop> hops;  // N-1
  // The ramps' lengths in ASes (section 5.3). Down-ramps are 0 in the upstream procedure.
  std::size_t max_up = 0, min_up = 0, max_down = 0, min_down = 0;
  // Unless valid: {customer, the AS that it does not attest as its provider} where the up-ramp ends; and in the
  // downstream procedure where the down-ramp ends.
  std::optional<std::pair<Asn, Asn>> failing_hop, failing_down_hop;
  std::string_view description;  // one sentence
  std::string_view rule;         // "draft-ietf-sidrops-aspa-verification-28 section 5.4"
};

// `aspas` null: no table is loaded.
PathExplanation explain_path(const AspaTable* aspas, const AsPath& path, Procedure procedure,
                             std::optional<Asn> neighbour);

}  // namespace fairway
