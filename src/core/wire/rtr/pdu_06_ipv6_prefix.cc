// IPv6 Prefix (RFC 8210 section 5.7): as IPv4 Prefix, and encoded there.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_ipv6_prefix(std::uint8_t version, Cursor body, std::uint16_t) {
  return decode_prefix(version, body, Family::ipv6);
}

}  // namespace fairway::rtr
