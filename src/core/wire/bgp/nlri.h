// Nlri: a prefix as UPDATE messages and RIB records carry it (RFC 4271 section 4.3, RFC 4760 section 5): its length in
// bits, then as many octets as hold them; in front of it a path id of four octets where RFC 7911 was agreed on.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "core/model/prefix.h"
#include "core/wire/bgp/encoding.h"

namespace fairway::bgp {

struct Nlri {
  Prefix prefix;
  std::optional<std::uint32_t> path_id;

  friend bool operator==(const Nlri&, const Nlri&) = default;
};

// The prefix that `cursor` stands on. Bits behind its length are cleared: their value is irrelevant. Length beyond the
// family's or too few octets: the cursor is failed, the result is meaningless.
Prefix read_prefix(Cursor& cursor, Family family);

// All of a field, appended to `into`.
enum class NlriReading : std::uint8_t {
  fine,
  other_form,  // with path ids though none were agreed on, or without: see Encoding::may_err_about_add_path
  damaged,     // a prefix is longer than an address or than what is left; those before it are there
};
NlriReading decode_nlri(Cursor field, Family family, Safi safi, const Encoding& encoding, std::vector<Nlri>& into);

void encode_prefix(ByteWriter& out, const Prefix& prefix);
// A missing path id is written as 0.
void encode_nlri(ByteWriter& out, const std::vector<Nlri>& nlri, bool with_path_ids);

}  // namespace fairway::bgp
