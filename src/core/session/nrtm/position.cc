#include "core/session/nrtm/position.h"

#include "base/text.h"

namespace fairway::nrtm {

std::string to_string(const Position& position) {
  std::string line = "%MIRROR " + position.source + " nrtm" + std::to_string(position.protocol) + " serial " +
                     std::to_string(position.serial);
  if (position.protocol == 4) line += " session " + position.session + " version " + std::to_string(position.version);
  return line + "\n";
}

std::optional<Position> position_of(std::string_view dump) {
  std::string_view line = dump.substr(0, dump.find('\n'));
  if (next_word(line) != "%MIRROR") return std::nullopt;
  Position position;
  position.source = next_word(line);
  const std::string_view protocol = next_word(line);
  position.protocol = protocol == "nrtm4" ? 4 : 3;
  bool whole = protocol == "nrtm3" || protocol == "nrtm4";
  const auto number = [&](std::string_view name, std::uint64_t& value) {
    const bool named = next_word(line) == name;
    const auto read = parse_number<std::uint64_t>(next_word(line));
    whole = whole && named && read;
    value = read.value_or(0);
  };
  number("serial", position.serial);
  if (position.protocol == 4) {
    whole = whole && next_word(line) == "session";
    position.session = next_word(line);
    number("version", position.version);
  }
  if (!whole) return std::nullopt;
  return position;
}

}  // namespace fairway::nrtm
