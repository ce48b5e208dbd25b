// Octets written by hand: "02 0b 0100" is four octets; blanks do not count.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/text.h"

namespace fairway::rtr {

inline Buffer octets_of(std::string_view hex) {
  Buffer octets;
  std::string digits;
  for (const char c : hex) {
    if (is_blank(c)) continue;
    digits += c;
    if (digits.size() < 2) continue;
    const std::uint8_t octet = parse_number<std::uint8_t>(digits, 16).value();
    octets.append({&octet, 1});
    digits.clear();
  }
  return octets;
}

}  // namespace fairway::rtr
