// Receivers on the loopback address, for tests of what sends: each connection on a thread of its own, spoken to by a
// function. They remember what came.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/text.h"

namespace fairway::notify {

// One end of a connection; everything ends when the other side goes, or after ten seconds of silence.
class Connection {
 public:
  explicit Connection(int handle) : handle_(handle) {
    timeval limit{10, 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  ~Connection() { ::close(handle_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t size = ::send(handle_, text.data(), text.size(), MSG_NOSIGNAL);
      if (size <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(size));
    }
  }
  // Up to and with `end`; less at the end of the connection.
  std::string read_until(std::string_view end) {
    std::size_t found;
    while ((found = held_.find(end)) == held_.npos && fill()) {
    }
    return take(found == held_.npos ? held_.size() : found + end.size());
  }
  std::string read(std::size_t size) {
    while (held_.size() < size && fill()) {
    }
    return take(std::min(size, held_.size()));
  }
  std::string read_all() {
    while (fill()) {
    }
    return take(held_.size());
  }
  void shut_down() { ::shutdown(handle_, SHUT_RDWR); }

 private:
  bool fill() {
    char block[4096];
    const ssize_t size = ::recv(handle_, block, sizeof block, 0);
    if (size <= 0) return false;
    held_.append(block, static_cast<std::size_t>(size));
    return true;
  }
  std::string take(std::size_t size) {
    std::string text = held_.substr(0, size);
    held_.erase(0, size);
    return text;
  }

  int handle_;
  std::string held_;
};

class Receiver {
 public:
  explicit Receiver(std::function<void(Connection&)> speak) : speak_(std::move(speak)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 64);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Receiver() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    {
      const std::lock_guard lock(mutex_);
      for (Connection& connection : connections_) connection.shut_down();
    }
    for (std::thread& speaker : speakers_) speaker.join();
    ::close(listener_);
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  void serve() {
    for (int handle; (handle = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      const std::lock_guard lock(mutex_);
      Connection& connection = connections_.emplace_back(handle);
      speakers_.emplace_back([this, &connection] {
        speak_(connection);
        connection.shut_down();
      });
    }
  }

  std::function<void(Connection&)> speak_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::list<Connection> connections_;
  std::vector<std::thread> speakers_;
};

// An HTTP server: one request a connection. `answer` says what: a status line, "200 OK"; empty: nothing, until the
// client gives up.
class HttpReceiver {
 public:
  struct Request {
    std::string method, path, head, body;
  };
  using Answer = std::function<std::string(const Request&)>;

  explicit HttpReceiver(
      Answer answer = [](const Request&) { return "200 OK"; }, std::string said = "{}")
      : answer_(std::move(answer)), said_(std::move(said)), receiver_([this](Connection& c) { speak(c); }) {}

  std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(receiver_.port()) + std::string(path);
  }
  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void speak(Connection& connection) {
    Request request;
    request.head = connection.read_until("\r\n\r\n");
    std::string_view line = request.head;
    request.method = next_word(line);
    request.path = next_word(line);
    const std::string lower = to_lower(request.head);
    if (const std::size_t at = lower.find("content-length:"); at != lower.npos) {
      std::string_view rest = std::string_view(lower).substr(at + 15);
      request.body = connection.read(parse_number<std::size_t>(next_word(rest)).value_or(0));
    }
    if (request.method.empty()) return;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const std::string status = answer_(request);
    if (status.empty()) {
      connection.read_all();
      return;
    }
    connection.write("HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(said_.size()) +
                     "\r\nConnection: close\r\n\r\n" + said_);
  }

  Answer answer_;
  std::string said_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  Receiver receiver_;  // last: it uses all the others
};

// A mail server that takes every message, but for the recipients that `replies` names: "550 no such user".
class MailReceiver {
 public:
  struct Message {
    std::string from;
    std::vector<std::string> to;
    std::string text;  // with CR LF
  };

  MailReceiver() : receiver_([this](Connection& c) { speak(c); }) {}

  std::uint16_t port() const { return receiver_.port(); }
  void reply(const std::string& command, const std::string& line) {
    const std::lock_guard lock(mutex_);
    replies_[command] = line;
  }
  std::vector<Message> messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
  }

 private:
  // What to say to "RCPT TO:<a@b>", "DATA", "." or "MAIL".
  std::string reply_to(const std::string& command, const std::string& otherwise) {
    const std::lock_guard lock(mutex_);
    const auto found = replies_.find(command);
    return (found == replies_.end() ? otherwise : found->second) + "\r\n";
  }
  static std::string address_in(const std::string& line) {
    const std::size_t open = line.find('<');
    return line.substr(open + 1, line.find('>') - open - 1);
  }

  void speak(Connection& c) {
    c.write("220 mail.example.net\r\n");
    Message message;
    for (std::string line; !(line = c.read_until("\r\n")).empty();) {
      if (line.starts_with("EHLO")) {
        c.write("250-mail.example.net\r\n250-SIZE 10000000\r\n250 8BITMIME\r\n");
      } else if (line.starts_with("MAIL FROM:")) {
        message = {address_in(line), {}, {}};
        c.write(reply_to("MAIL", "250 ok"));
      } else if (line.starts_with("RCPT TO:")) {
        const std::string reply = reply_to(address_in(line), "250 ok");
        if (reply.starts_with('2')) message.to.push_back(address_in(line));
        c.write(reply);
      } else if (line.starts_with("DATA")) {
        c.write(reply_to("DATA", "354 go on"));
        message.text = c.read_until("\r\n.\r\n");
        const std::string reply = reply_to(".", "250 taken");
        if (reply.starts_with('2')) {
          const std::lock_guard lock(mutex_);
          messages_.push_back(message);
        }
        c.write(reply);
      } else if (line.starts_with("QUIT")) {
        c.write("221 bye\r\n");
        return;
      } else {
        c.write("502 not here\r\n");
      }
    }
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::string> replies_;
  std::vector<Message> messages_;
  Receiver receiver_;  // last: it uses all the others
};

// Whether `condition` comes true within ten seconds.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace fairway::notify
