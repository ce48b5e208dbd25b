// The version of the program, as CHANGELOG.md names it.
#pragma once

namespace fairway {

inline constexpr char kVersion[] = "0.1.0";

}  // namespace fairway
