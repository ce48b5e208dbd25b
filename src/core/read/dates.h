// Dates as publishers write them into their files and the names of their files.
#pragma once

#include <optional>
#include <string_view>

#include "core/model/instant.h"

namespace fairway {

// "20230323": that day's midnight. "00000000" and what is no day is nothing.
std::optional<Instant> parse_compact_date(std::string_view text);

// The first date in a file's name: "20250720T100145Z", "20190101.0000", "20230323", "2021-12-01", "201806" (the month's
// first day); digits around it make it none. Years from 1990 to 2099.
std::optional<Instant> date_in_name(std::string_view name);

}  // namespace fairway
