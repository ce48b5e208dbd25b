// Reset Query (RFC 8210 section 5.4): the router asks for everything.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_reset_query(std::uint8_t, Cursor, std::uint16_t) { return ResetQuery{}; }

Result<void> encode(const ResetQuery&, std::uint8_t version, ByteWriter& out) {
  write_header(out, version, 2, 0, kHeaderSize);
  return {};
}

}  // namespace fairway::rtr
