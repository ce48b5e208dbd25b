// Cache Reset (RFC 8210 section 5.9): no difference can be told, the router may ask for everything.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_cache_reset(std::uint8_t, Cursor, std::uint16_t) { return CacheReset{}; }

Result<void> encode(const CacheReset&, std::uint8_t version, ByteWriter& out) {
  write_header(out, version, 8, 0, kHeaderSize);
  return {};
}

}  // namespace fairway::rtr
