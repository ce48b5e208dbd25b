// AS4_PATH and AS4_AGGREGATOR (RFC 6793): what did not fit into the two octets of AS_PATH and AGGREGATOR, carried past
// speakers that know only two, and put together again behind them.
#include "core/wire/bgp/attribute_files.h"

#include <algorithm>

namespace fairway::bgp {

namespace {

bool is_confederation(SegmentType type) {
  return type == SegmentType::confed_sequence || type == SegmentType::confed_set;
}

constexpr std::string_view kOfFour = "sent by a speaker of four-octet ASNs";

// Appends a segment, joining two sequences where one could have held both.
void append(AsPath& path, SegmentType type, std::span<const Asn> asns) {
  const auto segments = path.segments();
  const bool joins = type == SegmentType::sequence && !segments.empty() &&
                     segments.back().type == SegmentType::sequence &&
                     path.asns_of(segments.size() - 1).size() + asns.size() <= 255;
  if (!joins) return path.add(type, asns);
  AsPath joined;
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) joined.add(segments[i].type, path.asns_of(i));
  const auto last = path.asns_of(segments.size() - 1);
  joined.raw_asns().insert(joined.raw_asns().end(), last.begin(), last.end());
  joined.add(type, asns);
  path = std::move(joined);
}

// The first ASNs of `path`, as many as make it longer than `tail`, then `tail`. Confederation segments count nothing;
// they come along when they lead or adjoin what is taken.
AsPath merge_paths(const AsPath& path, const AsPath& tail) {
  AsPath merged;
  std::size_t wanted = path.length() - tail.length();
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const SegmentType type = path.segments()[i].type;
    const auto asns = path.asns_of(i);
    if (is_confederation(type)) {
      merged.add(type, asns);
      continue;
    }
    if (wanted == 0) break;
    const std::size_t taken = type == SegmentType::set ? asns.size() : std::min(asns.size(), wanted);
    merged.add(type, asns.first(taken));
    wanted -= type == SegmentType::set ? 1 : taken;
    if (taken < asns.size()) break;
  }
  for (std::size_t i = 0; i < tail.segments().size(); ++i) append(merged, tail.segments()[i].type, tail.asns_of(i));
  return merged;
}

}  // namespace

std::string_view decode_as4_path(Cursor value, Decoding& into) {
  if (into.encoding.four_octet_asns) return kOfFour;
  if (value.left() < 6) return "AS4_PATH is too short for one AS";
  AsPath path;
  const std::size_t before = into.findings->size();
  const std::uint64_t start = value.offset();
  if (const auto wrong = decode_segments(value, 4, 17, path, into); !wrong.empty()) return wrong;
  if (into.findings->size() != before) {
    into.findings->resize(before);
    return "AS4_PATH has AS 0 or a segment of no AS";
  }
  into.as4_path.clear();
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const SegmentType type = path.segments()[i].type;
    if (!is_confederation(type)) into.as4_path.add(type, path.asns_of(i));
  }
  if (into.as4_path.segments().size() != path.segments().size()) {
    into.report(17, FindingAction::attribute_discard, "RFC 6793 section 6", "AS4_PATH has confederation segments",
                start);
  }
  into.has_as4_path = true;
  return {};
}

Result<bool> encode_as4_path(const Encodable& from, ByteWriter& value) {
  if (from.encoding.four_octet_asns) return false;
  const AsPath& path = from.attributes->as_path;
  bool needed = false;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    if (is_confederation(path.segments()[i].type)) continue;
    needed |= std::ranges::any_of(path.asns_of(i), [](Asn asn) { return asn.value > 0xFFFF; });
  }
  if (!needed) return false;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    if (is_confederation(path.segments()[i].type) || path.asns_of(i).empty()) continue;
    auto done = encode_segment(path.segments()[i].type, path.asns_of(i), 4, value);
    if (!done) return std::unexpected(done.error());
  }
  return true;
}

std::string_view decode_as4_aggregator(Cursor value, Decoding& into) {
  if (into.encoding.four_octet_asns) return kOfFour;
  if (value.left() != 8) return "AS4_AGGREGATOR is not eight octets";
  const Asn asn{value.u32()};
  if (asn.value == 0) return "AS4_AGGREGATOR names AS 0";
  into.as4_aggregator = Aggregator{asn, IpAddress::ipv4(value.u32())};
  return {};
}

Result<bool> encode_as4_aggregator(const Encodable& from, ByteWriter& value) {
  const auto& aggregator = from.attributes->aggregator;
  if (from.encoding.four_octet_asns || !aggregator || aggregator->asn.value <= 0xFFFF) return false;
  if (aggregator->address.family != Family::ipv4) return false;
  value.u32(aggregator->asn.value);
  value.u32(aggregator->address.ipv4_bits());
  return true;
}

void merge_as4(Decoding& into) {
  Attributes& attributes = *into.attributes;
  if (attributes.aggregator && into.as4_aggregator) {
    // Somebody behind the speakers of four octets has aggregated anew: what they said is out of date.
    if (attributes.aggregator->asn != kAsTrans) return;
    attributes.aggregator = into.as4_aggregator;
  }
  if (!into.has_as4_path || !attributes.has_as_path) return;
  if (attributes.as_path.length() < into.as4_path.length()) return;
  attributes.as_path = merge_paths(attributes.as_path, into.as4_path);
}

}  // namespace fairway::bgp
