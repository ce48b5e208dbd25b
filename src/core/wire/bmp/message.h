// BMP messages (RFC 7854 section 4): framing by the common header of six octets, and all types behind one variant. One
// file each, msg_NN_name.cc. What borrows from the message is a Cursor, which knows its offset in the whole input.
//
// Version 3 is RFC 7854's. Of version 4 (draft-ietf-grow-bmp-tlv) Route Monitoring alone is another: its UPDATE stands
// in one of several indexed TLVs, whose numbers changed from draft to draft, so it is known by its marker.
#pragma once

#include <variant>

#include "base/result.h"
#include "core/wire/bgp/message.h"
#include "core/wire/bmp/peer_header.h"
#include "core/wire/bmp/tlv.h"

namespace fairway::bmp {

enum class MessageType : std::uint8_t {
  route_monitoring = 0,
  statistics_report = 1,
  peer_down = 2,
  peer_up = 3,
  initiation = 4,
  termination = 5,
  route_mirroring = 6,
};
std::string_view to_string(MessageType type);  // "Route Monitoring"; "unknown"

inline constexpr std::size_t kHeaderSize = 6;
// A message longer than this is damage, not data: it has two BGP messages at most, and those have 65,535 octets.
inline constexpr std::size_t kMostOctets = 256u << 10;

// A framed message.
struct RawMessage {
  std::uint8_t version = 3;
  MessageType type{};
  Cursor body;
};

// The next whole message, which `cursor` consumes. Errors, with the offset of the header; nothing is consumed:
// `truncated` (more octets are needed) and `malformed` (another version than 3 and 4, a length that cannot be). There
// is no way to find the next message behind that: the connection is to be closed.
Result<RawMessage> next_message(Cursor& cursor);

// A TLV of version 4: it says which of the routes in the UPDATE it is about, by their place, or by a group of them.
struct IndexedTlv {
  Tlv tlv;
  std::uint16_t index = 0;
  friend bool operator==(const IndexedTlv&, const IndexedTlv&) = default;
};

struct RouteMonitoring {  // 0, RFC 7854 section 4.6
  PeerHeader peer;
  Cursor update;                 // a BGP message with its header; some routers send several
  std::uint16_t update_tlv = 0;  // of version 4: the type of the TLV that it stands in
  std::vector<IndexedTlv> tlvs;  // of version 4: the others
};
struct StatisticsReport {  // 1, section 4.8
  PeerHeader peer;
  std::vector<Tlv> statistics;  // see statistics.h
};

enum class DownReason : std::uint8_t {
  local_notification = 1,   // `data` is a BGP message
  local_event = 2,          // `data` is the event of the finite state machine (RFC 4271 section 8.1), two octets
  remote_notification = 3,  // `data` is a BGP message
  remote_no_notification = 4,
  deconfigured = 5,  // the session may be up, but will not be told of
  local_tlvs = 6,    // RFC 9069 section 5.3: `data` is TLVs
};
std::string_view to_string(DownReason reason);  // a half sentence; "unknown reason"

struct PeerDown {  // 2, section 4.9
  PeerHeader peer;
  DownReason reason{};
  Cursor data;  // is kept as it is: a neighbour is down also if that cannot be read

  std::optional<bgp::Notification> notification() const;
  std::optional<std::uint16_t> event() const;
};
struct PeerUp {  // 3, section 4.10
  PeerHeader peer;
  IpAddress local_address;  // of the peer's family
  std::uint16_t local_port = 0, remote_port = 0;
  Cursor sent_open, received_open;  // BGP messages with their headers
  std::vector<Tlv> information;

  // The OPEN in such a message. Error (`malformed`, with its offset) if it is not one.
  static Result<bgp::Open> open(Cursor message, bgp::Findings& findings);
};
struct Initiation {  // 4, section 4.3
  std::vector<Tlv> information;
};

enum class TerminationReason : std::uint16_t {
  administratively_closed = 0,
  unspecified = 1,
  out_of_resources = 2,
  redundant_connection = 3,
  permanently_closed = 4,
};
std::string_view to_string(TerminationReason reason);  // "unspecified" also if unknown

struct Termination {  // 5, section 4.5
  std::vector<Tlv> information;
};
struct RouteMirroring {  // 6, section 4.7
  PeerHeader peer;
  std::vector<Tlv> tlvs;
};
struct UnknownMessage {
  MessageType type{};
  Cursor body;
};

bool operator==(const RouteMonitoring& a, const RouteMonitoring& b);
bool operator==(const StatisticsReport& a, const StatisticsReport& b);
bool operator==(const PeerDown& a, const PeerDown& b);
bool operator==(const PeerUp& a, const PeerUp& b);
bool operator==(const Initiation& a, const Initiation& b);
bool operator==(const Termination& a, const Termination& b);
bool operator==(const RouteMirroring& a, const RouteMirroring& b);
bool operator==(const UnknownMessage& a, const UnknownMessage& b);

// Alternative i has type i.
using Message = std::variant<RouteMonitoring, StatisticsReport, PeerDown, PeerUp, Initiation, Termination,
                             RouteMirroring, UnknownMessage>;

// Error (`malformed`, with its offset) if the body is not of its type's form.
Result<Message> decode_message(const RawMessage& raw);

// Appends the whole message, header included. Error (`usage`) if something does not fit; then nothing is appended.
Result<void> encode_message(const Message& message, ByteWriter& out, std::uint8_t version = 3);

}  // namespace fairway::bmp
