// What a BGP speaker does with a route besides its filters, by the facts of the session: loops (RFC 4271
// section 9.1.2), the first AS (section 6.3), AS_SETs (RFC 9774), well-known communities (RFC 1997), Only to Customer
// (RFC 9234 section 5).
#pragma once

#include <optional>

#include "core/model/probe.h"
#include "core/model/router_session.h"

namespace fairway::reader {

// A route that the speaker itself refuses; nothing: the filters are asked.
std::optional<Decision> refused_by_session(const RouterSession& session, Direction direction, const Probe& probe);

// OTC is added where the roles ask for it: on import before the filter sees the route, on export behind it.
void mark_with_otc(const RouterSession& session, Direction direction, Probe& route);

}  // namespace fairway::reader
