// BGP4MP and BGP4MP_ET (RFC 6396 section 4.4 and appendix B.2.6, RFC 8050 section 3): messages and changes of state of
// a session.
#include <algorithm>

#include "core/wire/bgp/message.h"
#include "core/wire/mrt/decoder_state.h"

namespace fairway::mrt {

namespace {

// What the subtypes 0 to 11 mean.
constexpr bool has_four_octet_asns(std::uint16_t subtype) {
  return subtype == 4 || subtype == 5 || subtype == 7 || subtype == 9 || subtype == 11;
}
constexpr bool has_path_ids(std::uint16_t subtype) { return subtype >= 8; }

// Peer and local AS, interface, family, peer and local address. False: of a family that has no addresses here.
bool read_session(Cursor& body, std::uint16_t subtype, Peer& peer) {
  const bool four = has_four_octet_asns(subtype);
  peer.asn = Asn{four ? body.u32() : body.u16()};
  body.skip(four ? 4 : 2);  // local AS
  body.skip(2);             // interface index
  const std::uint16_t afi = body.u16();
  peer.bgp_id = 0;
  peer.address = {};
  if (afi != 1 && afi != 2) return false;
  peer.address = read_address(body, static_cast<Family>(afi));
  body.skip(address_octets(static_cast<Family>(afi)));  // local address
  return true;
}

std::unexpected<Error> cut_off(const Record& record) {
  return fail(ErrorKind::malformed, "A BGP4MP record is cut off.", record.offset);
}
std::unexpected<Error> unknown_family(const Record& record) {
  return fail(ErrorKind::malformed, "A BGP4MP record has addresses of an unknown family.", record.offset);
}

}  // namespace

Result<void> decode_bgp4mp_state_change(const Record& record, DecoderState& state, EventSink& sink) {
  Cursor body = body_of(record);
  // Old Zebra wrote nothing but ASNs and states.
  constexpr std::size_t kOnlyAsns = 8;
  if (record.subtype == 0 && body.left() == kOnlyAsns) {
    state.event.peer = Peer{{}, Asn{body.u16()}, 0};
    body.skip(2);
  } else if (!read_session(body, record.subtype, state.event.peer)) {
    return body.ok() ? unknown_family(record) : cut_off(record);
  }
  const std::uint16_t old_state = body.u16();
  const std::uint16_t new_state = body.u16();
  if (!body.ok()) return cut_off(record);
  emit_state(old_state, new_state, record, state, sink);
  return {};
}

Result<void> decode_bgp4mp_message(const Record& record, DecoderState& state, EventSink& sink) {
  Cursor body = body_of(record);
  const Cursor start = body;
  if (!read_session(body, record.subtype, state.event.peer)) {
    // Old Zebra left interface, family and addresses out of OPENs, so that the marker stands in their place.
    Cursor marker = start;
    marker.skip(4);
    const Bytes octets = marker.take(std::min(marker.left(), bgp::kMarkerSize));
    const bool is_marker =
        octets.size() == bgp::kMarkerSize && std::ranges::all_of(octets, [](std::uint8_t one) { return one == 0xFF; });
    if (record.subtype == 1 && is_marker) return {};
    return body.ok() ? unknown_family(record) : cut_off(record);
  }
  if (!body.ok()) return cut_off(record);
  bgp::Header header = bgp::read_header(body);
  if (!body.ok() || !header.marker_is_set)
    return fail(ErrorKind::malformed, "No BGP message stands in a BGP4MP record.", record.offset);
  if (header.length < bgp::kHeaderSize)
    return fail(ErrorKind::malformed, "A BGP message is shorter than its header.", record.offset);
  const std::size_t size = header.length - bgp::kHeaderSize;
  const bool whole = size <= body.left();
  const Cursor message = body.sub(std::min(size, body.left()));
  bool complete = true;
  if (header.type == bgp::MessageType::update) {
    bgp::Encoding encoding;
    encoding.four_octet_asns = has_four_octet_asns(record.subtype);
    encoding.add_path = has_path_ids(record.subtype) ? bgp::Encoding::kAddPathAll : std::uint8_t{0};
    encoding.may_err_about_add_path = true;
    complete = emit_update(message, encoding, record, state, sink);
  }
  if (!whole) return fail(ErrorKind::malformed, "A BGP message is cut off.", record.offset);
  if (!complete) return fail(ErrorKind::malformed, "An UPDATE could not be read to its end.", record.offset);
  return {};
}

Result<void> decode_bgp4mp_entry(const Record& record, DecoderState& state, EventSink& sink) {
  Cursor body = body_of(record);
  RouteEvent& event = state.event;
  if (!read_session(body, record.subtype, event.peer)) return body.ok() ? unknown_family(record) : cut_off(record);
  body.skip(4);  // view and status
  event.originated = from_seconds(body.u32());
  const std::uint16_t afi = body.u16();
  const std::uint8_t safi = body.u8();
  const Bytes next_hop = body.take(body.u8());
  if (!body.ok()) return cut_off(record);
  if (!bgp::is_known_family(afi, safi)) return {};
  event.safi = static_cast<Safi>(safi);
  event.path_id.reset();
  event.prefix = bgp::read_prefix(body, static_cast<Family>(afi));
  const Cursor attributes = body.sub(body.u16());
  if (!body.ok()) return cut_off(record);
  // The next hop stands outside of the attributes; RIB entries of today have it in MP_REACH_NLRI.
  bgp::Reach reach;
  bgp::read_next_hop(next_hop, reach);
  ByteWriter run;
  bgp::write_abbreviated_reach(reach, run);
  run.bytes(attributes.rest());
  emit_entry(Cursor(run.written(), attributes.offset()), false, record, state, sink);
  return {};
}

}  // namespace fairway::mrt
