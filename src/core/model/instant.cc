#include "core/model/instant.h"

#include <cstdio>

#include "base/text.h"

namespace fairway {

// Years are counted from March, so that a leap day is the last day of its year; eras are 400 years of 146,097 days.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

CivilDate civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

namespace {

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  std::string digits;
  append_number(digits, value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

// Exactly `width` digits off the front of `text`.
std::optional<unsigned> digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  const auto value = parse_number<unsigned>(text.substr(0, width));
  if (value) text.remove_prefix(width);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// "5", "123456", "1234567": the microseconds of a fraction, the rest cut off.
std::optional<std::int64_t> fraction(std::string_view& text) {
  std::int64_t value = 0;
  std::size_t count = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count, text.remove_prefix(1)) {
    if (count < 6) value = value * 10 + (text.front() - '0');
  }
  if (count == 0) return std::nullopt;
  for (; count < 6; ++count) value *= 10;
  return value;
}

unsigned days_in_month(std::int64_t year, unsigned month) {
  static constexpr unsigned char kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::optional<Instant> parse_epoch(std::string_view text) {
  const bool negative = skip(text, '-');
  const bool has_fraction = text.find('.') != std::string_view::npos;
  const std::string_view whole = cut(text, '.');
  const auto count = parse_number<std::int64_t>(whole);
  if (!count || *count > 9'000'000'000'000) return std::nullopt;
  std::int64_t micros = 0;
  if (has_fraction) {
    const auto part = fraction(text);
    if (!part || !text.empty()) return std::nullopt;
    micros = *part;
  }
  const std::int64_t total = *count * 1'000'000 + micros;
  return Instant{negative ? -total : total};
}

}  // namespace

std::string to_string(Instant instant) {
  const std::int64_t whole = instant.whole_seconds();
  const std::int64_t micros = instant.microseconds - whole * 1'000'000;
  const std::int64_t day = whole >= 0 ? whole / 86400 : -((-whole + 86399) / 86400);
  const std::int64_t second = whole - day * 86400;
  const CivilDate date = civil_from_days(day);
  std::string out;
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  out += 'T';
  append_padded(out, second / 3600, 2);
  out += ':';
  append_padded(out, second / 60 % 60, 2);
  out += ':';
  append_padded(out, second % 60, 2);
  if (micros != 0) {
    out += '.';
    append_padded(out, micros, 6);
  }
  out += 'Z';
  return out;
}

std::string day_of(Instant instant) { return to_string(instant).substr(0, 10); }

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 5 || text[4] != '-') return parse_epoch(text);
  const auto year = digits(text, 4);
  if (!year || !skip(text, '-')) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || *month < 1 || *month > 12 || !skip(text, '-')) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  std::int64_t total = days_from_civil(*year, *month, *day) * 86400;
  std::int64_t micros = 0;
  if (!text.empty()) {
    if (!skip(text, 'T') && !skip(text, 't') && !skip(text, ' ')) return std::nullopt;
    const auto hour = digits(text, 2);
    if (!hour || *hour > 23 || !skip(text, ':')) return std::nullopt;
    const auto minute = digits(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    unsigned second = 0;
    if (skip(text, ':')) {
      const auto value = digits(text, 2);
      if (!value || *value > 60) return std::nullopt;
      second = *value;
      if (skip(text, '.')) {
        const auto part = fraction(text);
        if (!part) return std::nullopt;
        micros = *part;
      }
    }
    total += *hour * 3600 + *minute * 60 + second;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
      const int sign = text.front() == '+' ? 1 : -1;
      text.remove_prefix(1);
      const auto offset_hours = digits(text, 2);
      skip(text, ':');
      const auto offset_minutes = digits(text, 2);
      if (!offset_hours || !offset_minutes) return std::nullopt;
      total -= sign * static_cast<std::int64_t>(*offset_hours * 3600 + *offset_minutes * 60);
    } else if (!skip(text, 'Z')) {
      skip(text, 'z');
    }
    if (!text.empty()) return std::nullopt;
  }
  return Instant{total * 1'000'000 + micros};
}

}  // namespace fairway
