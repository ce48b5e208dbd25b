// A RIS Live server on the loopback that does what a script says, one connection after the other.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "shell/feed/certificate_for_tests.h"

namespace fairway {

class RisLiveServer {
  using tcp = boost::asio::ip::tcp;
  using Request = boost::beast::http::request<boost::beast::http::empty_body>;

 public:
  // One connection, which has just been made, and ends when the script does.
  class Talk {
   public:
    virtual ~Talk() = default;
    std::size_t number = 0;          // of the connection, from 0
    virtual std::string read() = 0;  // a message; empty: the client is gone
    virtual void send(const std::string& text) = 0;
    virtual void send_half(const std::string& text) = 0;      // a message that goes on
    virtual void send_octets(const std::string& octets) = 0;  // beside the protocol
  };
  using Script = std::function<void(Talk&)>;

  explicit RisLiveServer(Script script, const SelfSigned* identity = nullptr) : script_(std::move(script)) {
    if (identity != nullptr) {
      tls_ = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
      tls_->use_certificate_chain(boost::asio::buffer(identity->certificate));
      tls_->use_private_key(boost::asio::buffer(identity->key), boost::asio::ssl::context::pem);
    }
    thread_ = std::thread([this] { serve(); });
  }
  ~RisLiveServer() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
      if (socket_ != nullptr) ::shutdown(socket_->native_handle(), SHUT_RDWR);
    }
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    thread_.join();
  }

  std::string url() const {
    return (tls_ ? "wss://localhost:" : "ws://127.0.0.1:") + std::to_string(acceptor_.local_endpoint().port()) +
           "/v1/ws/";
  }
  std::vector<std::string> targets() const {  // that were asked for
    const std::lock_guard lock(mutex_);
    return targets_;
  }

 private:
  template <class Stream>
  class TalkOn final : public Talk {
   public:
    explicit TalkOn(Stream stream) : socket(stream) {}
    std::string read() override {
      boost::beast::flat_buffer buffer;
      boost::system::error_code error;
      socket.read(buffer, error);
      return error ? std::string() : boost::beast::buffers_to_string(buffer.data());
    }
    void send(const std::string& text) override {
      boost::system::error_code gone;
      socket.write(boost::asio::buffer(text), gone);
    }
    void send_half(const std::string& text) override {
      boost::system::error_code gone;
      socket.write_some(false, boost::asio::buffer(text), gone);
    }
    void send_octets(const std::string& octets) override {
      boost::system::error_code gone;
      boost::asio::write(socket.next_layer(), boost::asio::buffer(octets), gone);
    }
    boost::beast::websocket::stream<Stream> socket;
  };

  void serve() {
    for (std::size_t number = 0;; ++number) {
      boost::system::error_code error;
      tcp::socket socket(context_);
      acceptor_.accept(socket, error);
      const std::lock_guard lock(mutex_);
      if (error || ends_) return;
      socket_ = &socket;
      mutex_.unlock();
      if (tls_) {
        boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
        stream.handshake(boost::asio::ssl::stream_base::server, error);
        if (!error) talk<boost::asio::ssl::stream<tcp::socket&>&>(stream, number);
      } else {
        talk<tcp::socket&>(socket, number);
      }
      part(socket);
      mutex_.lock();
      socket_ = nullptr;
    }
  }

  // What was sent arrives: closing while the client's octets are unread would take it back (RFC 1122 section 4.2.2.13).
  static void part(tcp::socket& socket) {
    boost::system::error_code error;
    socket.shutdown(tcp::socket::shutdown_send, error);
    for (char rest[1024]; !error;) socket.read_some(boost::asio::buffer(rest), error);
  }

  template <class Stream>
  void talk(Stream stream, std::size_t number) {
    boost::beast::flat_buffer buffer;
    boost::system::error_code error;
    Request request;
    boost::beast::http::read(stream, buffer, request, error);
    if (error) return;
    {
      const std::lock_guard lock(mutex_);
      targets_.emplace_back(request.target());
    }
    TalkOn<Stream> talk(stream);
    talk.number = number;
    boost::beast::websocket::permessage_deflate deflate;
    deflate.server_enable = true;
    talk.socket.set_option(deflate);
    talk.socket.accept(request, error);
    if (!error) script_(talk);
  }

  const Script script_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;
  bool ends_ = false;
  tcp::socket* socket_ = nullptr;  // of the connection that there is
  std::vector<std::string> targets_;
  std::thread thread_;
};

}  // namespace fairway
