// The origin verdict: may this AS originate this prefix? Route origin validation after RFC 6811 (and RFC 6483 section 4
// for AS 0), in Routinator's words. judge_origin is hot: eight octets, no allocation. explain_origin gives the same
// verdict with everything it rests on.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/tables/vrp.h"

namespace fairway {

enum class OriginState : std::uint8_t {
  unknown,    // not validated: no table, or the origin is the speaker itself and nobody said which AS that is
  not_found,  // no VRP covers the prefix
  valid,      // at least one VRP matches
  invalid,    // VRPs cover the prefix, none matches
};
std::string_view to_string(OriginState state);  // "unknown", "not-found", "valid", "invalid"

// Why it is invalid, as Routinator says it; why it is unknown.
enum class OriginReason : std::uint8_t {
  none,
  as,        // some covering VRP allows this length, to another AS
  length,    // every covering VRP ends at shorter prefixes
  no_table,  // unknown: no VRPs are loaded
  local,     // unknown: the path is empty or ends in a confederation, and the speaker's AS was not told
};
std::string_view to_string(OriginReason reason);  // "", "as", "length", "no-table", "local-as"

struct OriginVerdict {
  static constexpr std::uint32_t kNone = VrpTable::kNone;

  OriginState state = OriginState::unknown;
  OriginReason reason = OriginReason::no_table;
  // Of an invalid one: a covering VRP names the route's origin, only the length is wrong ("Invalid, more-specific").
  bool same_as = false;
  // Of an invalid one: every covering VRP names AS 0: the holder wants nothing of it routed.
  bool as_zero = false;
  // The VRP that decided: valid, the matching one; invalid or unknown, a covering one, of the route's own AS if there
  // is one. Among several the longest prefix, then the first in the table. kNone if none covers.
  std::uint32_t vrp = kNone;

  friend bool operator==(const OriginVerdict&, const OriginVerdict&) = default;
};
static_assert(sizeof(OriginVerdict) == 8);

// RFC 6811 section 2: an empty path, and one that ends in a confederation, means the speaker's own AS.
constexpr PathOrigin with_local_as(PathOrigin origin, Asn speaker) {
  return origin.kind == PathOrigin::Kind::local ? PathOrigin{PathOrigin::Kind::as, speaker} : origin;
}

struct PrefixOrigin {
  Prefix prefix;
  PathOrigin origin;
};

OriginVerdict judge_origin(const VrpTable& vrps, const Prefix& prefix, PathOrigin origin);

// verdicts[i] = judge_origin(vrps, routes[i]), several times as fast as one by one where routes come in no order: the
// table's memory is asked for ahead. Spans of one length.
void judge_origins(const VrpTable& vrps, std::span<const PrefixOrigin> routes, std::span<OriginVerdict> verdicts);

// What a validity object (Routinator's API) holds. The VRPs in three lists as Routinator sorts them: a length that the
// VRP does not allow puts it in unmatched_length whatever its AS; each list shortest prefix first, then in table order.
struct OriginExplanation {
  Prefix prefix;
  PathOrigin origin;
  OriginVerdict verdict;
  std::string_view description;  // one sentence
  std::string_view rule;         // "RFC 6811 section 2"
  std::vector<Vrp> matched, unmatched_as, unmatched_length;
};

// `vrps` null: no table is loaded.
OriginExplanation explain_origin(const VrpTable* vrps, const Prefix& prefix, PathOrigin origin);

}  // namespace fairway
