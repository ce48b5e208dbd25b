#include "shell/notify/syslog_socket.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <memory>

#include "core/notify/syslog.h"
#include "shell/notify/curl_handle.h"

namespace fairway::notify {

namespace {

Result<void> send_datagram(const SyslogServer& server, std::string_view message) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* list = nullptr;
  const int code = ::getaddrinfo(server.host.c_str(), std::to_string(server.port).c_str(), &hints, &list);
  if (code != 0) return fail(ErrorKind::system, fmt::format("{}: {}", server.host, ::gai_strerror(code)));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(list, ::freeaddrinfo);
  int error = 0;
  for (const addrinfo* a = list; a != nullptr; a = a->ai_next) {
    const int handle = ::socket(a->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) continue;
    const ssize_t sent = ::sendto(handle, message.data(), message.size(), MSG_NOSIGNAL, a->ai_addr, a->ai_addrlen);
    error = errno;
    ::close(handle);
    if (sent == static_cast<ssize_t>(message.size())) return {};
  }
  return fail(ErrorKind::system, fmt::format("{} port {}: {}", server.host, server.port, std::strerror(error)));
}

Result<void> send_on_stream(const SyslogServer& server, std::string_view message, Duration timeout,
                            std::stop_token stop) {
  const auto failure = [&](std::string_view what) {
    return fail(ErrorKind::system, fmt::format("{} port {}: {}", server.host, server.port, what));
  };
  CurlHandle curl(timeout, server.ca_file, stop);
  const bool v6 = server.host.find(':') != std::string::npos;
  const std::string url = fmt::format("{}://{}{}{}:{}", server.transport == SyslogTransport::tls ? "https" : "http",
                                      v6 ? "[" : "", server.host, v6 ? "]" : "", server.port);
  curl.set(CURLOPT_URL, url.c_str());
  curl.set(CURLOPT_NOPROXY, "*");
  curl.set(CURLOPT_SSL_ENABLE_ALPN, 0L);
  curl.set(CURLOPT_CONNECT_ONLY, 1L);  // the connection alone, with TLS where asked for; HTTP is never spoken
  if (const CURLcode code = curl.run(); code != CURLE_OK) return failure(curl.said(code));
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(curl.get(), CURLINFO_ACTIVESOCKET, &socket);

  const std::string framed = counted(message);
  std::string_view rest = framed;
  for (std::int64_t waited = 0; !rest.empty();) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(curl.get(), rest.data(), rest.size(), &sent);
    if (code != CURLE_OK && code != CURLE_AGAIN) return failure(curl.said(code));
    rest.remove_prefix(sent);
    if (code != CURLE_AGAIN) continue;
    constexpr int kStep = 100;  // milliseconds
    if (waited * 1000 >= timeout.microseconds || stop.stop_requested()) return failure("it takes nothing more");
    pollfd ready{socket, POLLOUT, 0};
    ::poll(&ready, 1, kStep);
    waited += kStep;
  }
  return {};
}

}  // namespace

Result<void> send_syslog(const SyslogServer& server, std::string_view message, Duration timeout, std::stop_token stop) {
  return server.transport == SyslogTransport::udp ? send_datagram(server, message)
                                                  : send_on_stream(server, message, timeout, std::move(stop));
}

}  // namespace fairway::notify
