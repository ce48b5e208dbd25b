// Protocol data units of the RPKI-Router protocol (RTR): version 0 (RFC 6810 section 5), version 1 (RFC 8210
// section 5), version 2 (draft-ietf-sidrops-8210bis-27 section 5). One row and one file each; from the rows come
// framing, decoding, encoding and names.
//
// Octets and texts in decoded PDUs are borrowed from what was decoded.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/cursor.h"
#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/wire/rtr/error_code.h"

namespace fairway::rtr {

inline constexpr std::uint8_t kNewestVersion = 2;
inline constexpr std::size_t kHeaderSize = 8;
// The draft's limit (section 5.1). RFC 8210 has none, and nothing legal is longer.
inline constexpr std::size_t kMostOctets = 65535;

struct SerialNotify {
  std::uint16_t session = 0;
  std::uint32_t serial = 0;
  friend bool operator==(const SerialNotify&, const SerialNotify&) = default;
};

struct SerialQuery {
  std::uint16_t session = 0;
  std::uint32_t serial = 0;
  friend bool operator==(const SerialQuery&, const SerialQuery&) = default;
};

struct ResetQuery {
  friend bool operator==(const ResetQuery&, const ResetQuery&) = default;
};

struct CacheResponse {
  std::uint16_t session = 0;
  friend bool operator==(const CacheResponse&, const CacheResponse&) = default;
};

// IPv4 Prefix and IPv6 Prefix, by the prefix's family.
struct PrefixPdu {
  bool announce = true;  // else a withdrawal
  Prefix prefix;
  std::uint8_t max_length = 0;  // at least the prefix's own
  Asn asn;
  friend bool operator==(const PrefixPdu&, const PrefixPdu&) = default;
};

// What the cache wishes of the router's timers, in seconds (RFC 8210 section 6).
struct Intervals {
  std::uint32_t refresh = 3600;
  std::uint32_t retry = 600;
  std::uint32_t expire = 7200;
  friend bool operator==(const Intervals&, const Intervals&) = default;
};
// Within the bounds of RFC 8210 section 6, and `expire` larger than the others.
Intervals bounded(Intervals intervals);

struct EndOfData {
  std::uint16_t session = 0;
  std::uint32_t serial = 0;
  std::optional<Intervals> intervals;  // none in version 0
  friend bool operator==(const EndOfData&, const EndOfData&) = default;
};

struct CacheReset {
  friend bool operator==(const CacheReset&, const CacheReset&) = default;
};

// From version 1 on.
struct RouterKey {
  bool announce = true;
  std::array<std::uint8_t, 20> key_identifier{};
  Asn asn;
  Bytes key_info;  // DER
};
bool operator==(const RouterKey& a, const RouterKey& b);

struct ErrorReport {
  ErrorCode code{};
  Bytes pdu;  // the erroneous one, or its beginning; may be empty
  std::string_view text;
};
bool operator==(const ErrorReport& a, const ErrorReport& b);
// "No Data Available: still loading": on one line and of bounded length, for it is somebody else's text.
std::string sentence_of(const ErrorReport& report);

// From version 2 on.
struct AspaPdu {
  bool announce = true;
  Asn customer;
  std::vector<Asn> providers;  // announced: strictly ascending, at least one, AS 0 only alone; withdrawn: none
  friend bool operator==(const AspaPdu&, const AspaPdu&) = default;
};

using Pdu = std::variant<SerialNotify, SerialQuery, ResetQuery, CacheResponse, PrefixPdu, EndOfData, CacheReset,
                         RouterKey, ErrorReport, AspaPdu>;

// A PDU whose header is read, and whose octets are all there.
struct RawPdu {
  std::uint8_t version = 0;
  std::uint8_t type = 0;
  Bytes whole;  // from the header on
};

// Takes the next PDU off the stream. An error consumes nothing: truncated (wait for more octets), or malformed: the
// length cannot be, and nothing behind it can be framed.
Result<RawPdu> next_pdu(Cursor& stream);

// Why a PDU cannot be understood, as it is to be reported to its sender.
struct Fault {
  ErrorCode code{};
  std::string_view text;  // a sentence of static lifetime
};
std::expected<Pdu, Fault> decode_pdu(const RawPdu& raw);

// Appends it whole, or nothing. Error (`usage`): the version has no such PDU, or it does not fit.
Result<void> encode_pdu(const Pdu& pdu, std::uint8_t version, ByteWriter& out);

struct PduRow {
  std::uint8_t type;
  std::string_view name;    // IANA's
  std::uint8_t since;       // the first version that has it
  std::size_t least, most;  // octets, header included
  std::size_t step;         // between them; 0: any
  std::expected<Pdu, Fault> (*decode)(std::uint8_t version, Cursor body, std::uint16_t field);
};
std::span<const PduRow> pdu_rows();
// Null: no version knows it.
const PduRow* find_pdu(std::uint8_t type);
// "IPv4 Prefix", or "unknown".
std::string_view pdu_name(std::uint8_t type);

}  // namespace fairway::rtr
