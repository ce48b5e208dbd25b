// Initiation (RFC 7854 section 4.3): who the router is; comes first, and again when that changes.
#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

bool operator==(const Initiation& a, const Initiation& b) { return a.information == b.information; }

Result<Message> decode_initiation(Cursor body) {
  Initiation message;
  if (!read_tlvs(body, message.information)) return cut_off(MessageType::initiation, body.offset());
  return Message(std::move(message));
}

Result<void> encode_initiation(const Initiation& message, ByteWriter& out) {
  return write_tlvs(message.information, out);
}

}  // namespace fairway::bmp
