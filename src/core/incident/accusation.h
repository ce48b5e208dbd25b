// What detectors look at (RouteChange) and what they say (Accusation).
#pragma once

#include <optional>
#include <vector>

#include "core/incident/baseline.h"
#include "core/incident/incident.h"
#include "core/incident/path_facts.h"
#include "core/incident/views.h"

namespace fairway {

// A view's route changed: now it has `after`.
struct RouteChange {
  Instant now;
  std::uint32_t second = 0;  // now, whole
  ViewId view{};
  RibKind table = RibKind::adj_rib_in_pre;  // of the router that the view is
  PrefixId id;
  Prefix prefix;
  AttributesId attributes{};
  PathId path{};
  Asn origin;  // 0: none that can be named (AS_SET)
  const PathFacts* facts = nullptr;
  bool has_otc = false;        // the route carries OTC (RFC 9234)
  bool blackhole = false;      // or the community BLACKHOLE (RFC 7999)
  bool replaced = false;       // the view had a route of a known origin before
  bool judged = false;         // the view's route before is known, so the change was observed
  bool knows_absence = false;  // so is the Internet's before
  bool provisional = false;    // against a provisional baseline
  bool stale = false;          // nothing was heard between the table and the first update
  bool novel = false;          // the origin is not known for the prefix
};

// RFC 6811 section 2: an empty path, and one that ends in a confederation, means the speaker's own AS.
constexpr PathOrigin with_speaker(PathOrigin origin, Asn speaker) {
  return origin.kind == PathOrigin::Kind::local ? PathOrigin{PathOrigin::Kind::as, speaker} : origin;
}

struct Accusation {
  IncidentType type{};
  PrefixId prefix;
  Asn offender;  // 0: none
  Asn second;    // what the case is grouped by beside the offender: the victim; of a leak, whose routes were leaked
  std::vector<Asn> victims;  // sorted
  PrefixId rival;            // whose origins the victims are: the prefix itself, what covers it, what it covers
  LeakFinding leak{};

  friend bool same_case(const Accusation& a, const Accusation& b) {
    return a.type == b.type && a.offender == b.offender && a.second == b.second;
  }
};

// Everything known, for detectors and for weighing.
struct Knowledge {
  const EngineOptions& options;
  const Facts& facts;
  const Rib& rib;
  const Baseline& baseline;
  const Views& views;
  PathMemory& paths;
};

}  // namespace fairway
