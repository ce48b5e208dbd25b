// The socket under a WhoisClient: one connection, both directions at once.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "core/session/whois_client/client.h"

namespace fairway {

struct WhoisServerName {
  std::string host;
  std::string port = "43";

  // "rr.ntt.net", "localhost:4300", "[::1]:4300".
  static WhoisServerName parse(std::string_view text);
};

struct WhoisTimes {
  std::uint32_t connect_seconds = 20;
  std::uint32_t stall_seconds = 300;  // without an octet; a large set can take a server minutes
};

// Asks and waits for the whole answer. Errors of the connection are `system`, the others are the client's.
Result<SetAnswer> ask_whois(const WhoisServerName& server, WhoisClient client, const WhoisTimes& times = {});

}  // namespace fairway
