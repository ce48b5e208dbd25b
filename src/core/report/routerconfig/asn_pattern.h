// ASNs as regular expressions over their decimal digits, for routers whose path filters know nothing else.
#pragma once

#include <string>
#include <vector>

#include "core/model/asn.h"

namespace fairway::routerconfig {

// Expressions of digits, "[a-b]" alone, which together match exactly the ASNs from `first` to `last`: "6451[2-9]".
std::vector<std::string> patterns_of(Asn first, Asn last);

}  // namespace fairway::routerconfig
