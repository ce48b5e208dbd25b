// Where the prefixes of a filter come from, as text or as JSON.
#pragma once

#include <string>

#include "core/model/prefix_range.h"
#include "core/session/whois_client/set_query.h"

namespace fairway {

// One line for each prefix and origin, sorted: "192.0.2.0/24  AS64500  RIPE  AS-FOO > AS-BAR": the origin, the registry
// that has the route object ("RPKI": it is a ROA), and the sets that lead to it from the one that was asked for. JSON:
// {"version": 1, "prefix", "least", "most", "origin": number|null, "registry": text|null, "sets": [...]}. What was not
// in any set has an empty path; a prefix that was named itself, or that a route-set holds, has no origin. `answer` was
// asked for with provenance; its ranges and origins are parallel.
void append_why(std::string& out, const SetAnswer& answer, bool json);

}  // namespace fairway
