#include "core/wire/mrt/writer.h"

#include <bit>

#include "core/wire/bgp/path_attributes.h"

namespace fairway::mrt {

namespace {

void put_address(ByteWriter& body, const IpAddress& address) {
  std::uint8_t octets[16];
  body.bytes(Bytes(octets, address.to_octets(octets)));
}

void put_asn(ByteWriter& body, Asn asn, bool four_octets) {
  if (four_octets) return body.u32(asn.value);
  body.u16(static_cast<std::uint16_t>(asn.value > 0xFFFF ? kAsTrans.value : asn.value));
}

void put_seconds(ByteWriter& body, Instant time) { body.u32(static_cast<std::uint32_t>(time.whole_seconds())); }

Result<void> does_not_fit(std::string_view what, std::size_t actual, std::size_t most) {
  return fail(ErrorKind::usage,
              std::string(what) + ": " + std::to_string(actual) + " do not fit: at most " + std::to_string(most) + ".");
}

// The attributes of a table's route behind their length.
Result<void> put_attributes(ByteWriter& body, const Attributes& attributes, Family family, bool four_octet_asns) {
  bgp::Reach reach;
  const bool apart = attributes.next_hop && (family == Family::ipv6 || attributes.next_hop->family == Family::ipv6);
  if (apart) {
    reach.abbreviated = true;
    reach.next_hop = attributes.next_hop;
    reach.link_local_next_hop = attributes.link_local_next_hop;
  }
  bgp::Encodable from;
  from.encoding.four_octet_asns = four_octet_asns;
  from.attributes = &attributes;
  from.reach = apart ? &reach : nullptr;
  from.next_hop_apart = apart;
  ByteWriter run;
  if (auto done = bgp::encode_path_attributes(from, run); !done) return done;
  if (run.size() > 0xFFFF) return does_not_fit("octets of attributes", run.size(), 0xFFFF);
  body.u16(static_cast<std::uint16_t>(run.size()));
  body.bytes(run.written());
  return {};
}

Result<void> put_entries(ByteWriter& body, std::span<const RibEntry> entries, Family family, bool with_path_ids) {
  if (entries.size() > 0xFFFF) return does_not_fit("RIB entries", entries.size(), 0xFFFF);
  body.u16(static_cast<std::uint16_t>(entries.size()));
  for (const RibEntry& entry : entries) {
    body.u16(entry.peer);
    put_seconds(body, entry.originated);
    if (with_path_ids) body.u32(entry.path_id.value_or(0));
    if (auto done = put_attributes(body, *entry.attributes, family, true); !done) return done;
  }
  return {};
}

// Peer and local AS, interface, family, peer and local address.
Result<void> put_session(ByteWriter& body, const Session& session, bool four_octet_asns) {
  if (session.peer.address.family != session.local_address.family) {
    return fail(ErrorKind::usage, "The addresses of a session are of two families.");
  }
  put_asn(body, session.peer.asn, four_octet_asns);
  put_asn(body, session.local_asn, four_octet_asns);
  body.u16(session.interface_index);
  body.u16(static_cast<std::uint16_t>(session.peer.address.family));
  put_address(body, session.peer.address);
  put_address(body, session.local_address);
  return {};
}

Result<void> put_peer_table(ByteWriter& body, const PeerTable& table, bool with_places) {
  if (table.view_name.size() > 0xFFFF) return does_not_fit("octets of a view's name", table.view_name.size(), 0xFFFF);
  if (table.peers.size() > 0xFFFF) return does_not_fit("peers", table.peers.size(), 0xFFFF);
  const auto put_place = [&](const Place& place) {
    body.u32(std::bit_cast<std::uint32_t>(place.latitude));
    body.u32(std::bit_cast<std::uint32_t>(place.longitude));
  };
  body.u32(table.collector_id);
  body.u16(static_cast<std::uint16_t>(table.view_name.size()));
  body.bytes(as_bytes(table.view_name));
  if (with_places) put_place(table.collector_place);
  body.u16(static_cast<std::uint16_t>(table.peers.size()));
  for (std::size_t i = 0; i < table.peers.size(); ++i) {
    const Peer& peer = table.peers[i];
    body.u8(peer.address.family == Family::ipv6 ? 3 : 2);  // ASNs of four octets
    body.u32(peer.bgp_id);
    put_address(body, peer.address);
    body.u32(peer.asn.value);
    if (with_places) put_place(i < table.places.size() ? table.places[i] : Place{});
  }
  return {};
}

}  // namespace

Result<void> Writer::record(Instant time, Type type, std::uint16_t subtype, Bytes body) {
  const bool extended = type == Type::bgp4mp_et || type == Type::isis_et || type == Type::ospfv3_et;
  const std::size_t size = body.size() + (extended ? 4 : 0);
  if (size > kMaxBody) return does_not_fit("octets of a record", size, kMaxBody);
  put_seconds(out_, time);
  out_.u16(static_cast<std::uint16_t>(type));
  out_.u16(subtype);
  out_.u32(static_cast<std::uint32_t>(size));
  if (extended) out_.u32(static_cast<std::uint32_t>(time.microseconds - time.whole_seconds() * 1'000'000));
  out_.bytes(body);
  return {};
}

Result<void> Writer::peer_index_table(Instant time, std::uint32_t collector_id, std::string_view view_name,
                                      std::span<const Peer> peers) {
  PeerTable table;
  table.collector_id = collector_id;
  table.view_name = view_name;
  table.peers.assign(peers.begin(), peers.end());
  ByteWriter body;
  if (auto done = put_peer_table(body, table, false); !done) return done;
  return record(time, Type::table_dump_v2, 1, body.written());
}

Result<void> Writer::geo_peer_table(Instant time, const PeerTable& table) {
  ByteWriter body;
  if (auto done = put_peer_table(body, table, true); !done) return done;
  return record(time, Type::table_dump_v2, 7, body.written());
}

Result<void> Writer::rib(Instant time, std::uint32_t sequence, const Prefix& prefix, Safi safi,
                         std::span<const RibEntry> entries) {
  const bool with_path_ids = !entries.empty() && entries.front().path_id.has_value();
  ByteWriter body;
  body.u32(sequence);
  bgp::encode_prefix(body, prefix);
  if (auto done = put_entries(body, entries, prefix.family(), with_path_ids); !done) return done;
  const unsigned which = (prefix.family() == Family::ipv6 ? 2u : 0u) + (safi == Safi::multicast ? 1u : 0u);
  return record(time, Type::table_dump_v2, static_cast<std::uint16_t>((with_path_ids ? 8 : 2) + which), body.written());
}

Result<void> Writer::rib_generic(Instant time, std::uint32_t sequence, const bgp::Nlri& nlri, Safi safi,
                                 std::span<const RibEntry> entries) {
  ByteWriter body;
  body.u32(sequence);
  body.u16(static_cast<std::uint16_t>(nlri.prefix.family()));
  body.u8(static_cast<std::uint8_t>(safi));
  if (nlri.path_id) body.u32(*nlri.path_id);
  bgp::encode_prefix(body, nlri.prefix);
  if (auto done = put_entries(body, entries, nlri.prefix.family(), false); !done) return done;
  return record(time, Type::table_dump_v2, nlri.path_id ? 12 : 6, body.written());
}

Result<void> Writer::table_dump(Instant time, std::uint16_t view, std::uint16_t sequence, const Prefix& prefix,
                                Instant originated, const Peer& peer, const Attributes& attributes) {
  if (peer.address.family != prefix.family())
    return fail(ErrorKind::usage, "TABLE_DUMP: prefix and peer are of two families.");
  ByteWriter body;
  body.u16(view);
  body.u16(sequence);
  put_address(body, prefix.address());
  body.u8(static_cast<std::uint8_t>(prefix.length()));
  body.u8(1);  // status
  put_seconds(body, originated);
  put_address(body, peer.address);
  put_asn(body, peer.asn, false);
  if (auto done = put_attributes(body, attributes, prefix.family(), false); !done) return done;
  return record(time, Type::table_dump, static_cast<std::uint16_t>(prefix.family()), body.written());
}

Result<void> Writer::message(Instant time, const Session& session, const bgp::Message& message,
                             const MessageOptions& options) {
  const bool four = options.encoding.four_octet_asns, path_ids = options.encoding.add_path != 0;
  ByteWriter body;
  if (auto done = put_session(body, session, four); !done) return done;
  if (auto done = bgp::encode_message(message, options.encoding, body); !done) return done;
  // MESSAGE, AS4, LOCAL and AS4_LOCAL, without and with ADD-PATH.
  constexpr std::uint16_t kSubtypes[2][4] = {{1, 4, 6, 7}, {8, 9, 10, 11}};
  const std::uint16_t subtype = kSubtypes[path_ids ? 1 : 0][(four ? 1 : 0) + (options.local ? 2 : 0)];
  return record(time, options.microseconds ? Type::bgp4mp_et : Type::bgp4mp, subtype, body.written());
}

Result<void> Writer::state_change(Instant time, const Session& session, SessionState old_state, SessionState new_state,
                                  const MessageOptions& options) {
  const bool four = options.encoding.four_octet_asns;
  ByteWriter body;
  if (auto done = put_session(body, session, four); !done) return done;
  body.u16(static_cast<std::uint16_t>(old_state));
  body.u16(static_cast<std::uint16_t>(new_state));
  return record(time, options.microseconds ? Type::bgp4mp_et : Type::bgp4mp, four ? 5 : 0, body.written());
}

Result<void> Writer::entry(Instant time, const Session& session, Instant changed, const Prefix& prefix, Safi safi,
                           const Attributes& attributes) {
  ByteWriter body, next_hop;
  if (auto done = put_session(body, session, false); !done) return done;
  body.u16(0);  // view
  body.u16(1);  // status
  put_seconds(body, changed);
  body.u16(static_cast<std::uint16_t>(prefix.family()));
  body.u8(static_cast<std::uint8_t>(safi));
  if (attributes.next_hop) put_address(next_hop, *attributes.next_hop);
  if (attributes.link_local_next_hop) put_address(next_hop, *attributes.link_local_next_hop);
  body.u8(static_cast<std::uint8_t>(next_hop.size()));
  body.bytes(next_hop.written());
  bgp::encode_prefix(body, prefix);
  Attributes rest = attributes;
  rest.next_hop.reset();
  if (auto done = put_attributes(body, rest, prefix.family(), false); !done) return done;
  return record(time, Type::bgp4mp, 2, body.written());
}

Result<void> Writer::legacy_update(Instant time, const Session& session, const bgp::Update& update) {
  if (session.peer.address.family != session.local_address.family) {
    return fail(ErrorKind::usage, "The addresses of a session are of two families.");
  }
  ByteWriter body;
  put_asn(body, session.peer.asn, false);
  put_address(body, session.peer.address);
  put_asn(body, session.local_asn, false);
  put_address(body, session.local_address);
  bgp::Encoding encoding;
  encoding.four_octet_asns = false;
  if (auto done = bgp::encode_update(update, encoding, body); !done) return done;
  return record(time, session.peer.address.family == Family::ipv6 ? Type::bgp4plus : Type::bgp, 1, body.written());
}

Result<void> Writer::legacy_state_change(Instant time, const Peer& peer, SessionState old_state,
                                         SessionState new_state) {
  ByteWriter body;
  put_asn(body, peer.asn, false);
  put_address(body, peer.address);
  body.u16(static_cast<std::uint16_t>(old_state));
  body.u16(static_cast<std::uint16_t>(new_state));
  return record(time, peer.address.family == Family::ipv6 ? Type::bgp4plus : Type::bgp, 3, body.written());
}

}  // namespace fairway::mrt
