#include "core/wire/bgp/nlri.h"

#include <span>

namespace fairway::bgp {

Prefix read_prefix(Cursor& cursor, Family family) {
  const unsigned length = cursor.u8();
  if (length > address_bits(family)) {
    cursor.fail();
    return {};
  }
  const Bytes octets = cursor.take((length + 7) / 8);
  std::uint64_t words[2] = {0, 0};
  unsigned shift = 64;
  std::size_t word = 0;
  for (const std::uint8_t octet : octets) {
    shift -= 8;
    words[word] |= std::uint64_t{octet} << shift;
    if (shift == 0) {
      shift = 64;
      ++word;
    }
  }
  return {family, words[0], words[1], length};
}

namespace {

bool read_all(Cursor field, Family family, bool with_path_ids, std::vector<Nlri>& into) {
  while (!field.empty()) {
    Nlri nlri;
    if (with_path_ids) nlri.path_id = field.u32();
    nlri.prefix = read_prefix(field, family);
    if (!field.ok()) return false;
    into.push_back(nlri);
  }
  return field.ok();
}

// Nobody announces the default route twice in a row: these are the zeros at the front of a path id.
bool looks_like_path_id(std::span<const Nlri> nlri) {
  return nlri.size() >= 2 && nlri[0].prefix.length() == 0 && nlri[1].prefix.length() == 0;
}

}  // namespace

NlriReading decode_nlri(Cursor field, Family family, Safi safi, const Encoding& encoding, std::vector<Nlri>& into) {
  const bool with_path_ids = encoding.has_path_ids(family, safi);
  const std::size_t before = into.size();
  const bool whole = read_all(field, family, with_path_ids, into);
  const bool doubtful = !whole || (!with_path_ids && looks_like_path_id(std::span(into).subspan(before)));
  if (doubtful && encoding.may_err_about_add_path) {
    std::vector<Nlri> other;
    if (read_all(field, family, !with_path_ids, other)) {
      into.resize(before);
      into.insert(into.end(), other.begin(), other.end());
      return NlriReading::other_form;
    }
  }
  return whole ? NlriReading::fine : NlriReading::damaged;
}

void encode_prefix(ByteWriter& out, const Prefix& prefix) {
  std::uint8_t octets[16];
  prefix.address().to_octets(octets);
  out.u8(static_cast<std::uint8_t>(prefix.length()));
  out.bytes(Bytes(octets, (prefix.length() + 7) / 8));
}

void encode_nlri(ByteWriter& out, const std::vector<Nlri>& nlri, bool with_path_ids) {
  for (const Nlri& one : nlri) {
    if (with_path_ids) out.u32(one.path_id.value_or(0));
    encode_prefix(out, one.prefix);
  }
}

}  // namespace fairway::bgp
