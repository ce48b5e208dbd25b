// The syntax of Cisco IOS, as far as others have it too.
#pragma once

#include <string>
#include <string_view>

#include "core/report/routerconfig/router_config.h"

namespace fairway::routerconfig {

// " ge 24 le 32", or less, or nothing.
void put_ge_le(std::string& out, const PrefixRange& range);
// "COMMAND NAME permit REGULAR-EXPRESSION" for paths through the neighbour, or (outbound) to it.
void put_as_path_lines(std::string& out, const List& list, std::string_view command, bool outbound);
void put_prefix_list(std::string& out, const List& list);
// An access list on the address and the mask of a route. IPv4 only.
void put_access_list(std::string& out, const List& list);

}  // namespace fairway::routerconfig
