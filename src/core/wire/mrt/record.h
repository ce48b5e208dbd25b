// MRT framing (RFC 6396 section 2): a run of records, each a header of 12 octets (time, type, subtype, length) and a
// body; the _ET types carry microseconds as the first four octets of the body (section 3).
#pragma once

#include <cstdint>

#include "base/cursor.h"
#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::mrt {

inline constexpr std::size_t kHeaderSize = 12;

// A body longer than this is damage, not data: the longest real ones (RIB records of a collector with thousands of
// peers) stay far below it.
inline constexpr std::uint32_t kMaxBody = 16u << 20;

enum class Type : std::uint16_t {
  start = 1,
  die = 2,
  i_am_dead = 3,
  peer_down = 4,  // obsolete, section 5 (appendix B.1)
  bgp = 5,
  rip = 6,
  idrp = 7,
  ripng = 8,
  bgp4plus = 9,
  bgp4plus_01 = 10,
  ospfv2 = 11,
  table_dump = 12,
  table_dump_v2 = 13,
  bgp4mp = 16,
  bgp4mp_et = 17,
  isis = 32,
  isis_et = 33,
  ospfv3 = 48,
  ospfv3_et = 49,
};

struct Record {
  Instant time;  // with the microseconds of an _ET record
  std::uint32_t seconds = 0;
  Type type{};
  std::uint16_t subtype = 0;
  Bytes body;                // without the microseconds
  std::uint64_t offset = 0;  // of the header, in the whole input
  std::uint64_t size = 0;    // header and body, on the wire
};

// The next whole record, which `cursor` consumes. Errors, with the offset of the header: `truncated` (the cursor is
// left where it was: more octets are needed) and `malformed` (length beyond kMaxBody, an _ET body under four octets;
// nothing is consumed: see resynchronise).
Result<Record> next_record(Cursor& cursor);

// How many octets to skip, from the cursor's place plus one on, to what looks like a record again: known type and
// subtype, a length that leads to another such header (or to the end), a time within ten years of `near`. All that is
// left if there is none.
std::size_t octets_to_resynchronise(const Cursor& cursor, Instant near);

// Whether `cursor` stands on what looks like a header, by the same test.
bool looks_like_record(const Cursor& cursor, Instant near);

}  // namespace fairway::mrt
