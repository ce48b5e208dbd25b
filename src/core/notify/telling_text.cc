// A Telling as lines of words: what it is, then its values. The version stands first.
#include <algorithm>

#include "base/text.h"
#include "core/notify/telling.h"

namespace fairway::notify {

namespace {

constexpr std::string_view kVersion = "telling 1";

std::string number(Instant instant) { return std::to_string(instant.microseconds); }

std::optional<Instant> read_instant(std::string_view& rest) {
  const auto microseconds = parse_number<std::int64_t>(next_word(rest));
  if (!microseconds) return std::nullopt;
  return Instant{*microseconds};
}

// One line behind its first word; false: it makes no sense.
bool read_line(std::string_view name, std::string_view rest, Telling& telling) {
  if (name == "sequence") {
    const auto sequence = parse_number<std::uint32_t>(next_word(rest));
    const auto at = read_instant(rest);
    if (!sequence || !at) return false;
    telling.sequence = *sequence;
    telling.at = *at;
    return true;
  }
  if (name == "told") {
    Told told;
    told.channel = next_word(rest);
    const auto sequence = parse_number<std::uint32_t>(next_word(rest));
    const auto at = read_instant(rest);
    const auto severity = parse_number<unsigned>(next_word(rest));
    if (told.channel.empty() || !sequence || !at || !severity || *severity > 2) return false;
    told.sequence = *sequence;
    told.at = *at;
    told.severity = static_cast<Confidence>(*severity);
    telling.told.push_back(std::move(told));
    return true;
  }
  if (name == "acknowledged") {
    telling.acknowledged = read_instant(rest);
    telling.acknowledged_by = trim(rest);
    return telling.acknowledged.has_value();
  }
  if (name == "snoozed") {
    telling.snoozed_until = read_instant(rest);
    return telling.snoozed_until.has_value();
  }
  telling.ignored = name == "ignored";
  return telling.ignored;
}

}  // namespace

std::string encode(const Telling& telling) {
  std::string out = std::string(kVersion) + '\n';
  out += "sequence " + std::to_string(telling.sequence) + ' ' + number(telling.at) + '\n';
  for (const Told& told : telling.told) {
    out += "told " + told.channel + ' ' + std::to_string(told.sequence) + ' ' + number(told.at) + ' ' +
           std::to_string(static_cast<unsigned>(told.severity)) + '\n';
  }
  if (telling.acknowledged) {
    std::string who = telling.acknowledged_by;
    std::ranges::replace(who, '\n', ' ');
    out += "acknowledged " + number(*telling.acknowledged) + ' ' + std::string(trim(who)) + '\n';
  }
  if (telling.snoozed_until) out += "snoozed " + number(*telling.snoozed_until) + '\n';
  if (telling.ignored) out += "ignored\n";
  return out;
}

Result<Telling> decode_telling(std::string_view text) {
  if (cut(text, '\n') != kVersion) return fail(ErrorKind::malformed, "this is no telling of version 1", 1);
  Telling telling;
  for (std::uint64_t line = 2; !text.empty(); ++line) {
    std::string_view rest = cut(text, '\n');
    const std::string_view name = next_word(rest);
    if (!read_line(name, rest, telling))
      return fail(ErrorKind::malformed, "this line of a telling makes no sense", line);
  }
  return telling;
}

}  // namespace fairway::notify
