// End of Data (RFC 6810 section 5.8; with intervals: RFC 8210 section 5.8): the answer to a query is complete.
#include "core/wire/rtr/pdu_files.h"

namespace fairway::rtr {

Decoded decode_end_of_data(std::uint8_t version, Cursor body, std::uint16_t field) {
  const bool has_intervals = version >= 1;
  if (body.left() != (has_intervals ? 16 : 4)) {
    return std::unexpected(Fault{ErrorCode::corrupt_data, "the length is that of another version"});
  }
  EndOfData pdu{field, body.u32(), {}};
  if (has_intervals) {
    const std::uint32_t refresh = body.u32(), retry = body.u32();
    pdu.intervals = Intervals{refresh, retry, body.u32()};
  }
  return pdu;
}

Result<void> encode(const EndOfData& pdu, std::uint8_t version, ByteWriter& out) {
  if (pdu.intervals.has_value() != (version >= 1)) {
    return fail(ErrorKind::usage, "intervals belong to version 1 and later, and must be there");
  }
  write_header(out, version, 7, pdu.session, pdu.intervals ? 24 : 12);
  out.u32(pdu.serial);
  if (pdu.intervals) {
    out.u32(pdu.intervals->refresh);
    out.u32(pdu.intervals->retry);
    out.u32(pdu.intervals->expire);
  }
  return {};
}

}  // namespace fairway::rtr
