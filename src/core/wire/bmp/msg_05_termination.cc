// Termination (RFC 7854 section 4.5): the router closes the connection; nothing comes behind it.
#include "core/wire/bmp/message_files.h"

namespace fairway::bmp {

std::string_view to_string(TerminationReason reason) {
  switch (reason) {
    case TerminationReason::administratively_closed: return "closed by the administrator";
    case TerminationReason::unspecified: break;
    case TerminationReason::out_of_resources: return "out of resources";
    case TerminationReason::redundant_connection: return "a redundant connection";
    case TerminationReason::permanently_closed: return "closed by the administrator for good";
  }
  return "unspecified";
}

bool operator==(const Termination& a, const Termination& b) { return a.information == b.information; }

Result<Message> decode_termination(Cursor body) {
  Termination message;
  if (!read_tlvs(body, message.information)) return cut_off(MessageType::termination, body.offset());
  return Message(std::move(message));
}

Result<void> encode_termination(const Termination& message, ByteWriter& out) {
  return write_tlvs(message.information, out);
}

}  // namespace fairway::bmp
