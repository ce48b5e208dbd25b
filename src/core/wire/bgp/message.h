// BGP messages (RFC 4271 section 4): the header of 19 octets, and all five types behind one variant.
#pragma once

#include <variant>

#include "core/wire/bgp/notification.h"
#include "core/wire/bgp/open.h"
#include "core/wire/bgp/route_refresh.h"
#include "core/wire/bgp/update.h"

namespace fairway::bgp {

enum class MessageType : std::uint8_t { open = 1, update = 2, notification = 3, keepalive = 4, route_refresh = 5 };

inline constexpr std::size_t kMarkerSize = 16, kHeaderSize = 19;
inline constexpr std::size_t kMaxMessage = 4096, kMaxExtendedMessage = 65535;

struct Header {
  bool marker_is_set = false;  // all ones, as it must be
  std::uint16_t length = 0;    // of the whole message
  MessageType type{};
};
Header read_header(Cursor& cursor);

// A framed message; the body borrows.
struct RawMessage {
  MessageType type{};
  Cursor body;
};

// The next whole message, which `cursor` consumes. Errors, with the offset of the header: `truncated` (nothing is
// consumed: more octets are needed) and `malformed` (RFC 4271 section 6.1, RFC 8654 section 4: marker, length or type;
// the session is to be closed).
Result<RawMessage> next_message(Cursor& cursor, bool extended_messages);

struct Keepalive {
  friend bool operator==(const Keepalive&, const Keepalive&) = default;
};

using Message = std::variant<Open, Update, Notification, Keepalive, RouteRefresh>;

// Error (`malformed`, with its offset) if the body is not of its type's form; what may be read in spite of being wrong
// is a finding.
Result<Message> decode_message(const RawMessage& raw, const Encoding& encoding, Findings& findings);

// Appends the whole message, header included. Error (`usage`) if something does not fit; then nothing is appended.
Result<void> encode_message(const Message& message, const Encoding& encoding, ByteWriter& out);

}  // namespace fairway::bgp
