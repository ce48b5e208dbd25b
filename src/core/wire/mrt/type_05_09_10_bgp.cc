// BGP, BGP4PLUS and BGP4PLUS_01 (RFC 6396 appendix B.2): messages without their header, ASNs of two octets; BGP4PLUS
// has IPv6 addresses.
#include "core/wire/mrt/decoder_state.h"

namespace fairway::mrt {

namespace {

Family family_of(const Record& record) { return record.type == Type::bgp ? Family::ipv4 : Family::ipv6; }

void read_end(Cursor& body, Family family, Peer& peer) {
  peer.asn = Asn{body.u16()};
  peer.address = read_address(body, family);
  peer.bgp_id = 0;
}

}  // namespace

Result<void> decode_bgp_update(const Record& record, DecoderState& state, EventSink& sink) {
  Cursor body = body_of(record);
  Peer local;
  read_end(body, family_of(record), state.event.peer);
  read_end(body, family_of(record), local);
  if (!body.ok()) return fail(ErrorKind::malformed, "A BGP_UPDATE record is cut off.", record.offset);
  bgp::Encoding encoding;
  encoding.four_octet_asns = false;
  if (!emit_update(body, encoding, record, state, sink)) {
    return fail(ErrorKind::malformed, "An UPDATE could not be read to its end.", record.offset);
  }
  return {};
}

Result<void> decode_bgp_state_change(const Record& record, DecoderState& state, EventSink& sink) {
  Cursor body = body_of(record);
  read_end(body, family_of(record), state.event.peer);
  const std::uint16_t old_state = body.u16();
  const std::uint16_t new_state = body.u16();
  if (!body.ok()) return fail(ErrorKind::malformed, "A BGP_STATE_CHANGE record is cut off.", record.offset);
  emit_state(old_state, new_state, record, state, sink);
  return {};
}

}  // namespace fairway::mrt
