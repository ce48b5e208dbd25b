// The tables of the store, and how a file of an older version becomes one of the newest. A version that was ever
// released is never changed: a new one is a row behind it, and tests/fixtures keeps a file of each.
#pragma once

#include <span>
#include <string_view>

namespace fairway::store {

// Row n brings a file of version n to version n + 1. A new file is of version 0.
std::span<const std::string_view> migrations();

}  // namespace fairway::store
