// Serial Notify (RFC 8210 section 5.2): the cache has new data.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_serial_notify(std::uint8_t, Cursor body, std::uint16_t field) { return SerialNotify{field, body.u32()}; }

Result<void> encode(const SerialNotify& pdu, std::uint8_t version, ByteWriter& out) {
  write_header(out, version, 0, pdu.session, 12);
  out.u32(pdu.serial);
  return {};
}

}  // namespace fairway::rtr
