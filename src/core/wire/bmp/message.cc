#include "core/wire/bmp/message.h"

#include <algorithm>

#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

std::string_view to_string(MessageType type) {
  switch (type) {
    case MessageType::route_monitoring: return "Route Monitoring";
    case MessageType::statistics_report: return "Statistics Report";
    case MessageType::peer_down: return "Peer Down";
    case MessageType::peer_up: return "Peer Up";
    case MessageType::initiation: return "Initiation";
    case MessageType::termination: return "Termination";
    case MessageType::route_mirroring: return "Route Mirroring";
  }
  return "unknown";
}

std::unexpected<Error> cut_off(MessageType type, std::uint64_t offset) {
  return fail(ErrorKind::malformed, "A " + std::string(to_string(type)) + " message is cut off.", offset);
}

bool operator==(const UnknownMessage& a, const UnknownMessage& b) { return a.type == b.type && same(a.body, b.body); }

Result<RawMessage> next_message(Cursor& cursor) {
  Cursor at = cursor;
  RawMessage message;
  message.version = at.u8();
  // What is not BMP is told from its first octet: its length would mean nothing.
  if (at.ok() && message.version != 3 && message.version != 4) {
    return fail(ErrorKind::malformed,
                "This is not BMP of version 3 or 4: the first octet is " + std::to_string(message.version) + ".",
                cursor.offset());
  }
  const std::size_t size = at.u32();
  message.type = static_cast<MessageType>(at.u8());
  if (!at.ok()) return fail(ErrorKind::truncated, "A BMP header is cut off.", cursor.offset());
  if (size < kHeaderSize || size > kMostOctets) {
    return fail(ErrorKind::malformed, "A BMP message cannot have " + std::to_string(size) + " octets.",
                cursor.offset());
  }
  if (size - kHeaderSize > at.left()) return fail(ErrorKind::truncated, "A BMP message is cut off.", cursor.offset());
  message.body = at.sub(size - kHeaderSize);
  cursor = at;
  return message;
}

Result<Message> decode_message(const RawMessage& raw) {
  switch (raw.type) {
    case MessageType::route_monitoring: return decode_route_monitoring(raw.body, raw.version);
    case MessageType::statistics_report: return decode_statistics_report(raw.body);
    case MessageType::peer_down: return decode_peer_down(raw.body);
    case MessageType::peer_up: return decode_peer_up(raw.body);
    case MessageType::initiation: return decode_initiation(raw.body);
    case MessageType::termination: return decode_termination(raw.body);
    case MessageType::route_mirroring: return decode_route_mirroring(raw.body);
  }
  return Message(UnknownMessage{raw.type, raw.body});
}

Result<void> encode_message(const Message& message, ByteWriter& out, std::uint8_t version) {
  static_assert(std::variant_size_v<Message> == 8);
  struct Encode {
    ByteWriter& out;
    std::uint8_t version;
    Result<void> operator()(const RouteMonitoring& one) const { return encode_route_monitoring(one, out, version); }
    Result<void> operator()(const StatisticsReport& one) const { return encode_statistics_report(one, out); }
    Result<void> operator()(const PeerDown& one) const { return encode_peer_down(one, out); }
    Result<void> operator()(const PeerUp& one) const { return encode_peer_up(one, out); }
    Result<void> operator()(const Initiation& one) const { return encode_initiation(one, out); }
    Result<void> operator()(const Termination& one) const { return encode_termination(one, out); }
    Result<void> operator()(const RouteMirroring& one) const { return encode_route_mirroring(one, out); }
    Result<void> operator()(const UnknownMessage& one) const { return out.bytes(one.body.rest()), Result<void>{}; }
  };
  const auto* unknown = std::get_if<UnknownMessage>(&message);
  const std::size_t start = out.size();
  out.u8(version);
  out.u32(0);
  out.u8(static_cast<std::uint8_t>(unknown != nullptr ? static_cast<std::size_t>(unknown->type) : message.index()));
  auto done = std::visit(Encode{out, version}, message);
  const std::size_t size = out.size() - start;
  if (done && size > kMostOctets) {
    done = fail(ErrorKind::usage, "message: " + std::to_string(size) + " octets do not fit: at most " +
                                      std::to_string(kMostOctets) + ".");
  }
  if (!done) {
    out.truncate(start);
    return done;
  }
  out.set_u32(start + 1, static_cast<std::uint32_t>(size));
  return {};
}

}  // namespace fairway::bmp
