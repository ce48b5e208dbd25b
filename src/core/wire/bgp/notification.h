// NOTIFICATION (RFC 4271 section 4.5): why a session ends. A value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "base/result.h"

namespace fairway::bgp {

struct Notification {
  std::uint8_t code = 0;
  std::uint8_t subcode = 0;
  std::vector<std::uint8_t> data;

  friend bool operator==(const Notification&, const Notification&) = default;
};

inline constexpr std::uint8_t kCease = 6, kAdministrativeShutdown = 2, kAdministrativeReset = 4;

// "Cease", "Hold Timer Expired"; "Administrative Shutdown". Empty if unknown (IANA's "BGP Error" registries).
std::string_view notification_name(std::uint8_t code);
std::string_view notification_name(std::uint8_t code, std::uint8_t subcode);

// The text for people in an administrative shutdown or reset (RFC 9003 section 2); nothing if there is none, if it does
// not fill the data, or if it is not UTF-8.
std::optional<std::string> shutdown_text(const Notification& notification);
// A shutdown or reset with a text, of which whole characters up to 255 octets are taken.
Notification shutdown_notification(std::uint8_t subcode, std::string_view text);

Result<Notification> decode_notification(Cursor body);
void encode_notification(const Notification& notification, ByteWriter& out);

}  // namespace fairway::bgp
