// Peer Down (RFC 7854 section 4.9): the session with a neighbour has ended, and why.
#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

std::string_view to_string(DownReason reason) {
  switch (reason) {
    case DownReason::local_notification: return "the router closed it with a notification";
    case DownReason::local_event: return "the router closed it";
    case DownReason::remote_notification: return "the neighbour closed it with a notification";
    case DownReason::remote_no_notification: return "the neighbour was lost";
    case DownReason::deconfigured: return "it is no longer monitored";
    case DownReason::local_tlvs: return "the router closed the table";
  }
  return "unknown reason";
}

bool operator==(const PeerDown& a, const PeerDown& b) {
  return a.peer == b.peer && a.reason == b.reason && same(a.data, b.data);
}

std::optional<bgp::Notification> PeerDown::notification() const {
  if (reason != DownReason::local_notification && reason != DownReason::remote_notification) return std::nullopt;
  Cursor at = data;
  const auto raw = bgp::next_message(at, true);
  if (!raw || raw->type != bgp::MessageType::notification) return std::nullopt;
  auto notification = bgp::decode_notification(raw->body);
  return notification ? std::optional(std::move(*notification)) : std::nullopt;
}

std::optional<std::uint16_t> PeerDown::event() const {
  if (reason != DownReason::local_event || data.left() < 2) return std::nullopt;
  return Cursor(data).u16();
}

Result<Message> decode_peer_down(Cursor body) {
  PeerDown message;
  message.peer = read_peer_header(body);
  const std::uint64_t offset = body.offset();
  message.reason = static_cast<DownReason>(body.u8());
  if (!body.ok()) return cut_off(MessageType::peer_down, offset);
  message.data = body;
  return Message(message);
}

Result<void> encode_peer_down(const PeerDown& message, ByteWriter& out) {
  write_peer_header(message.peer, out);
  out.u8(static_cast<std::uint8_t>(message.reason));
  out.bytes(message.data.rest());
  return {};
}

}  // namespace fairway::bmp
