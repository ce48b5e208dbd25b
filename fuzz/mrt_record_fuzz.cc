// uses: core/wire/mrt core/wire/bgp core/model base
//
// Records of any octets lie one behind another; where none begins, resynchronising goes on, to what looks like one or
// to the end. A record written again is the same record.
#include "core/wire/mrt/record.h"

#include <algorithm>

#include "core/wire/mrt/record_types.h"
#include "core/wire/mrt/type_12_table_dump.h"
#include "core/wire/mrt/writer.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::mrt;

void check_written_again(const Record& record) {
  if (record.time.whole_seconds() > 0xFFFFFFFF) return;  // microseconds that are more than a second, in 2106
  const auto always = [](std::size_t) { return true; };
  if (record.type == Type::table_dump &&
      uncounted_octets(record.body, record.subtype, record.body.size(), always) != 0) {
    return;  // its last entry goes on behind its end: what follows it decides, and here nothing does
  }
  ByteWriter out;
  hold(Writer(out).record(record.time, record.type, record.subtype, record.body).has_value(),
       "a record can be written");
  const Buffer written = padded(out.written().data(), out.size());
  Cursor cursor(written.bytes());
  const auto again = next_record(cursor);
  hold(again && cursor.empty(), "what was written is one record");
  hold(again->time == record.time && again->type == record.type && again->subtype == record.subtype, "the same head");
  hold(std::ranges::equal(again->body, record.body), "the same body");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  Cursor cursor(input.bytes(), 1000);
  const std::uint64_t end = 1000 + size;
  Instant last = from_seconds(1'400'000'000);
  while (!cursor.empty()) {
    const std::uint64_t offset = cursor.offset();
    const auto record = next_record(cursor);
    if (record) {
      hold(record->offset == offset && cursor.offset() == offset + record->size, "a record ends where the next begins");
      hold(record->body.data() + record->body.size() == cursor.rest().data(), "the body is its end");
      check_written_again(*record);
      last = record->time;
      continue;
    }
    hold(cursor.offset() == offset && record.error().where == offset, "an error consumes nothing and says where");
    const std::size_t skip = octets_to_resynchronise(cursor, last);
    hold(skip != 0 && skip <= cursor.left(), "resynchronising goes on");
    cursor.skip(skip);
    hold(cursor.empty() || looks_like_record(cursor, last), "it ends on what looks like a record");
    hold(cursor.offset() <= end, "and in the input");
  }
  return 0;
}
