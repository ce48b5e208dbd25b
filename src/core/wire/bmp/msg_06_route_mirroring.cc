// Route Mirroring (RFC 7854 section 4.7): a message of the neighbour as it came, or that some were lost.
#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

bool operator==(const RouteMirroring& a, const RouteMirroring& b) { return a.peer == b.peer && a.tlvs == b.tlvs; }

Result<Message> decode_route_mirroring(Cursor body) {
  RouteMirroring message;
  message.peer = read_peer_header(body);
  const std::uint64_t offset = body.offset();
  if (!body.ok() || !read_tlvs(body, message.tlvs)) return cut_off(MessageType::route_mirroring, offset);
  return Message(std::move(message));
}

Result<void> encode_route_mirroring(const RouteMirroring& message, ByteWriter& out) {
  write_peer_header(message.peer, out);
  return write_tlvs(message.tlvs, out);
}

}  // namespace fairway::bmp
