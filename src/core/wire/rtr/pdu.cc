#include "core/wire/rtr/pdu.h"

#include <algorithm>

#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

namespace {

constexpr PduRow kRows[] = {
    {0, "Serial Notify", 0, 12, 12, 0, decode_serial_notify},
    {1, "Serial Query", 0, 12, 12, 0, decode_serial_query},
    {2, "Reset Query", 0, 8, 8, 0, decode_reset_query},
    {3, "Cache Response", 0, 8, 8, 0, decode_cache_response},
    {4, "IPv4 Prefix", 0, 20, 20, 0, decode_ipv4_prefix},
    {6, "IPv6 Prefix", 0, 32, 32, 0, decode_ipv6_prefix},
    {7, "End of Data", 0, 12, 24, 12, decode_end_of_data},
    {8, "Cache Reset", 0, 8, 8, 0, decode_cache_reset},
    {9, "Router Key", 1, 32, kMostOctets, 0, decode_router_key},
    {10, "Error Report", 0, 16, kMostOctets, 0, decode_error_report},
    {11, "ASPA", 2, 12, kMostOctets, 4, decode_aspa},
};

}  // namespace

std::span<const PduRow> pdu_rows() { return kRows; }

const PduRow* find_pdu(std::uint8_t type) {
  const auto* found = std::ranges::find(kRows, type, &PduRow::type);
  return found == std::end(kRows) ? nullptr : found;
}

std::string_view pdu_name(std::uint8_t type) {
  const PduRow* row = find_pdu(type);
  return row == nullptr ? "unknown" : row->name;
}

Result<RawPdu> next_pdu(Cursor& stream) {
  Cursor ahead = stream;
  RawPdu raw;
  raw.version = ahead.u8();
  raw.type = ahead.u8();
  ahead.skip(2);
  const std::size_t length = ahead.u32();
  if (!ahead.ok()) return fail(ErrorKind::truncated, "the header is not all there", stream.offset());
  if (length < kHeaderSize || length > kMostOctets) {
    return fail(ErrorKind::malformed, "the length cannot be that of a PDU", stream.offset());
  }
  if (length > stream.left()) return fail(ErrorKind::truncated, "the PDU is not all there", stream.offset());
  raw.whole = stream.take(length);
  return raw;
}

std::expected<Pdu, Fault> decode_pdu(const RawPdu& raw) {
  const auto fault = [](ErrorCode code, std::string_view text) { return std::unexpected(Fault{code, text}); };
  if (raw.version > kNewestVersion) return fault(ErrorCode::unsupported_version, "versions 0, 1 and 2 are known");
  const PduRow* row = find_pdu(raw.type);
  if (row == nullptr || row->since > raw.version) {
    return fault(ErrorCode::unsupported_pdu_type, "the version has no such PDU");
  }
  const std::size_t size = raw.whole.size();
  if (size < row->least || size > row->most || (row->step != 0 && (size - row->least) % row->step != 0)) {
    return fault(ErrorCode::corrupt_data, "the length is not one of such a PDU");
  }
  Cursor body(raw.whole);
  body.skip(2);
  const std::uint16_t field = body.u16();
  body.skip(4);
  return row->decode(raw.version, body, field);
}

Result<void> encode_pdu(const Pdu& pdu, std::uint8_t version, ByteWriter& out) {
  return std::visit([&](const auto& one) { return encode(one, version, out); }, pdu);
}

Intervals bounded(Intervals intervals) {
  intervals.refresh = std::clamp(intervals.refresh, 1u, 86400u);
  intervals.retry = std::clamp(intervals.retry, 1u, 7200u);
  intervals.expire = std::clamp(intervals.expire, 600u, 172800u);
  intervals.expire = std::max({intervals.expire, intervals.refresh + 1, intervals.retry + 1});
  return intervals;
}

}  // namespace fairway::rtr
