// A plan as MRT (RFC 6396): the table before as TABLE_DUMP_V2, what came then as BGP4MP messages with four-octet ASNs,
// written by Fairway's own writer.
#pragma once

#include "base/bytes.h"
#include "core/model/route_event.h"
#include "shell/scenario/plan.h"

namespace fairway::scenario {

struct MrtFiles {
  Buffer table, updates;
  std::string table_name, updates_name;  // as an archive would call them: "rrc00/rib.20181112.1600.mrt"
};

MrtFiles write_mrt(const Scenario& scenario, const Plan& plan);

// The session of a view with the collector. Addresses are of 198.18.0.0/15 (RFC 2544): nobody's.
Peer peer_of(const Scenario& scenario, std::size_t view);

}  // namespace fairway::scenario
