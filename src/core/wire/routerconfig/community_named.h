// The names that routers have for well-known communities.
#pragma once

#include <optional>
#include <string_view>

#include "core/model/attributes.h"

namespace fairway::reader {

// "64500:1", "4226809864", "blackhole"; nothing if it is none.
std::optional<Community> community_named(std::string_view text);

}  // namespace fairway::reader
