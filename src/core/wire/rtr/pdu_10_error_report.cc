// Error Report (RFC 8210 section 5.11): what is wrong with a PDU of the other side.
#include <algorithm>

#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

bool operator==(const ErrorReport& a, const ErrorReport& b) {
  return a.code == b.code && a.text == b.text && std::ranges::equal(a.pdu, b.pdu);
}

std::string sentence_of(const ErrorReport& report) {
  std::string text(report.text.substr(0, 200));
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return std::string(error_name(report.code)) + (text.empty() ? "" : ": ") + text;
}

Decoded decode_error_report(std::uint8_t, Cursor body, std::uint16_t field) {
  ErrorReport pdu{static_cast<ErrorCode>(field), {}, {}};
  pdu.pdu = body.take(body.u32());
  pdu.text = as_text(body.take(body.u32()));
  if (!body.ok() || !body.empty()) {
    return std::unexpected(Fault{ErrorCode::corrupt_data, "the lengths inside are not that of the PDU"});
  }
  return pdu;
}

Result<void> encode(const ErrorReport& pdu, std::uint8_t version, ByteWriter& out) {
  const std::size_t size = kHeaderSize + 8 + pdu.pdu.size() + pdu.text.size();
  if (size > kMostOctets) return fail(ErrorKind::usage, "an error longer than a PDU can be");
  write_header(out, version, 10, static_cast<std::uint16_t>(pdu.code), size);
  out.u32(static_cast<std::uint32_t>(pdu.pdu.size()));
  out.bytes(pdu.pdu);
  out.u32(static_cast<std::uint32_t>(pdu.text.size()));
  out.bytes(as_bytes(pdu.text));
  return {};
}

}  // namespace fairway::rtr
