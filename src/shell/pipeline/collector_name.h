// Which collector a file comes from, by its name: what bgpstream and the archives' mirrors call it.
#pragma once

#include <string>
#include <string_view>

namespace fairway {

// "…/routeviews.route-views.jinx.ribs.1401487200.bz2" -> "route-views.jinx"; "…/rrc06/2014.05/bview.20140530.gz" ->
// "rrc06"; "…/route-views3/RIBS/rib.20140530.bz2" -> "route-views3"; anything else -> "common": such files are taken
// for one collector's.
std::string collector_of(std::string_view path);

}  // namespace fairway
