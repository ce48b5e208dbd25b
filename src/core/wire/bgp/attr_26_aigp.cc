// AIGP (RFC 7311 section 3): TLVs of type, length (of the whole) and value; only type 1, the metric, is defined. The
// first one counts; others are passed over.
#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

std::string_view decode_aigp(Cursor value, Decoding& into) {
  constexpr std::size_t kHeader = 3, kMetricSize = 11;
  if (value.empty()) return "AIGP is empty";
  std::optional<std::uint64_t> metric;
  while (!value.empty()) {
    const std::uint8_t type = value.u8();
    const std::size_t length = value.u16();
    if (length < kHeader || !value.ok()) return "a TLV of AIGP is too short";
    Cursor inner = value.sub(length - kHeader);
    if (!value.ok()) return "a TLV of AIGP is longer than the attribute";
    if (type != 1) continue;
    if (length != kMetricSize) return "the metric of AIGP is not eight octets";
    if (!metric) metric = inner.u64();
  }
  into.attributes->aigp = metric;
  return {};
}

Result<bool> encode_aigp(const Encodable& from, ByteWriter& value) {
  if (!from.attributes->aigp) return false;
  value.u8(1);
  value.u16(11);
  value.u64(*from.attributes->aigp);
  return true;
}

}  // namespace fairway::bgp
