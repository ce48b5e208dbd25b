// What decoding one record may use, and the functions that do it, one file a record type. Of no use outside this
// folder.
#pragma once

#include <vector>

#include "core/wire/bgp/route_update.h"
#include "core/wire/mrt/event_decoder.h"

namespace fairway::mrt {

struct DecoderState {
  std::vector<Peer> peers;
  bool has_peers = false;
  bgp::AttributeCache cache;
  bgp::RouteUpdateReader reader;
  bgp::RouteUpdate update;
  RouteEvent event;
};

// Type 12.
Result<void> decode_table_dump(const Record& record, DecoderState& state, EventSink& sink);
// Type 13.
Result<void> decode_peer_index_table(const Record& record, DecoderState& state, EventSink& sink);
Result<void> decode_geo_peer_table(const Record& record, DecoderState& state, EventSink& sink);
Result<void> decode_rib(const Record& record, DecoderState& state, EventSink& sink);
Result<void> decode_rib_generic(const Record& record, DecoderState& state, EventSink& sink);
// Types 16 and 17.
Result<void> decode_bgp4mp_state_change(const Record& record, DecoderState& state, EventSink& sink);
Result<void> decode_bgp4mp_message(const Record& record, DecoderState& state, EventSink& sink);
Result<void> decode_bgp4mp_entry(const Record& record, DecoderState& state, EventSink& sink);
// Types 5, 9 and 10.
Result<void> decode_bgp_update(const Record& record, DecoderState& state, EventSink& sink);
Result<void> decode_bgp_state_change(const Record& record, DecoderState& state, EventSink& sink);

// A cursor over the body that knows its place in the whole input.
inline Cursor body_of(const Record& record) {
  return Cursor(record.body, record.offset + record.size - record.body.size());
}

inline IpAddress read_address(Cursor& cursor, Family family) {
  const Bytes octets = cursor.take(address_octets(family));
  return octets.empty() ? IpAddress{} : IpAddress::from_octets(octets);
}

// state.event becomes a table's entry, whose prefix and peer are set already, and is yielded.
void emit_entry(Cursor attributes, bool four_octet_asns, const Record& record, DecoderState& state, EventSink& sink);

// The events of an UPDATE's body. False: it could not be read to its end.
bool emit_update(Cursor body, const bgp::Encoding& encoding, const Record& record, DecoderState& state,
                 EventSink& sink);

// state.event becomes a session's change of state and is yielded.
void emit_state(std::uint16_t old_state, std::uint16_t new_state, const Record& record, DecoderState& state,
                EventSink& sink);

}  // namespace fairway::mrt
