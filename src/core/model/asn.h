// Asn: an autonomous system number (RFC 6793, four octets). Written asplain (RFC 5396).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/text.h"

namespace fairway {

struct Asn {
  std::uint32_t value = 0;

  friend constexpr auto operator<=>(Asn, Asn) = default;
};

inline constexpr Asn kAsTrans{
    23456};  // stands for a four-octet AS towards a speaker of two octets (RFC 6793 section 9)

// "AS64500", "as64500", "64500" and asdot "0.64500" are the same AS; anything else is nothing.
std::optional<Asn> parse_asn(std::string_view text);

inline void append_to(std::string& out, Asn asn) { append_number(out, asn.value); }
inline std::string to_string(Asn asn) { return std::to_string(asn.value); }

inline std::size_t hash_value(Asn asn) { return mix(asn.value, 1); }

}  // namespace fairway
