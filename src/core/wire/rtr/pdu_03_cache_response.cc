// Cache Response (RFC 8210 section 5.5): the answer to a query begins.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_cache_response(std::uint8_t, Cursor, std::uint16_t field) { return CacheResponse{field}; }

Result<void> encode(const CacheResponse& pdu, std::uint8_t version, ByteWriter& out) {
  write_header(out, version, 3, pdu.session, kHeaderSize);
  return {};
}

}  // namespace fairway::rtr
