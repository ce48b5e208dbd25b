// TABLE_DUMP_V2 (RFC 6396 section 4.3, RFC 8050 section 4): all routes to one prefix a record, peers by their index.
#include "core/wire/mrt/decoder_state.h"

namespace fairway::mrt {

namespace {

Result<void> decode_entries(Cursor body, bool with_path_ids, const Record& record, DecoderState& state,
                            EventSink& sink) {
  if (!state.has_peers)
    return fail(ErrorKind::malformed, "No PEER_INDEX_TABLE stands before this RIB record.", record.offset);
  RouteEvent& event = state.event;
  for (unsigned count = body.u16(); count != 0; --count) {
    const std::uint64_t offset = body.offset();
    const std::size_t peer = body.u16();
    event.originated = from_seconds(body.u32());
    if (with_path_ids) event.path_id = body.u32();
    const Cursor attributes = body.sub(body.u16());
    if (!body.ok()) return fail(ErrorKind::malformed, "A RIB entry is cut off.", offset);
    if (peer >= state.peers.size()) {
      return fail(ErrorKind::malformed,
                  "A RIB entry is of peer " + std::to_string(peer) + " of " + std::to_string(state.peers.size()) + ".",
                  offset);
    }
    event.peer = state.peers[peer];
    emit_entry(attributes, true, record, state, sink);
  }
  if (!body.ok()) return fail(ErrorKind::malformed, "A RIB record is cut off.", record.offset);
  return {};
}

Result<void> decode_prefix_and_entries(Cursor body, Family family, Safi safi, bool path_ids_in_entries,
                                       const Record& record, DecoderState& state, EventSink& sink) {
  state.event.safi = safi;
  state.event.prefix = bgp::read_prefix(body, family);
  if (!body.ok())
    return fail(ErrorKind::malformed, "The prefix of a RIB record is longer than an address.", record.offset);
  return decode_entries(body, path_ids_in_entries, record, state, sink);
}

}  // namespace

// Subtypes 2 to 5, and with path ids 8 to 11: IPv4 unicast, IPv4 multicast, IPv6 unicast, IPv6 multicast.
Result<void> decode_rib(const Record& record, DecoderState& state, EventSink& sink) {
  const bool with_path_ids = record.subtype >= 8;
  const unsigned which = record.subtype - (with_path_ids ? 8u : 2u);
  Cursor body = body_of(record);
  body.skip(4);  // sequence number
  state.event.path_id.reset();
  return decode_prefix_and_entries(body, which < 2 ? Family::ipv4 : Family::ipv6,
                                   which % 2 == 0 ? Safi::unicast : Safi::multicast, with_path_ids, record, state,
                                   sink);
}

// Subtypes 6 and 12: any family, its NLRI in the head, path id included; entries as without path ids. What is of other
// families is passed over.
Result<void> decode_rib_generic(const Record& record, DecoderState& state, EventSink& sink) {
  Cursor body = body_of(record);
  body.skip(4);  // sequence number
  const std::uint16_t afi = body.u16();
  const std::uint8_t safi = body.u8();
  if (!body.ok()) return fail(ErrorKind::malformed, "A RIB record is cut off.", record.offset);
  if (!bgp::is_known_family(afi, safi)) return {};
  state.event.path_id.reset();
  if (record.subtype == 12) state.event.path_id = body.u32();
  return decode_prefix_and_entries(body, static_cast<Family>(afi), static_cast<Safi>(safi), false, record, state, sink);
}

}  // namespace fairway::mrt
