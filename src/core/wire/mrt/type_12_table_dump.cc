#include "core/wire/mrt/type_12_table_dump.h"

#include "core/wire/mrt/decoder_state.h"

namespace fairway::mrt {

Result<void> decode_table_dump(const Record& record, DecoderState& state, EventSink& sink) {
  const Family family = record.subtype == 1 || record.subtype == 3 ? Family::ipv4 : Family::ipv6;
  const bool four_octet_asns = record.subtype >= 3;
  Cursor body = body_of(record);
  body.skip(4);  // view and sequence number
  RouteEvent& event = state.event;
  event.safi = Safi::unicast;
  event.path_id.reset();
  do {
    const std::uint64_t offset = body.offset();
    const IpAddress address = read_address(body, family);
    const unsigned length = body.u8();
    body.skip(1);  // status
    event.originated = from_seconds(body.u32());
    event.peer.address = read_address(body, family);
    event.peer.asn = Asn{four_octet_asns ? body.u32() : body.u16()};
    event.peer.bgp_id = 0;
    const Cursor attributes = body.sub(body.u16());
    if (!body.ok()) return fail(ErrorKind::malformed, "A TABLE_DUMP entry is cut off.", offset);
    if (length > address_bits(family)) return fail(ErrorKind::malformed, "A prefix is longer than an address.", offset);
    event.prefix = Prefix(address, length);
    emit_entry(attributes, four_octet_asns, record, state, sink);
  } while (!body.empty());
  return {};
}

}  // namespace fairway::mrt
