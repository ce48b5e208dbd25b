// The filters that every command over routes shares: --prefix, --match, --origin, --peer, --as-path, --community,
// --type, --since,
// --until.
#pragma once

#include "apps/fairway/options.h"
#include "core/filter/route_filter.h"

namespace fairway {

// Declares them; what is typed lands in `filter`.
void declare_filters(Options& options, RouteFilter& filter);

}  // namespace fairway
