// Statistics Report (RFC 7854 section 4.8): counters and gauges of one neighbour. How many it claims to have is not
// believed: it has those that are there.
#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

bool operator==(const StatisticsReport& a, const StatisticsReport& b) {
  return a.peer == b.peer && a.statistics == b.statistics;
}

Result<Message> decode_statistics_report(Cursor body) {
  StatisticsReport message;
  message.peer = read_peer_header(body);
  body.skip(4);  // how many
  const std::uint64_t offset = body.offset();
  if (!body.ok() || !read_tlvs(body, message.statistics)) return cut_off(MessageType::statistics_report, offset);
  return Message(std::move(message));
}

Result<void> encode_statistics_report(const StatisticsReport& message, ByteWriter& out) {
  write_peer_header(message.peer, out);
  out.u32(static_cast<std::uint32_t>(message.statistics.size()));
  return write_tlvs(message.statistics, out);
}

}  // namespace fairway::bmp
