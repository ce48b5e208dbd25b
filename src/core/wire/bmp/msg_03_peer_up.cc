// Peer Up (RFC 7854 section 4.10, RFC 9069 section 5.2): a session is established, with what both sides offered.
#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

namespace {

// A BGP message with its header, which `body` consumes.
Result<Cursor> take_message(Cursor& body) {
  Cursor ahead = body;
  const auto framed = bgp::next_message(ahead, false);
  if (!framed) {
    return fail(ErrorKind::malformed, "An OPEN in a Peer Up message cannot be framed: " + framed.error().text,
                body.offset());
  }
  return body.sub(body.left() - ahead.left());
}

}  // namespace

bool operator==(const PeerUp& a, const PeerUp& b) {
  return a.peer == b.peer && a.local_address == b.local_address && a.local_port == b.local_port &&
         a.remote_port == b.remote_port && same(a.sent_open, b.sent_open) && same(a.received_open, b.received_open) &&
         a.information == b.information;
}

Result<bgp::Open> PeerUp::open(Cursor message, bgp::Findings& findings) {
  const std::uint64_t offset = message.offset();
  const auto raw = bgp::next_message(message, false);
  if (!raw) return std::unexpected(raw.error());
  if (raw->type != bgp::MessageType::open)
    return fail(ErrorKind::malformed, "A Peer Up message has something else than an OPEN.", offset);
  return bgp::decode_open(raw->body, findings);
}

Result<Message> decode_peer_up(Cursor body) {
  PeerUp message;
  message.peer = read_peer_header(body);
  message.local_address = read_wide_address(body, message.peer.address.family);
  message.local_port = body.u16();
  message.remote_port = body.u16();
  if (!body.ok()) return cut_off(MessageType::peer_up, body.offset());
  for (Cursor* open : {&message.sent_open, &message.received_open}) {
    auto taken = take_message(body);
    if (!taken) return std::unexpected(taken.error());
    *open = *taken;
  }
  const std::uint64_t offset = body.offset();
  if (!read_tlvs(body, message.information)) return cut_off(MessageType::peer_up, offset);
  return Message(std::move(message));
}

Result<void> encode_peer_up(const PeerUp& message, ByteWriter& out) {
  write_peer_header(message.peer, out);
  write_wide_address(message.local_address, out);
  out.u16(message.local_port);
  out.u16(message.remote_port);
  out.bytes(message.sent_open.rest());
  out.bytes(message.received_open.rest());
  return write_tlvs(message.information, out);
}

}  // namespace fairway::bmp
