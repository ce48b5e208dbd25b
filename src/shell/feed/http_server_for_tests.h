// A small HTTP server on the loopback address, for tests of what fetches: it answers as it is told, also wrongly.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace fairway {

class HttpServer {
 public:
  struct Request {
    std::string path;     // "/vrps.json"
    std::string headers;  // as sent, lines ending in CR LF
    bool has(std::string_view text) const { return headers.find(text) != std::string::npos; }
  };
  // What goes over the wire, head and body; then the connection is closed, or held open without a word.
  struct Answer {
    std::string wire;
    bool stall = false;
  };
  using Handler = std::function<Answer(const Request&)>;

  explicit HttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~HttpServer() {
    ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    for (const int held : held_) ::close(held);
    ::close(listener_);
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  // A whole answer with its length.
  static Answer ok(std::string_view body, const std::string& headers = {}) {
    return {"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
            headers + "\r\n" + std::string(body)};
  }
  static Answer status(const std::string& line, const std::string& headers = {}) {
    return {"HTTP/1.1 " + line + "\r\nContent-Length: 0\r\nConnection: close\r\n" + headers + "\r\n"};
  }

 private:
  void serve() {
    for (;;) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, -1) < 0 || ending_) return;
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      std::string text;
      char block[4096];
      while (text.find("\r\n\r\n") == std::string::npos) {
        const ssize_t size = ::recv(client, block, sizeof block, 0);
        if (size <= 0) break;
        text.append(block, static_cast<std::size_t>(size));
      }
      const std::size_t begin = text.find(' ') + 1;
      const Request request{text.substr(begin, text.find(' ', begin) - begin), text};
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      const Answer answer = handler_(request);
      std::string_view rest = answer.wire;
      while (!rest.empty()) {
        const ssize_t size = ::send(client, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (size <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(size));
      }
      if (answer.stall) {
        held_.push_back(client);
      } else {
        ::close(client);
      }
    }
  }

  Handler handler_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
  std::vector<int> held_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
};

}  // namespace fairway
