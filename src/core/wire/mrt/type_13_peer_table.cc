// PEER_INDEX_TABLE and GEO_PEER_TABLE, subtypes 1 and 7 of TABLE_DUMP_V2.
#include <bit>

#include "core/wire/mrt/decoder_state.h"
#include "core/wire/mrt/peer_table.h"

namespace fairway::mrt {

namespace {

Peer read_peer(Cursor& cursor) {
  const std::uint8_t type = cursor.u8();
  Peer peer;
  peer.bgp_id = cursor.u32();
  peer.address = read_address(cursor, (type & 1) != 0 ? Family::ipv6 : Family::ipv4);
  peer.asn = Asn{(type & 2) != 0 ? cursor.u32() : cursor.u16()};
  return peer;
}

Place read_place(Cursor& cursor) {
  const auto latitude = std::bit_cast<float>(cursor.u32());
  const auto longitude = std::bit_cast<float>(cursor.u32());
  return {latitude, longitude};
}

Result<PeerTable> decode(Cursor body, bool with_places) {
  PeerTable table;
  table.collector_id = body.u32();
  table.view_name = as_text(body.take(body.u16()));
  if (with_places) table.collector_place = read_place(body);
  const std::size_t count = body.u16();
  table.peers.reserve(count);
  for (std::size_t i = 0; i < count && body.ok(); ++i) {
    table.peers.push_back(read_peer(body));
    if (with_places) table.places.push_back(read_place(body));
  }
  if (!body.ok()) return fail(ErrorKind::malformed, "A table of peers is cut off.", body.offset());
  return table;
}

}  // namespace

Result<PeerTable> decode_peer_table(Cursor body) { return decode(body, false); }
Result<PeerTable> decode_geo_peer_table(Cursor body) { return decode(body, true); }

Result<void> decode_peer_index_table(const Record& record, DecoderState& state, EventSink&) {
  auto table = decode_peer_table(body_of(record));
  if (!table) return std::unexpected(table.error());
  state.peers = std::move(table->peers);
  state.has_peers = true;
  return {};
}

Result<void> decode_geo_peer_table(const Record& record, DecoderState&, EventSink&) {
  auto table = decode_geo_peer_table(body_of(record));
  if (!table) return std::unexpected(table.error());
  return {};
}

}  // namespace fairway::mrt
