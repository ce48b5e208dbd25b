// AS_PATH (RFC 4271 section 5.1.2, RFC 5065): segments of a type, a count and that many ASNs, of two octets each
// towards a speaker that knows no others: then AS_TRANS stands for the rest (RFC 6793 section 4.2.2).
#include "core/wire/bgp/attribute_files.h"

#include <algorithm>

namespace fairway::bgp {

std::string_view decode_segments(Cursor value, unsigned octets, std::uint8_t attribute, AsPath& path, Decoding& into) {
  path.clear();
  std::vector<Asn>& asns = path.raw_asns();
  const std::uint64_t start = value.offset();
  bool empty_segment = false, zero = false;
  while (!value.empty()) {
    const std::uint8_t type = value.u8();
    const std::size_t count = value.u8();
    Cursor members = value.sub(count * octets);
    std::string_view wrong;
    if (!value.ok())
      wrong = "a path segment is longer than the attribute";
    else if (type < 1 || type > 4)
      wrong = "a path segment is of an unknown type";
    if (!wrong.empty()) {
      path.clear();
      return wrong;
    }
    empty_segment |= count == 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Asn asn{octets == 4 ? members.u32() : members.u16()};
      zero |= asn.value == 0;
      asns.push_back(asn);
    }
    path.close_segment(static_cast<SegmentType>(type));
  }
  if (empty_segment)
    into.report(attribute, FindingAction::treat_as_withdraw, "RFC 7606 section 7.2", "a path segment has no AS", start);
  if (zero)
    into.report(attribute, FindingAction::treat_as_withdraw, "RFC 7607 section 2", "AS 0 is in the path", start);
  return {};
}

std::string_view decode_as_path(Cursor value, Decoding& into) {
  const std::string_view wrong =
      decode_segments(value, into.encoding.four_octet_asns ? 4 : 2, 2, into.attributes->as_path, into);
  into.attributes->has_as_path = wrong.empty();
  return wrong;
}

Result<void> encode_segment(SegmentType type, std::span<const Asn> asns, unsigned octets, ByteWriter& value) {
  constexpr std::size_t kMost = 255;
  const bool is_set = type == SegmentType::set || type == SegmentType::confed_set;
  if (is_set && asns.size() > kMost) {
    return fail(ErrorKind::usage,
                "AS_PATH: a set of " + std::to_string(asns.size()) + " ASNs does not fit: at most 255.");
  }
  do {
    const auto part = asns.first(std::min(asns.size(), kMost));
    asns = asns.subspan(part.size());
    value.u8(static_cast<std::uint8_t>(type));
    value.u8(static_cast<std::uint8_t>(part.size()));
    for (const Asn asn : part) {
      if (octets == 4) {
        value.u32(asn.value);
      } else {
        value.u16(static_cast<std::uint16_t>(asn.value > 0xFFFF ? kAsTrans.value : asn.value));
      }
    }
  } while (!asns.empty());
  return {};
}

Result<bool> encode_as_path(const Encodable& from, ByteWriter& value) {
  const AsPath& path = from.attributes->as_path;
  if (!from.attributes->has_as_path && path.segments().empty()) return false;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    auto done = encode_segment(path.segments()[i].type, path.asns_of(i), from.encoding.four_octet_asns ? 4 : 2, value);
    if (!done) return std::unexpected(done.error());
  }
  return true;
}

}  // namespace fairway::bgp
