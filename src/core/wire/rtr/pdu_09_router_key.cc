// Router Key (RFC 8210 section 5.10): a BGPsec key of an AS comes or goes. Not in version 0.
#include <algorithm>

#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

bool operator==(const RouterKey& a, const RouterKey& b) {
  return a.announce == b.announce && a.key_identifier == b.key_identifier && a.asn == b.asn &&
         std::ranges::equal(a.key_info, b.key_info);
}

Decoded decode_router_key(std::uint8_t, Cursor body, std::uint16_t field) {
  RouterKey pdu;
  pdu.announce = (field & 0x100) != 0;
  std::ranges::copy(body.take(pdu.key_identifier.size()), pdu.key_identifier.begin());
  pdu.asn = Asn{body.u32()};
  pdu.key_info = body.rest();
  return pdu;
}

Result<void> encode(const RouterKey& pdu, std::uint8_t version, ByteWriter& out) {
  const std::size_t size = kHeaderSize + pdu.key_identifier.size() + 4 + pdu.key_info.size();
  if (version < 1) return fail(ErrorKind::usage, "version 0 has no router keys");
  if (size > kMostOctets) return fail(ErrorKind::usage, "a key longer than a PDU can be");
  write_header(out, version, 9, pdu.announce ? 0x100 : 0, size);
  out.bytes(pdu.key_identifier);
  out.u32(pdu.asn.value);
  out.bytes(pdu.key_info);
  return {};
}

}  // namespace fairway::rtr
