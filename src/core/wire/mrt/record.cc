#include "core/wire/mrt/record.h"

#include "core/wire/mrt/record_types.h"
#include "core/wire/mrt/type_12_table_dump.h"

namespace fairway::mrt {

namespace {

struct Header {
  std::uint32_t seconds = 0;
  Type type{};
  std::uint16_t subtype = 0;
  std::uint32_t length = 0;
};

Header read_header(Cursor& cursor) {
  Header header;
  header.seconds = cursor.u32();
  header.type = static_cast<Type>(cursor.u16());
  header.subtype = cursor.u16();
  header.length = cursor.u32();
  return header;
}

bool is_extended(Type type) { return type == Type::bgp4mp_et || type == Type::isis_et || type == Type::ospfv3_et; }

// Whether a header could be one, all by itself.
bool is_plausible(const Header& header, Instant near) {
  const Instant time = from_seconds(header.seconds);
  const Duration off = time > near ? time - near : near - time;
  if (off > days(3653) || header.length > kMaxBody || (is_extended(header.type) && header.length < 4)) return false;
  return find_record_type(header.type, header.subtype) != nullptr;
}

// Whether what stands `skip` octets on is a header, the end, or too short to tell.
bool leads_on(Cursor cursor, std::uint64_t skip, Instant near) {
  if (skip > cursor.left()) return false;
  cursor.skip(static_cast<std::size_t>(skip));
  if (cursor.left() < kHeaderSize) return true;
  return is_plausible(read_header(cursor), near);
}

}  // namespace

Result<Record> next_record(Cursor& cursor) {
  Cursor at = cursor;
  const Header header = read_header(at);
  if (!at.ok()) return fail(ErrorKind::truncated, "A record's header is cut off.", cursor.offset());
  if (header.length > kMaxBody) {
    return fail(ErrorKind::malformed, "A record claims " + std::to_string(header.length) + " octets.", cursor.offset());
  }
  std::size_t size = header.length;
  if (header.type == Type::table_dump) {
    size += uncounted_octets(at.rest(), header.subtype, size,
                             [&](std::size_t skip) { return leads_on(at, skip, from_seconds(header.seconds)); });
  }
  if (size > at.left()) return fail(ErrorKind::truncated, "A record is cut off.", cursor.offset());
  Record record;
  record.seconds = header.seconds;
  record.time = from_seconds(header.seconds);
  record.type = header.type;
  record.subtype = header.subtype;
  record.offset = cursor.offset();
  record.size = kHeaderSize + size;
  Cursor body = at.sub(size);
  if (is_extended(header.type)) {
    record.time.microseconds += body.u32();
    if (!body.ok())
      return fail(ErrorKind::malformed, "A record with microseconds has no room for them.", cursor.offset());
  }
  record.body = body.rest();
  cursor = at;
  return record;
}

bool looks_like_record(const Cursor& cursor, Instant near) {
  Cursor at = cursor;
  const Header header = read_header(at);
  if (!at.ok() || !is_plausible(header, near)) return false;
  if (leads_on(at, header.length, near)) return true;
  return header.type == Type::table_dump && leads_on(at, std::uint64_t{header.length} + kUncountedOctets, near);
}

std::size_t octets_to_resynchronise(const Cursor& cursor, Instant near) {
  Cursor at = cursor;
  at.skip(at.empty() ? 0 : 1);
  while (!at.empty() && !looks_like_record(at, near)) at.skip(1);
  return cursor.left() - at.left();
}

}  // namespace fairway::mrt
