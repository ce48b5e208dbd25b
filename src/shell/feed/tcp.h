// One TCP connection of a client, for protocols of questions and answers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace fairway {

struct TcpServerName {
  std::string host;
  std::string port;

  // "rr.ntt.net", "localhost:4300", "[::1]:4300"; `port` where none is named.
  static TcpServerName parse(std::string_view text, std::string_view port);
};

struct TcpTimes {
  std::uint32_t connect_seconds = 20;
  std::uint32_t stall_seconds = 300;  // without an octet; some questions take a server minutes
};

// What goes over the connection: what is still to be sent, and what to do with what comes. Output that grows by an
// answer is sent as well.
struct TcpDialogue {
  std::function<std::string_view()> output;
  std::function<void(std::size_t)> sent;                  // so many octets of it
  std::function<Result<void>(std::string_view)> receive;  // its error ends the dialogue
  std::function<bool()> finished;
  bool ends_with_connection = false;  // the server's closing is an end, too
};

// Both directions at once, until it is finished; then what is left of the output is sent as a farewell. Errors of the
// connection are `system`.
Result<void> converse(const TcpServerName& server, const TcpDialogue& dialogue, const TcpTimes& times = {});

}  // namespace fairway
