#include "core/model/asn.h"

namespace fairway {

std::optional<Asn> parse_asn(std::string_view text) {
  if (text.size() > 2 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'S' || text[1] == 's'))
    text.remove_prefix(2);
  if (const std::size_t dot = text.find('.'); dot != std::string_view::npos) {
    const auto high = parse_number<std::uint16_t>(text.substr(0, dot));
    const auto low = parse_number<std::uint16_t>(text.substr(dot + 1));
    if (!high || !low) return std::nullopt;
    return Asn{std::uint32_t{*high} << 16 | *low};
  }
  const auto value = parse_number<std::uint32_t>(text);
  if (!value) return std::nullopt;
  return Asn{*value};
}

}  // namespace fairway
