// Encoding: what two speakers agreed on in their OPEN messages and what therefore decides how octets are read and
// written. Archives say it by the record's subtype.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/ip_address.h"
#include "core/wire/bgp/finding.h"

namespace fairway::bgp {

using Findings = std::vector<Finding>;

struct Encoding {
  bool four_octet_asns = true;     // RFC 6793: AS_PATH and AGGREGATOR carry four octets an AS
  bool extended_messages = false;  // RFC 8654: up to 65,535 octets a message instead of 4,096
  std::uint8_t add_path = 0;       // RFC 7911: families whose NLRI start with a path id: a set of add_path_bit()

  // Of archives, which cannot know: a field that makes no sense without path ids, but does with them, or the other way
  // round, is read so, and told as a finding.
  bool may_err_about_add_path = false;

  static constexpr std::uint8_t add_path_bit(Family family, Safi safi) {
    return static_cast<std::uint8_t>(1u << ((family == Family::ipv6 ? 2 : 0) + (safi == Safi::multicast ? 1 : 0)));
  }
  static constexpr std::uint8_t kAddPathAll = 0x0F;

  constexpr bool has_path_ids(Family family, Safi safi) const { return (add_path & add_path_bit(family, safi)) != 0; }

  friend bool operator==(const Encoding&, const Encoding&) = default;
};

// The families that Fairway reads prefixes of, by their IANA numbers.
constexpr bool is_known_family(std::uint16_t afi, std::uint8_t safi) {
  return (afi == 1 || afi == 2) && (safi == 1 || safi == 2);
}

}  // namespace fairway::bgp
