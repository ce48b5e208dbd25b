// The peers of a table: PEER_INDEX_TABLE (RFC 6396 section 4.3.1) and, with places, GEO_PEER_TABLE (RFC 6397 section
// 3).
#pragma once

#include <string>
#include <vector>

#include "base/cursor.h"
#include "base/result.h"
#include "core/model/route_event.h"

namespace fairway::mrt {

// Degrees of WGS 84; not-a-number where it is private.
struct Place {
  float latitude = 0, longitude = 0;
};

struct PeerTable {
  std::uint32_t collector_id = 0;  // its BGP identifier
  std::string view_name;           // of PEER_INDEX_TABLE and GEO_PEER_TABLE alike; octets as they are
  std::vector<Peer> peers;         // the index of RIB entries counts them from 0
  Place collector_place;           // of GEO_PEER_TABLE
  std::vector<Place> places;       // of GEO_PEER_TABLE: as many as peers
};

// Error (`malformed`, with its offset) if the body is too short for what it announces; octets behind the last peer do
// no harm.
Result<PeerTable> decode_peer_table(Cursor body);
Result<PeerTable> decode_geo_peer_table(Cursor body);

}  // namespace fairway::mrt
