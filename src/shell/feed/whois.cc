#include "shell/feed/whois.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace fairway {

namespace {

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

  // Whether one of the events comes in time; interrupted waits begin anew.
  bool wait(short events, std::uint32_t seconds) const {
    pollfd waiting{descriptor_, events, 0};
    int ready;
    do {
      ready = ::poll(&waiting, 1, static_cast<int>(seconds) * 1000);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
  }

 private:
  int descriptor_;
};

Result<Socket> connect_to(const WhoisServerName& server, std::uint32_t seconds) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(server.host.c_str(), server.port.c_str(), &hints, &found); code != 0) {
    return fail(ErrorKind::system, "cannot resolve " + server.host + ": " + ::gai_strerror(code));
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  int error = ECONNREFUSED;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    Socket socket(::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (socket.get() < 0) {
      error = errno;
      continue;
    }
    if (::connect(socket.get(), at->ai_addr, at->ai_addrlen) == 0) return socket;
    error = errno;
    if (error != EINPROGRESS) continue;
    if (!socket.wait(POLLOUT, seconds)) {
      error = ETIMEDOUT;
      continue;
    }
    socklen_t size = sizeof error;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) return socket;
  }
  return fail(ErrorKind::system,
              "cannot connect to " + server.host + " port " + server.port + ": " + std::strerror(error));
}

}  // namespace

WhoisServerName WhoisServerName::parse(std::string_view text) {
  WhoisServerName server;
  std::size_t colon = text.find(':');
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    server.host = text.substr(1, end == std::string_view::npos ? end : end - 1);
    colon = end == std::string_view::npos ? end : text.find(':', end);
  } else {
    if (colon != text.rfind(':')) colon = std::string_view::npos;  // an IPv6 address alone
    server.host = text.substr(0, colon);
  }
  if (colon != std::string_view::npos) server.port = text.substr(colon + 1);
  return server;
}

Result<SetAnswer> ask_whois(const WhoisServerName& server, WhoisClient client, const WhoisTimes& times) {
  const auto socket = connect_to(server, times.connect_seconds);
  if (!socket) return std::unexpected(socket.error());
  const auto failed = [&](const std::string& what) {
    return fail(ErrorKind::system, server.host + " port " + server.port + ": " + what);
  };
  std::vector<char> block(std::size_t{1} << 18);
  while (!client.finished()) {
    const bool writes = !client.output().empty();
    if (writes) {
      const std::string_view output = client.output();
      const ssize_t size = ::send(socket->get(), output.data(), output.size(), MSG_NOSIGNAL);
      if (size >= 0) {
        client.sent(static_cast<std::size_t>(size));
      } else if (errno != EAGAIN && errno != EINTR) {
        return failed(std::strerror(errno));
      }
    }
    const ssize_t size = ::recv(socket->get(), block.data(), block.size(), 0);
    if (size == 0) return failed("the server closed the connection in the middle of an answer");
    if (size > 0) {
      if (auto received = client.receive({block.data(), static_cast<std::size_t>(size)}); !received) {
        return std::unexpected(received.error());
      }
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return failed(std::strerror(errno));
    const short events = client.output().empty() ? POLLIN : POLLIN | POLLOUT;
    if (!socket->wait(events, times.stall_seconds))
      return failed("no answer for " + std::to_string(times.stall_seconds) + " seconds");
  }
  // A farewell; whether it arrives does not matter.
  [[maybe_unused]] const ssize_t size =
      ::send(socket->get(), client.output().data(), client.output().size(), MSG_NOSIGNAL);
  return client.take();
}

}  // namespace fairway
