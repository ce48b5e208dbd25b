// What each PDU's file offers to the table of rows. Of no use elsewhere.
//
// decode: `body` is what stands behind the header, of a length that the row allows; `field` is the header's third and
// fourth octet. encode: appends the whole PDU.
#pragma once

#include "core/wire/rtr/pdu.h"

namespace fairway::rtr {

using Decoded = std::expected<Pdu, Fault>;

Decoded decode_serial_notify(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_serial_query(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_reset_query(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_cache_response(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_ipv4_prefix(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_ipv6_prefix(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_end_of_data(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_cache_reset(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_router_key(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_error_report(std::uint8_t version, Cursor body, std::uint16_t field);
Decoded decode_aspa(std::uint8_t version, Cursor body, std::uint16_t field);

Result<void> encode(const SerialNotify& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const SerialQuery& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const ResetQuery& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const CacheResponse& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const PrefixPdu& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const EndOfData& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const CacheReset& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const RouterKey& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const ErrorReport& pdu, std::uint8_t version, ByteWriter& out);
Result<void> encode(const AspaPdu& pdu, std::uint8_t version, ByteWriter& out);

// Of the two families.
Decoded decode_prefix(std::uint8_t version, Cursor body, Family family);

inline void write_header(ByteWriter& out, std::uint8_t version, std::uint8_t type, std::uint16_t field,
                         std::size_t length) {
  const auto size = static_cast<std::uint32_t>(length);
  const std::uint8_t octets[kHeaderSize] = {version,
                                            type,
                                            static_cast<std::uint8_t>(field >> 8),
                                            static_cast<std::uint8_t>(field),
                                            static_cast<std::uint8_t>(size >> 24),
                                            static_cast<std::uint8_t>(size >> 16),
                                            static_cast<std::uint8_t>(size >> 8),
                                            static_cast<std::uint8_t>(size)};
  out.bytes(octets);
}

}  // namespace fairway::rtr
