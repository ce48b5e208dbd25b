// A notification as a syslog message (RFC 5424). Everything is printable ASCII, so that no receiver needs to know more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/notify/notification.h"

namespace fairway::notify {

struct SyslogHead {
  std::uint8_t facility = 3;  // RFC 5424 section 6.2.1: 3 is system daemons, 16 to 23 are local0 to local7
  std::string host{};         // the sender's name; empty: unknown ("-")
};

// Severity: critical, warning, notice for high, medium, low confidence; informational for a clear. MSGID is the stage;
// what a program wants to read is in the structured data element fairway@32473 (32473: the enterprise number for
// examples, RFC 5612), what people want behind it. At most 2,048 octets, which every receiver should take
// (section 6.1).
std::string syslog(const Notification& notification, const SyslogHead& head);

// A message on a stream, counted (RFC 6587 section 3.4.1, RFC 5425 section 4.3): "11 <13>1 - ...".
std::string counted(std::string_view message);

}  // namespace fairway::notify
