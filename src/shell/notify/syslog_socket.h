// Sending a syslog message: a datagram (RFC 5426), or counted on a stream (RFC 6587) or on TLS (RFC 5425).
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::notify {

enum class SyslogTransport : std::uint8_t { udp, tcp, tls };

struct SyslogServer {
  std::string host{};
  std::uint16_t port = 514;
  SyslogTransport transport = SyslogTransport::udp;
  std::string ca_file{};
};

// The message as syslog.h writes it. Syslog has no receipt: success means that the network took it. Error: system.
Result<void> send_syslog(const SyslogServer& server, std::string_view message, Duration timeout, std::stop_token stop);

}  // namespace fairway::notify
