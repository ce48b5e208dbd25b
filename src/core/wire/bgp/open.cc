#include "core/wire/bgp/open.h"

#include <algorithm>

namespace fairway::bgp {

using enum FindingAction;

namespace {

constexpr std::uint8_t kCapabilities = 2, kExtended = 255;

void decode_capabilities(Cursor value, Open& open, Findings& findings) {
  while (!value.empty()) {
    const std::uint64_t offset = value.offset();
    const std::uint8_t code = value.u8();
    const Cursor inner = value.sub(value.u8());
    if (!value.ok()) {
      findings.push_back({0, session_reset, "RFC 5492 section 4", "a capability is longer than its parameter", offset});
      return;
    }
    bool malformed = false;
    open.capabilities.push_back(decode_capability(code, inner, malformed));
    if (malformed) findings.push_back({0, none, "RFC 5492 section 4", "a capability is not of its form", offset});
  }
}

void check(const Open& open, std::uint64_t offset, Findings& findings) {
  if (open.version != 4) findings.push_back({0, session_reset, "RFC 4271 section 6.2", "the version is not 4", offset});
  if (open.hold_time == 1 || open.hold_time == 2) {
    findings.push_back({0, session_reset, "RFC 4271 section 6.2", "the hold time is 1 or 2 seconds", offset});
  }
  if (open.bgp_id == 0)
    findings.push_back({0, session_reset, "RFC 6286 section 2.1", "the BGP identifier is 0", offset});
  if (open.asn().value == 0) findings.push_back({0, session_reset, "RFC 7607 section 2", "the AS is 0", offset});
}

template <class T>
const T* find(const Open& open) {
  for (const Capability& capability : open.capabilities) {
    if (const T* found = std::get_if<T>(&capability)) return found;
  }
  return nullptr;
}

// Families for which `open` offers ADD-PATH in `direction` (1 receives, 2 sends).
std::uint8_t add_path(const Open& open, std::uint8_t direction) {
  std::uint8_t families = 0;
  const AddPath* offered = find<AddPath>(open);
  if (offered == nullptr) return 0;
  for (const auto& entry : offered->entries) {
    if (!is_known_family(entry.family.afi, entry.family.safi) || entry.direction > 3) continue;
    const std::uint8_t bit =
        Encoding::add_path_bit(static_cast<Family>(entry.family.afi), static_cast<Safi>(entry.family.safi));
    if ((entry.direction & direction) != 0) families |= bit;
  }
  return families;
}

}  // namespace

Asn Open::asn() const {
  const FourOctetAsn* four = find<FourOctetAsn>(*this);
  return four != nullptr ? four->asn : Asn{my_as};
}

Encoding negotiate(const Open& ours, const Open& theirs) {
  Encoding encoding;
  encoding.four_octet_asns = find<FourOctetAsn>(ours) != nullptr && find<FourOctetAsn>(theirs) != nullptr;
  encoding.extended_messages = find<ExtendedMessage>(ours) != nullptr && find<ExtendedMessage>(theirs) != nullptr;
  encoding.add_path = add_path(ours, 1) & add_path(theirs, 2);
  return encoding;
}

Result<Open> decode_open(Cursor body, Findings& findings) {
  Open open;
  const std::uint64_t offset = body.offset();
  open.version = body.u8();
  open.my_as = body.u16();
  open.hold_time = body.u16();
  open.bgp_id = body.u32();
  std::size_t size = body.u8();
  const bool extended = size != 0 && body.peek() == kExtended;  // whatever that size is (RFC 9072 section 2)
  if (extended) {
    body.skip(1);
    size = body.u16();
  }
  Cursor parameters = body.sub(size);
  if (!body.ok() || !body.empty())
    return fail(ErrorKind::malformed, "The optional parameters do not fill an OPEN.", offset);
  while (!parameters.empty()) {
    const std::uint8_t type = parameters.u8();
    Cursor value = parameters.sub(extended ? parameters.u16() : parameters.u8());
    if (!parameters.ok()) return fail(ErrorKind::malformed, "An optional parameter is longer than the OPEN.", offset);
    if (type == kCapabilities) {
      decode_capabilities(value, open, findings);
    } else {
      const Bytes octets = value.rest();
      open.parameters.push_back({type, {octets.begin(), octets.end()}});
    }
  }
  check(open, offset, findings);
  return open;
}

Result<void> encode_open(const Open& open, ByteWriter& out) {
  ByteWriter capabilities, value;
  for (const Capability& capability : open.capabilities) {
    value.clear();
    encode_capability(capability, value);
    if (value.size() > 255) {
      return fail(ErrorKind::usage, "capability " + std::to_string(code_of(capability)) + ": " +
                                        std::to_string(value.size()) + " octets do not fit: at most 255.");
    }
    capabilities.u8(code_of(capability));
    capabilities.u8(static_cast<std::uint8_t>(value.size()));
    capabilities.bytes(value.written());
  }
  std::vector<std::pair<std::uint8_t, Bytes>> parameters;
  for (const Open::Parameter& parameter : open.parameters) parameters.emplace_back(parameter.type, parameter.value);
  if (!open.capabilities.empty()) parameters.emplace_back(kCapabilities, capabilities.written());
  std::size_t octets = 0;
  for (const auto& [type, content] : parameters) octets += 2 + content.size();
  // 255, as a length or as the first type, is what announces the long form.
  const bool extended = octets > 254 || (!parameters.empty() && parameters.front().first == kExtended);
  if (octets + parameters.size() > 0xFFFF) {
    return fail(ErrorKind::usage,
                "optional parameters: " + std::to_string(octets) + " octets do not fit: at most 65535.");
  }
  out.u8(open.version);
  out.u16(open.my_as);
  out.u16(open.hold_time);
  out.u32(open.bgp_id);
  if (extended) {
    out.u8(kExtended);
    out.u8(kExtended);
    out.u16(static_cast<std::uint16_t>(octets + parameters.size()));
  } else {
    out.u8(static_cast<std::uint8_t>(octets));
  }
  for (const auto& [type, content] : parameters) {
    out.u8(type);
    if (extended) {
      out.u16(static_cast<std::uint16_t>(content.size()));
    } else {
      out.u8(static_cast<std::uint8_t>(content.size()));
    }
    out.bytes(content);
  }
  return {};
}

}  // namespace fairway::bgp
