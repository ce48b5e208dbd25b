// IPv4 Prefix (RFC 8210 section 5.6): one VRP comes or goes. What it shares with IPv6 Prefix is here as well.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

namespace {

template <std::size_t kSize>
Result<void> append(const PrefixPdu& pdu, std::uint8_t version, std::uint8_t type, ByteWriter& out) {
  constexpr std::size_t kAddress = 12, kAsn = kSize - 4;
  std::array<std::uint8_t, kSize> octets{};
  octets[0] = version;
  octets[1] = type;
  octets[7] = kSize;
  octets[8] = pdu.announce ? 1 : 0;
  octets[9] = static_cast<std::uint8_t>(pdu.prefix.length());
  octets[10] = pdu.max_length;
  pdu.prefix.address().to_octets(octets.data() + kAddress);
  for (std::size_t i = 0; i < 4; ++i) octets[kAsn + i] = static_cast<std::uint8_t>(pdu.asn.value >> (24 - 8 * i));
  out.bytes(octets);
  return {};
}

}  // namespace

Decoded decode_prefix(std::uint8_t version, Cursor body, Family family) {
  const bool announce = (body.u8() & 1) != 0;
  const unsigned length = body.u8();
  const std::uint8_t max_length = body.u8();
  body.skip(1);
  const unsigned bits = address_bits(family);
  if (length > bits || max_length > bits || max_length < length) {
    return std::unexpected(Fault{ErrorCode::corrupt_data, "the prefix length or maximum length cannot be"});
  }
  const IpAddress address = IpAddress::from_octets(body.take(address_octets(family)));
  const Prefix prefix(address, length);
  if (version >= 2 && prefix.address() != address) {  // older caches were not told to clear them
    return std::unexpected(Fault{ErrorCode::corrupt_data, "bits behind the prefix length are set"});
  }
  return PrefixPdu{announce, prefix, max_length, Asn{body.u32()}};
}

Decoded decode_ipv4_prefix(std::uint8_t version, Cursor body, std::uint16_t) {
  return decode_prefix(version, body, Family::ipv4);
}

Result<void> encode(const PrefixPdu& pdu, std::uint8_t version, ByteWriter& out) {
  if (pdu.max_length < pdu.prefix.length() || pdu.max_length > address_bits(pdu.prefix.family())) {
    return fail(ErrorKind::usage, "a maximum length that no prefix of its family can have");
  }
  return pdu.prefix.family() == Family::ipv4 ? append<20>(pdu, version, 4, out) : append<32>(pdu, version, 6, out);
}

}  // namespace fairway::rtr
