// Route Monitoring (RFC 7854 section 4.6): routes of one table, as an UPDATE.
#include <algorithm>

#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

namespace {

// Whether the value of a TLV is a BGP message, all of it.
bool is_bgp_message(Cursor value) {
  if (value.left() < bgp::kHeaderSize) return false;
  const std::size_t size = value.left();
  const bgp::Header header = bgp::read_header(value);
  return header.marker_is_set && header.length == size;
}

bool read_indexed_tlvs(Cursor field, RouteMonitoring& into) {
  bool found = false;
  while (!field.empty()) {
    IndexedTlv one;
    one.tlv.type = field.u16();
    const std::size_t size = field.u16();
    one.index = field.u16();
    one.tlv.value = field.sub(size);
    if (!field.ok()) return false;
    if (!found && is_bgp_message(one.tlv.value)) {
      found = true;
      into.update = one.tlv.value;
      into.update_tlv = one.tlv.type;
    } else {
      into.tlvs.push_back(one);
    }
  }
  return true;
}

Result<void> write_indexed(std::uint16_t type, std::uint16_t index, Bytes value, ByteWriter& out) {
  if (value.size() > 0xFFFF) {
    return fail(ErrorKind::usage, "TLV " + std::to_string(type) + ": " + std::to_string(value.size()) +
                                      " octets do not fit: at most 65535.");
  }
  out.u16(type);
  out.u16(static_cast<std::uint16_t>(value.size()));
  out.u16(index);
  out.bytes(value);
  return {};
}

}  // namespace

bool operator==(const RouteMonitoring& a, const RouteMonitoring& b) {
  return a.peer == b.peer && same(a.update, b.update) && a.update_tlv == b.update_tlv && a.tlvs == b.tlvs;
}

Result<Message> decode_route_monitoring(Cursor body, std::uint8_t version) {
  RouteMonitoring message;
  message.peer = read_peer_header(body);
  const std::uint64_t offset = body.offset();
  if (!body.ok()) return cut_off(MessageType::route_monitoring, offset);
  if (version == 3) {
    message.update = body;
  } else {
    if (!read_indexed_tlvs(body, message)) return cut_off(MessageType::route_monitoring, offset);
    if (message.update.empty())
      return fail(ErrorKind::malformed, "No TLV of a Route Monitoring message holds a BGP message.", offset);
  }
  return Message(std::move(message));
}

Result<void> encode_route_monitoring(const RouteMonitoring& message, ByteWriter& out, std::uint8_t version) {
  write_peer_header(message.peer, out);
  if (version == 3) {
    out.bytes(message.update.rest());
    return {};
  }
  auto done = write_indexed(message.update_tlv, 0, message.update.rest(), out);
  for (const IndexedTlv& one : message.tlvs) {
    if (done) done = write_indexed(one.tlv.type, one.index, one.tlv.octets(), out);
  }
  return done;
}

}  // namespace fairway::bmp
