// ASPA (draft-ietf-sidrops-8210bis-27 section 5.12): all providers of a customer, in place of those told before; or the
// customer's ASPA goes. From version 2 on.
#include <algorithm>

#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

namespace {

// Why it cannot be announced; empty: it can.
std::string_view flaw(const std::vector<Asn>& providers) {
  if (providers.empty()) return "an announcement without a provider";
  if (std::ranges::adjacent_find(providers, std::greater_equal()) != providers.end()) {
    return "the providers do not ascend, each once";
  }
  if (providers.size() > 1 && providers.front().value == 0) return "AS 0 among other providers";
  return {};
}

}  // namespace

Decoded decode_aspa(std::uint8_t, Cursor body, std::uint16_t field) {
  AspaPdu pdu;
  pdu.announce = (field & 0x100) != 0;
  pdu.customer = Asn{body.u32()};
  // Some caches list in a withdrawal what goes. It says nothing: the customer is the key.
  if (!pdu.announce) return pdu;
  pdu.providers.reserve(body.left() / 4);
  while (!body.empty()) pdu.providers.push_back(Asn{body.u32()});
  if (const auto text = flaw(pdu.providers); !text.empty()) {
    return std::unexpected(Fault{ErrorCode::aspa_provider_list, text});
  }
  return pdu;
}

Result<void> encode(const AspaPdu& pdu, std::uint8_t version, ByteWriter& out) {
  const std::size_t size = kHeaderSize + 4 + 4 * pdu.providers.size();
  if (version < 2) return fail(ErrorKind::usage, "versions 0 and 1 have no ASPAs");
  if (size > kMostOctets) return fail(ErrorKind::usage, "more providers than a PDU can hold");
  const std::string_view text = pdu.announce ? flaw(pdu.providers) : std::string_view();
  if (!text.empty()) return fail(ErrorKind::usage, std::string(text));
  if (!pdu.announce && !pdu.providers.empty()) return fail(ErrorKind::usage, "a withdrawal names no provider");
  write_header(out, version, 11, pdu.announce ? 0x100 : 0, size);
  out.u32(pdu.customer.value);
  for (const Asn provider : pdu.providers) out.u32(provider.value);
  return {};
}

}  // namespace fairway::rtr
