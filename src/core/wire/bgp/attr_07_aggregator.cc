// AGGREGATOR (RFC 4271 section 5.1.7): an AS of two or four octets and a BGP identifier. Its length alone tells which.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_aggregator(Cursor value, Decoding& into) {
  const std::size_t due = into.encoding.four_octet_asns ? 8 : 6;
  if (value.left() != 6 && value.left() != 8) return "AGGREGATOR is neither six nor eight octets";
  if (value.left() != due) {
    into.report(7, FindingAction::attribute_discard, "RFC 7606 section 7.7",
                "AGGREGATOR is not of the size that was agreed on", value.offset());
  }
  const Asn asn{value.left() == 8 ? value.u32() : value.u16()};
  if (asn.value == 0)
    into.report(7, FindingAction::attribute_discard, "RFC 7607 section 2", "AGGREGATOR names AS 0", value.offset());
  into.attributes->aggregator = Aggregator{asn, IpAddress::ipv4(value.u32())};
  return {};
}

Result<bool> encode_aggregator(const Encodable& from, ByteWriter& value) {
  const auto& aggregator = from.attributes->aggregator;
  if (!aggregator || aggregator->address.family != Family::ipv4) return false;
  if (from.encoding.four_octet_asns) {
    value.u32(aggregator->asn.value);
  } else {
    value.u16(static_cast<std::uint16_t>(aggregator->asn.value > 0xFFFF ? kAsTrans.value : aggregator->asn.value));
  }
  value.u32(aggregator->address.ipv4_bits());
  return true;
}

}  // namespace fairway::bgp
