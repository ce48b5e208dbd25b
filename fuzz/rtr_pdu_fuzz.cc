// uses: core/wire/rtr core/model base
//
// PDUs of a stream: each is framed or refused, and an error consumes nothing. What is decoded is encoded again in the
// same version, decodes to the same, and then stands octet for octet; what was canonical stands so at once.
#include <algorithm>

#include "core/wire/rtr/pdu.h"
#include "hold.h"

using namespace fairway;
using namespace fairway::rtr;

namespace {

// What is ignored on receipt is as it must be sent.
bool is_canonical(const RawPdu& raw, const Pdu& pdu) {
  const Bytes octets = raw.whole;
  const bool flags_in_header = raw.type == 9 || raw.type == 11;
  const bool plain = raw.type == 2 || raw.type == 4 || raw.type == 6 || raw.type == 8;
  if (plain && (octets[2] != 0 || octets[3] != 0)) return false;
  if (flags_in_header && (octets[2] > 1 || octets[3] != 0)) return false;
  if (const auto* prefix = std::get_if<PrefixPdu>(&pdu)) {
    const IpAddress address = IpAddress::from_octets(octets.subspan(12, raw.type == 4 ? 4 : 16));
    return octets[8] <= 1 && octets[11] == 0 && prefix->prefix.address() == address;
  }
  const auto* aspa = std::get_if<AspaPdu>(&pdu);
  return aspa == nullptr || aspa->announce || octets.size() == 12;
}

void check(const RawPdu& raw) {
  const auto pdu = decode_pdu(raw);
  if (!pdu) {
    hold(!pdu.error().text.empty() && error_name(pdu.error().code) != "Unknown Error", "a fault says what is wrong");
    return;
  }
  ByteWriter out;
  hold(encode_pdu(*pdu, raw.version, out).has_value(), "what was decoded is encoded");
  Cursor stream(out.written());
  const auto again = next_pdu(stream);
  hold(again && stream.empty() && again->version == raw.version && again->type == raw.type, "as one PDU");
  const auto decoded = decode_pdu(*again);
  hold(decoded && *decoded == *pdu, "of the same meaning");
  hold(is_canonical(*again, *decoded), "in the one way to say it");
  if (is_canonical(raw, *pdu)) hold(std::ranges::equal(out.written(), raw.whole), "octet for octet");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  Cursor stream(input.bytes());
  while (!stream.empty()) {
    const std::size_t before = stream.left();
    const auto raw = next_pdu(stream);
    if (!raw) {
      hold(stream.left() == before && raw.error().where == stream.offset(), "an error consumes nothing");
      break;
    }
    hold(before - stream.left() == raw->whole.size() && raw->whole.size() >= kHeaderSize, "a PDU is its octets");
    check(*raw);
  }
  return 0;
}
