// IpAddress: an IPv4 or IPv6 address. The bits are left-aligned in 128: an IPv4 address fills the upper 32 bits of
// `high`, so that prefixes of both families are compared, cut and hashed by the same few instructions.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/hash.h"

namespace fairway {

// Address family identifiers (IANA), those that Fairway knows.
enum class Family : std::uint8_t { ipv4 = 1, ipv6 = 2 };

// Subsequent address family identifiers (IANA), those that Fairway knows by name.
enum class Safi : std::uint8_t { unicast = 1, multicast = 2 };

constexpr unsigned address_bits(Family family) { return family == Family::ipv4 ? 32 : 128; }
constexpr std::size_t address_octets(Family family) { return family == Family::ipv4 ? 4 : 16; }

struct IpAddress {
  Family family = Family::ipv4;
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) = default;

  static constexpr IpAddress ipv4(std::uint32_t bits) { return {Family::ipv4, std::uint64_t{bits} << 32, 0}; }
  static constexpr IpAddress ipv6(std::uint64_t high, std::uint64_t low) { return {Family::ipv6, high, low}; }
  // 4 or 16 octets in network order; other sizes are a mistake of the caller.
  static IpAddress from_octets(Bytes octets);

  constexpr std::uint32_t ipv4_bits() const { return static_cast<std::uint32_t>(high >> 32); }
  // Writes 4 or 16 octets in network order, and says how many.
  std::size_t to_octets(std::uint8_t* out) const;
};

// Strict: dotted quad without leading zeros; RFC 4291 forms with "::" and an embedded dotted quad.
std::optional<IpAddress> parse_ip(std::string_view text);
// The dotted quad at the start of what stands from `at` to `end`: returns what stands behind it, or null if there is
// none. Its last number has three
// digits at most: a fourth is left standing.
const char* read_ipv4(const char* at, const char* end, std::uint32_t& bits);

// Dotted quad; RFC 5952 (lower case, longest run of zeros shortened, ::ffff:0:0/96 with a dotted quad).
void append_to(std::string& out, const IpAddress& address);
std::string to_string(const IpAddress& address);

inline std::size_t hash_value(const IpAddress& address) {
  return mix(address.high ^ static_cast<std::uint64_t>(address.family), address.low);
}

}  // namespace fairway
