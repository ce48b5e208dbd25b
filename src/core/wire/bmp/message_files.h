// What the files of the message types define for message.cc. Of no use outside this folder.
#pragma once

#include "core/wire/bmp/message.h"

namespace fairway::bmp {

Result<Message> decode_route_monitoring(Cursor body, std::uint8_t version);
Result<Message> decode_statistics_report(Cursor body);
Result<Message> decode_peer_down(Cursor body);
Result<Message> decode_peer_up(Cursor body);
Result<Message> decode_initiation(Cursor body);
Result<Message> decode_termination(Cursor body);
Result<Message> decode_route_mirroring(Cursor body);

Result<void> encode_route_monitoring(const RouteMonitoring& message, ByteWriter& out, std::uint8_t version);
Result<void> encode_statistics_report(const StatisticsReport& message, ByteWriter& out);
Result<void> encode_peer_down(const PeerDown& message, ByteWriter& out);
Result<void> encode_peer_up(const PeerUp& message, ByteWriter& out);
Result<void> encode_initiation(const Initiation& message, ByteWriter& out);
Result<void> encode_termination(const Termination& message, ByteWriter& out);
Result<void> encode_route_mirroring(const RouteMirroring& message, ByteWriter& out);

// "A Peer Up message is cut off."
std::unexpected<Error> cut_off(MessageType type, std::uint64_t offset);

inline bool same(const Cursor& a, const Cursor& b) {
  const Bytes x = a.rest(), y = b.rest();
  return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin());
}

}  // namespace fairway::bmp
