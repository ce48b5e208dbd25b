#include "shell/serve/listen.h"

#include "base/text.h"
#include "core/model/ip_address.h"

namespace fairway::serve {

using boost::asio::ip::tcp;
using boost::system::error_code;

std::optional<ListenAddress> parse_listen_address(std::string_view text, std::string_view port) {
  std::string_view host = text;
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && !text.ends_with(']') && !parse_ip(text);
  if (has_port) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
  }
  if (!parse_number<std::uint16_t>(port)) return std::nullopt;
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (has_port && host.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  return ListenAddress{std::string(host.empty() ? "::" : host), std::string(port)};
}

Result<void> listen_on(tcp::acceptor& acceptor, const std::string& text, std::string_view port) {
  const auto address = parse_listen_address(text, port);
  if (!address) {
    const std::string forms =
        port.empty() ? "HOST:PORT, [ADDRESS]:PORT, :PORT" : "HOST[:PORT], [ADDRESS][:PORT], :PORT";
    return fail(ErrorKind::usage, "'" + text + "' is no address: " + forms);
  }
  error_code error;
  tcp::resolver resolver(acceptor.get_executor());
  const auto found = resolver.resolve(address->host, address->port, tcp::resolver::passive, error);
  if (!error) {
    const tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(boost::asio::socket_base::max_listen_connections, error);
  }
  if (error) return fail(ErrorKind::system, "cannot listen on " + text + ": " + error.message());
  return {};
}

std::string to_text(const tcp::endpoint& endpoint) {
  error_code error;
  const std::string host = endpoint.address().to_string(error);
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

}  // namespace fairway::serve
