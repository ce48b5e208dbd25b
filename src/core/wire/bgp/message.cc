#include "core/wire/bgp/message.h"

#include <algorithm>

namespace fairway::bgp {

namespace {

// The shortest message of each type (RFC 4271 section 4, RFC 2918 section 3); 0 for unknown ones.
std::size_t least_size(MessageType type) {
  switch (type) {
    case MessageType::open: return 29;
    case MessageType::update: return 23;
    case MessageType::notification: return 21;
    case MessageType::keepalive: return 19;
    case MessageType::route_refresh: return 23;
  }
  return 0;
}

// OPEN and KEEPALIVE stay short (RFC 8654 section 4).
std::size_t most_size(MessageType type, bool extended) {
  const bool may_extend = type != MessageType::open && type != MessageType::keepalive;
  return extended && may_extend ? kMaxExtendedMessage : kMaxMessage;
}

template <class T>
Result<Message> wrap(Result<T> decoded) {
  if (!decoded) return std::unexpected(decoded.error());
  return Message(std::move(*decoded));
}

}  // namespace

Header read_header(Cursor& cursor) {
  Header header;
  header.marker_is_set =
      std::ranges::all_of(cursor.take(kMarkerSize), [](std::uint8_t octet) { return octet == 0xFF; });
  header.length = cursor.u16();
  header.type = static_cast<MessageType>(cursor.u8());
  return header;
}

Result<RawMessage> next_message(Cursor& cursor, bool extended_messages) {
  Cursor at = cursor;
  const Header header = read_header(at);
  if (!at.ok()) return fail(ErrorKind::truncated, "A BGP header is cut off.", cursor.offset());
  if (!header.marker_is_set) return fail(ErrorKind::malformed, "The marker is not all ones.", cursor.offset());
  const std::size_t least = least_size(header.type);
  if (least == 0) {
    return fail(ErrorKind::malformed,
                "Message type " + std::to_string(static_cast<unsigned>(header.type)) + " is unknown.", cursor.offset());
  }
  const bool too_long = header.length > most_size(header.type, extended_messages);
  if (header.length < least || too_long || (header.type == MessageType::keepalive && header.length != least)) {
    return fail(ErrorKind::malformed,
                "A message of type " + std::to_string(static_cast<unsigned>(header.type)) + " cannot have " +
                    std::to_string(header.length) + " octets.",
                cursor.offset());
  }
  const std::size_t size = header.length - kHeaderSize;
  if (size > at.left()) return fail(ErrorKind::truncated, "A BGP message is cut off.", cursor.offset());
  RawMessage message{header.type, at.sub(size)};
  cursor = at;
  return message;
}

Result<Message> decode_message(const RawMessage& raw, const Encoding& encoding, Findings& findings) {
  switch (raw.type) {
    case MessageType::open: return wrap(decode_open(raw.body, findings));
    case MessageType::update: {
      Update update;
      if (auto done = decode_update(raw.body, encoding, update, findings); !done) return std::unexpected(done.error());
      return Message(std::move(update));
    }
    case MessageType::notification: return wrap(decode_notification(raw.body));
    case MessageType::keepalive:
      if (!raw.body.empty()) return fail(ErrorKind::malformed, "A KEEPALIVE is not empty.", raw.body.offset());
      return Message(Keepalive{});
    case MessageType::route_refresh: return wrap(decode_route_refresh(raw.body));
  }
  return fail(ErrorKind::malformed, "Message type " + std::to_string(static_cast<unsigned>(raw.type)) + " is unknown.",
              raw.body.offset());
}

Result<void> encode_message(const Message& message, const Encoding& encoding, ByteWriter& out) {
  static_assert(std::variant_size_v<Message> == 5);
  const auto type = static_cast<MessageType>(message.index() + 1);
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < kMarkerSize; ++i) out.u8(0xFF);
  out.u16(0);
  out.u8(static_cast<std::uint8_t>(type));
  struct Encode {
    const Encoding& encoding;
    ByteWriter& out;
    Result<void> operator()(const Open& open) const { return encode_open(open, out); }
    Result<void> operator()(const Update& update) const { return encode_update(update, encoding, out); }
    Result<void> operator()(const Notification& notification) const {
      return encode_notification(notification, out), Result<void>{};
    }
    Result<void> operator()(const Keepalive&) const { return {}; }
    Result<void> operator()(const RouteRefresh& refresh) const {
      return encode_route_refresh(refresh, out), Result<void>{};
    }
  };
  auto done = std::visit(Encode{encoding, out}, message);
  const std::size_t size = out.size() - start;
  const std::size_t most = most_size(type, encoding.extended_messages);
  if (done && size > most) {
    done = fail(ErrorKind::usage,
                "message: " + std::to_string(size) + " octets do not fit: at most " + std::to_string(most) + ".");
  }
  if (!done) {
    out.truncate(start);
    return done;
  }
  out.set_u16(start + kMarkerSize, static_cast<std::uint16_t>(size));
  return {};
}

}  // namespace fairway::bgp
