#include "shell/feed/tcp.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
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

Result<Socket> connect_to(const TcpServerName& server, std::uint32_t seconds) {
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

TcpServerName TcpServerName::parse(std::string_view text, std::string_view port) {
  TcpServerName server{{}, std::string(port)};
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

Result<void> converse(const TcpServerName& server, const TcpDialogue& dialogue, const TcpTimes& times) {
  const auto socket = connect_to(server, times.connect_seconds);
  if (!socket) return std::unexpected(socket.error());
  const auto failed = [&](const std::string& what) {
    return fail(ErrorKind::system, server.host + " port " + server.port + ": " + what);
  };
  const auto send = [&] {
    const std::string_view output = dialogue.output();
    return ::send(socket->get(), output.data(), output.size(), MSG_NOSIGNAL);
  };
  std::vector<char> block(std::size_t{1} << 18);
  while (!dialogue.finished()) {
    if (!dialogue.output().empty()) {
      const ssize_t size = send();
      if (size >= 0) {
        dialogue.sent(static_cast<std::size_t>(size));
      } else if (errno != EAGAIN && errno != EINTR) {
        return failed(std::strerror(errno));
      }
    }
    const ssize_t size = ::recv(socket->get(), block.data(), block.size(), 0);
    if (size == 0) {
      if (dialogue.ends_with_connection) return {};
      return failed("the server closed the connection in the middle of an answer");
    }
    if (size > 0) {
      if (auto received = dialogue.receive({block.data(), static_cast<std::size_t>(size)}); !received) return received;
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return failed(std::strerror(errno));
    const short events = dialogue.output().empty() ? POLLIN : POLLIN | POLLOUT;
    if (!socket->wait(events, times.stall_seconds))
      return failed("no answer for " + std::to_string(times.stall_seconds) + " seconds");
  }
  // A farewell; whether it arrives does not matter.
  if (!dialogue.output().empty()) [[maybe_unused]]
    const ssize_t size = send();
  return {};
}

}  // namespace fairway
