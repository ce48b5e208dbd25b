#include "core/wire/bmp/tlv.h"

#include <algorithm>
#include <string>

namespace fairway::bmp {

bool operator==(const Tlv& a, const Tlv& b) { return a.type == b.type && std::ranges::equal(a.octets(), b.octets()); }

bool read_tlvs(Cursor field, std::vector<Tlv>& into) {
  while (!field.empty()) {
    Tlv tlv;
    tlv.type = field.u16();
    tlv.value = field.sub(field.u16());
    if (!field.ok()) return false;
    into.push_back(tlv);
  }
  return true;
}

Result<void> write_tlvs(const std::vector<Tlv>& tlvs, ByteWriter& out) {
  for (const Tlv& tlv : tlvs) {
    const Bytes value = tlv.octets();
    if (value.size() > 0xFFFF) {
      return fail(ErrorKind::usage, "TLV " + std::to_string(tlv.type) + ": " + std::to_string(value.size()) +
                                        " octets do not fit: at most 65535.");
    }
    out.u16(tlv.type);
    out.u16(static_cast<std::uint16_t>(value.size()));
    out.bytes(value);
  }
  return {};
}

const Tlv* find_tlv(const std::vector<Tlv>& tlvs, std::uint16_t type) {
  const auto found = std::ranges::find(tlvs, type, &Tlv::type);
  return found == tlvs.end() ? nullptr : &*found;
}

std::optional<std::uint16_t> number_of(const std::vector<Tlv>& tlvs, std::uint16_t type) {
  const Tlv* found = find_tlv(tlvs, type);
  if (found == nullptr || found->value.left() != 2) return std::nullopt;
  return Cursor(found->value).u16();
}

}  // namespace fairway::bmp
