// NumberRange: a run of addresses of one family, or of AS numbers: what inetnum, inet6num and as-block objects are
// about (RFC 2725 section 10, RFC 4012). Both ends are included. A value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/asn.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

struct NumberRange {
  enum class Kind : std::uint8_t { ipv4, ipv6, asn };
  using Number = unsigned __int128;

  Kind kind = Kind::ipv4;
  Number first = 0, last = 0;  // first <= last

  static NumberRange of(const Prefix& prefix);
  static NumberRange of(Asn asn) { return {Kind::asn, asn.value, asn.value}; }

  bool contains(const NumberRange& other) const {
    return kind == other.kind && first <= other.first && other.last <= last;
  }
  friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

// "192.0.2.0 - 192.0.2.255", "192.0.2.0/24", "2001:db8::/32", an address alone.
std::optional<NumberRange> parse_address_range(std::string_view text);
// "AS64496 - AS64511".
std::optional<NumberRange> parse_as_block(std::string_view text);

}  // namespace fairway
