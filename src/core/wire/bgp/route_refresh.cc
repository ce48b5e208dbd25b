#include "core/wire/bgp/route_refresh.h"

namespace fairway::bgp {

Result<RouteRefresh> decode_route_refresh(Cursor body) {
  RouteRefresh refresh;
  const std::uint64_t offset = body.offset();
  refresh.family.afi = body.u16();
  refresh.subtype = static_cast<RouteRefresh::Subtype>(body.u8());
  refresh.family.safi = body.u8();
  if (!body.ok()) return fail(ErrorKind::malformed, "A ROUTE-REFRESH is shorter than four octets.", offset);
  const bool marks = refresh.subtype == RouteRefresh::Subtype::begin || refresh.subtype == RouteRefresh::Subtype::end;
  if (marks && !body.empty())
    return fail(ErrorKind::malformed, "A begin or end of ROUTE-REFRESH is longer than four octets.", offset);
  const Bytes rest = body.rest();
  refresh.filters.assign(rest.begin(), rest.end());
  return refresh;
}

void encode_route_refresh(const RouteRefresh& refresh, ByteWriter& out) {
  out.u16(refresh.family.afi);
  out.u8(static_cast<std::uint8_t>(refresh.subtype));
  out.u8(refresh.family.safi);
  out.bytes(refresh.filters);
}

}  // namespace fairway::bgp
