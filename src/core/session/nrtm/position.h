// Position: how far a mirrored dump has come. It stands in the dump's first line, a comment to everybody else, so that
// the objects and the position change at once:
//
//   %MIRROR RADB nrtm3 serial 4370184
//   %MIRROR EXAMPLE nrtm4 serial 17 session ca128382-78d9-41d1-8927-1ecef15275be version 4
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::nrtm {

struct Position {
  std::string source;        // upper case
  unsigned protocol = 3;     // of NRTM
  std::uint64_t serial = 0;  // of version 3; of version 4 our own count, for those who mirror us
  std::string session;       // of version 4
  std::uint64_t version = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

// A line with its line feed.
std::string to_string(const Position& position);
// Of a dump; nothing if it is not ours.
std::optional<Position> position_of(std::string_view dump);

}  // namespace fairway::nrtm
