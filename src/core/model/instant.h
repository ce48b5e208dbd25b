// Instant: a point in time, microseconds since 1970-01-01T00:00:00 UTC without leap seconds. Duration: their
// difference. Time is always an argument in the core; nothing here reads a clock.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway {

struct Duration {
  std::int64_t microseconds = 0;

  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return {a.microseconds + b.microseconds}; }
  friend constexpr Duration operator-(Duration a, Duration b) { return {a.microseconds - b.microseconds}; }
};

constexpr Duration seconds(std::int64_t count) { return {count * 1'000'000}; }
constexpr Duration hours(std::int64_t count) { return seconds(count * 3600); }
constexpr Duration days(std::int64_t count) { return hours(count * 24); }

struct Instant {
  std::int64_t microseconds = 0;

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant a, Duration b) { return {a.microseconds + b.microseconds}; }
  friend constexpr Instant operator-(Instant a, Duration b) { return {a.microseconds - b.microseconds}; }
  friend constexpr Duration operator-(Instant a, Instant b) { return {a.microseconds - b.microseconds}; }

  constexpr std::int64_t whole_seconds() const {
    return microseconds >= 0 ? microseconds / 1'000'000 : -((-microseconds + 999'999) / 1'000'000);
  }
};

constexpr Instant from_seconds(std::int64_t count) { return {count * 1'000'000}; }

// ISO 8601, UTC: "2018-11-12T21:12:16Z", with ".123456" when there is a fraction of a second.
std::string to_string(Instant instant);
// Its day alone: "2018-11-12".
std::string day_of(Instant instant);

// How far the one is from the other, whichever comes first.
constexpr Duration apart(Instant a, Instant b) { return a > b ? a - b : b - a; }

// Reads "2018-11-12T21:12:16Z", the same with a fraction, with a blank for the T, without Z (UTC is meant), with an
// offset
// "+07:00", a date alone (midnight), or a decimal number of seconds since 1970. Anything else is nothing.
std::optional<Instant> parse_instant(std::string_view text);

// The days between 1970-01-01 and a date of the proleptic Gregorian calendar, and back.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day);
struct CivilDate {
  std::int64_t year;
  unsigned month;  // 1 to 12
  unsigned day;    // 1 to 31
};
CivilDate civil_from_days(std::int64_t days);

}  // namespace fairway
