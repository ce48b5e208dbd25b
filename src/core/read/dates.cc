#include "core/read/dates.h"

#include <string>

#include "base/text.h"

namespace fairway {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

std::optional<Instant> date_of(std::string_view year, std::string_view month, std::string_view day) {
  if (year < "1990" || year > "2099") return std::nullopt;
  return parse_instant(std::string(year).append("-").append(month).append("-").append(day));
}

// "T100145Z", ".0000", "-1200" behind a date: the time of day.
Duration time_behind(std::string_view text) {
  if (text.empty() || std::string_view("T.-_").find(text.front()) == std::string_view::npos) return {};
  const std::size_t count = digits_at(text, 1);
  if (count != 4 && count != 6) return {};
  const auto part = [&](std::size_t at) { return parse_number<unsigned>(text.substr(at, 2)).value_or(99); };
  const unsigned hour = part(1), minute = part(3), second = count == 6 ? part(5) : 0;
  if (hour > 23 || minute > 59 || second > 59) return {};
  return seconds(hour * 3600 + minute * 60 + second);
}

}  // namespace

std::optional<Instant> parse_compact_date(std::string_view text) {
  if (text.size() != 8 || digits_at(text, 0) != 8) return std::nullopt;
  return date_of(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
}

std::optional<Instant> date_in_name(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t count = digits_at(name, at);
    if (count == 0) {
      ++at;
      continue;
    }
    std::optional<Instant> date;
    std::size_t end = at + count;
    if (count == 8) {
      date = parse_compact_date(name.substr(at, 8));
    } else if (count == 6) {
      date = date_of(name.substr(at, 4), name.substr(at + 4, 2), "01");
    } else if (count == 14) {  // date and time in one run
      date = parse_compact_date(name.substr(at, 8));
      if (date) return *date + time_behind("T" + std::string(name.substr(at + 8, 6)));
    } else if (count == 4 && name.substr(end).starts_with('-') && digits_at(name, end + 1) == 2 &&
               name.substr(end + 3).starts_with('-') && digits_at(name, end + 4) == 2) {
      date = date_of(name.substr(at, 4), name.substr(end + 1, 2), name.substr(end + 4, 2));
      end += 6;
    }
    if (date) return *date + (count == 6 ? Duration{} : time_behind(name.substr(end)));
    at += count;
  }
  return std::nullopt;
}

}  // namespace fairway
