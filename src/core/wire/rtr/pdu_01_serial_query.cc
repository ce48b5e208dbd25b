// Serial Query (RFC 8210 section 5.3): the router asks for what changed since a serial number.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_serial_query(std::uint8_t, Cursor body, std::uint16_t field) { return SerialQuery{field, body.u32()}; }

Result<void> encode(const SerialQuery& pdu, std::uint8_t version, ByteWriter& out) {
  write_header(out, version, 1, pdu.session, 12);
  out.u32(pdu.serial);
  return {};
}

}  // namespace fairway::rtr
