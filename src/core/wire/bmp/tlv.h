// Information in BMP messages: type, length, value (RFC 7854 section 4.4). What a type means depends on the message it
// stands in (RFC 9736). Unknown ones are kept as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "base/result.h"

namespace fairway::bmp {

struct Tlv {
  std::uint16_t type = 0;
  Cursor value;  // borrows from the message

  Bytes octets() const { return value.rest(); }
};
bool operator==(const Tlv& a, const Tlv& b);

inline constexpr std::uint16_t kString = 0;                  // in Initiation, Termination, Peer Up
inline constexpr std::uint16_t kSysDescr = 1, kSysName = 2;  // in Initiation
inline constexpr std::uint16_t kReason = 1;                  // in Termination: two octets, see TerminationReason
inline constexpr std::uint16_t kTableName = 3;               // in Peer Up and Peer Down (RFC 9069): of a VRF or table
inline constexpr std::uint16_t kAdminLabel = 4;              // in Peer Up (RFC 8671)
inline constexpr std::uint16_t kBgpMessage = 0;              // in Route Mirroring
inline constexpr std::uint16_t kMirrorInformation = 1;       // in Route Mirroring: two octets
inline constexpr std::uint16_t kErroredPdu = 0, kMessagesLost = 1;

// All of a field. False: the last one is longer than what is left, and is not there.
bool read_tlvs(Cursor field, std::vector<Tlv>& into);
// Error (`usage`): a value of more than 65,535 octets.
Result<void> write_tlvs(const std::vector<Tlv>& tlvs, ByteWriter& out);

// The first of that type; null if there is none.
const Tlv* find_tlv(const std::vector<Tlv>& tlvs, std::uint16_t type);
// The number in the first of that type, if it has two octets.
std::optional<std::uint16_t> number_of(const std::vector<Tlv>& tlvs, std::uint16_t type);

}  // namespace fairway::bmp
