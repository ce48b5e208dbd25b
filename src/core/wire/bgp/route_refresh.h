// ROUTE-REFRESH (RFC 2918, RFC 7313; outbound filters RFC 5291 are kept raw). A value.
#pragma once

#include <vector>

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "base/result.h"
#include "core/wire/bgp/capability.h"

namespace fairway::bgp {

struct RouteRefresh {
  enum class Subtype : std::uint8_t { request = 0, begin = 1, end = 2 };  // RFC 7313 section 3.2; others are kept

  AfiSafi family;
  Subtype subtype = Subtype::request;
  std::vector<std::uint8_t> filters;  // what stands behind

  friend bool operator==(const RouteRefresh&, const RouteRefresh&) = default;
};

// Error (`malformed`) if there are fewer than four octets, or more behind a begin or end (RFC 7313 section 5).
Result<RouteRefresh> decode_route_refresh(Cursor body);
void encode_route_refresh(const RouteRefresh& refresh, ByteWriter& out);

}  // namespace fairway::bgp
