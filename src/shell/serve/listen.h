// Where a server listens. Only for .cc files: it includes Asio.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fairway::serve {

struct ListenAddress {
  std::string host, port;
  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

// "HOST:PORT", "[ADDRESS]:PORT", ":PORT" (every address); with a port of its own also "HOST", "[ADDRESS]", "ADDRESS".
std::optional<ListenAddress> parse_listen_address(std::string_view text, std::string_view port = {});

// Begins to listen. Errors: usage (the address), system.
Result<void> listen_on(boost::asio::ip::tcp::acceptor& acceptor, const std::string& text, std::string_view port = {});

// "127.0.0.1:4343", "[::1]:323".
std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace fairway::serve
