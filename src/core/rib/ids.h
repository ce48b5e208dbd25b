// The ids of a RIB. Dense, assigned in the order of first sight, so that they index columns; meaningless outside of
// their RIB.
#pragma once

#include <cstdint>

#include "core/model/ip_address.h"

namespace fairway {

enum class ViewId : std::uint32_t {};
enum class PathId : std::uint32_t {};
enum class AttributesId : std::uint32_t {};
inline constexpr AttributesId kNoAttributes{~std::uint32_t{0}};

// One table a family and SAFI: unicast and multicast of IPv4 and IPv6.
enum class TableId : std::uint8_t { ipv4_unicast, ipv6_unicast, ipv4_multicast, ipv6_multicast };
inline constexpr unsigned kTables = 4;

constexpr TableId table_of(Family family, Safi safi) {
  return static_cast<TableId>((family == Family::ipv4 ? 0 : 1) + (safi == Safi::unicast ? 0 : 2));
}

// A prefix of one table: the table in the upper two bits, its index there in the others.
struct PrefixId {
  std::uint32_t value = ~std::uint32_t{0};

  constexpr PrefixId() = default;
  constexpr explicit PrefixId(std::uint32_t raw) : value(raw) {}
  constexpr PrefixId(TableId table, std::uint32_t index) : value(static_cast<std::uint32_t>(table) << 30 | index) {}
  constexpr TableId table() const { return static_cast<TableId>(value >> 30); }
  constexpr std::uint32_t index() const { return value & kMaxIndex; }

  static constexpr std::uint32_t kMaxIndex = (std::uint32_t{1} << 30) - 1;
  friend constexpr auto operator<=>(PrefixId, PrefixId) = default;
};

}  // namespace fairway
