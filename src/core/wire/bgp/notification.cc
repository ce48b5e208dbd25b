#include "core/wire/bgp/notification.h"

namespace fairway::bgp {

namespace {

struct Name {
  std::uint8_t code;
  std::uint8_t subcode;  // 0: the code itself
  std::string_view name;
};

constexpr Name kNames[] = {
    {1, 0, "Message Header Error"},
    {1, 1, "Connection Not Synchronized"},
    {1, 2, "Bad Message Length"},
    {1, 3, "Bad Message Type"},
    {2, 0, "OPEN Message Error"},
    {2, 1, "Unsupported Version Number"},
    {2, 2, "Bad Peer AS"},
    {2, 3, "Bad BGP Identifier"},
    {2, 4, "Unsupported Optional Parameter"},
    {2, 6, "Unacceptable Hold Time"},
    {2, 7, "Unsupported Capability"},
    {2, 11, "Role Mismatch"},
    {3, 0, "UPDATE Message Error"},
    {3, 1, "Malformed Attribute List"},
    {3, 2, "Unrecognized Well-known Attribute"},
    {3, 3, "Missing Well-known Attribute"},
    {3, 4, "Attribute Flags Error"},
    {3, 5, "Attribute Length Error"},
    {3, 6, "Invalid ORIGIN Attribute"},
    {3, 8, "Invalid NEXT_HOP Attribute"},
    {3, 9, "Optional Attribute Error"},
    {3, 10, "Invalid Network Field"},
    {3, 11, "Malformed AS_PATH"},
    {4, 0, "Hold Timer Expired"},
    {5, 0, "Finite State Machine Error"},
    {5, 1, "Receive Unexpected Message in OpenSent State"},
    {5, 2, "Receive Unexpected Message in OpenConfirm State"},
    {5, 3, "Receive Unexpected Message in Established State"},
    {6, 0, "Cease"},
    {6, 1, "Maximum Number of Prefixes Reached"},
    {6, 2, "Administrative Shutdown"},
    {6, 3, "Peer De-configured"},
    {6, 4, "Administrative Reset"},
    {6, 5, "Connection Rejected"},
    {6, 6, "Other Configuration Change"},
    {6, 7, "Connection Collision Resolution"},
    {6, 8, "Out of Resources"},
    {6, 9, "Hard Reset"},
    {6, 10, "BFD Down"},
    {7, 0, "ROUTE-REFRESH Message Error"},
    {7, 1, "Invalid Message Length"},
    {8, 0, "Send Hold Timer Expired"},
};

std::string_view find(std::uint8_t code, std::uint8_t subcode) {
  for (const Name& one : kNames) {
    if (one.code == code && one.subcode == subcode) return one.name;
  }
  return {};
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// RFC 3629: shortest forms of code points outside of the surrogates, up to U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
    if (size == 0 || i + size > text.size()) return false;
    std::uint32_t point = size == 1 ? lead : lead & (0x7Fu >> size);
    for (std::size_t k = 1; k < size; ++k) {
      if (!continues(text[i + k])) return false;
      point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    }
    if ((size == 3 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) ||
        (size == 4 && (point < 0x10000 || point > 0x10FFFF)))
      return false;
    i += size;
  }
  return true;
}

bool may_have_text(const Notification& notification) {
  return notification.code == kCease &&
         (notification.subcode == kAdministrativeShutdown || notification.subcode == kAdministrativeReset);
}

}  // namespace

std::string_view notification_name(std::uint8_t code) { return find(code, 0); }
std::string_view notification_name(std::uint8_t code, std::uint8_t subcode) {
  return subcode == 0 ? std::string_view{} : find(code, subcode);
}

std::optional<std::string> shutdown_text(const Notification& notification) {
  if (!may_have_text(notification)) return std::nullopt;
  Cursor data{Bytes(notification.data)};
  const std::string_view text = as_text(data.take(data.u8()));
  if (!data.ok() || !data.empty() || text.empty() || !is_utf8(text)) return std::nullopt;
  return std::string(text);
}

Notification shutdown_notification(std::uint8_t subcode, std::string_view text) {
  constexpr std::size_t kMost = 255;
  std::size_t size = text.size();
  if (size > kMost) {
    size = kMost;
    while (size != 0 && continues(text[size])) --size;
  }
  Notification notification{kCease, subcode, {}};
  notification.data.reserve(size + 1);
  notification.data.push_back(static_cast<std::uint8_t>(size));
  notification.data.insert(notification.data.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
  return notification;
}

Result<Notification> decode_notification(Cursor body) {
  Notification notification;
  notification.code = body.u8();
  notification.subcode = body.u8();
  if (!body.ok()) return fail(ErrorKind::malformed, "A NOTIFICATION is shorter than two octets.", body.offset());
  const Bytes data = body.rest();
  notification.data.assign(data.begin(), data.end());
  return notification;
}

void encode_notification(const Notification& notification, ByteWriter& out) {
  out.u8(notification.code);
  out.u8(notification.subcode);
  out.bytes(notification.data);
}

}  // namespace fairway::bgp
