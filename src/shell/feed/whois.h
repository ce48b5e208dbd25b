// The socket under a WhoisClient.
#pragma once

#include "base/result.h"
#include "core/session/whois_client/client.h"
#include "shell/feed/tcp.h"

namespace fairway {

inline constexpr std::string_view kWhoisPort = "43";

// Asks and waits for the whole answer. Errors of the connection are `system`, the others are the client's.
Result<SetAnswer> ask_whois(const TcpServerName& server, WhoisClient client, const TcpTimes& times = {});

}  // namespace fairway
