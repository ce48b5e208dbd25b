#include "shell/serve/rtr_client.h"

#include <openssl/x509v3.h>

#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "core/session/rtr/server_session.h"
#include "shell/serve/listen.h"

namespace fairway::serve {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

using Plain = tcp::socket;
using Secure = asio::ssl::stream<tcp::socket>;

// It reads while nothing is being sent, and when that is over what was read meanwhile is answered first: so a router
// that does not read cannot make us remember anything. What is sent is shared with all other clients.
template <class Stream>
class Client : public RtrClient, public std::enable_shared_from_this<Client<Stream>> {
 public:
  template <class... Arguments>
  Client(tcp::endpoint peer, RtrClients& server, Arguments&&... arguments)
      : stream_(std::forward<Arguments>(arguments)...),
        timer_(stream_.get_executor()),
        server_(server),
        session_(server.limits.newest_version),
        peer_(std::move(peer)),
        name_(to_text(peer_)) {
    error_code ignored;
    stream_.lowest_layer().set_option(tcp::no_delay(true), ignored);
    stream_.lowest_layer().set_option(asio::socket_base::keep_alive(true), ignored);
  }

  const std::string& name() const override { return name_; }
  std::optional<std::uint8_t> counted_as() const override { return counted_as_; }

  void start() override {
    if constexpr (std::is_same_v<Stream, Secure>) {
      wait(server_.limits.handshake, "no TLS handshake in time");
      stream_.async_handshake(Secure::server, [self = this->shared_from_this()](error_code error) {
        if (self->closed_) return;
        if (error) return self->close("TLS: " + error.message(), true);
        if (!self->is_whom_it_claims()) return self->close("its certificate does not name its address", true);
        self->read();
      });
    } else {
      read();
    }
  }

  bool notify() override {
    if (sending_ || closed_) {
      notify_later_ = true;
      return true;
    }
    auto sent = session_.notify(*server_.cache());
    if (!sent) return false;
    send(std::move(sent));
    return true;
  }

 private:
  bool is_whom_it_claims() {
    if constexpr (std::is_same_v<Stream, Secure>) {
      if (!server_.limits.check_address) return true;
      X509* certificate = SSL_get1_peer_certificate(stream_.native_handle());
      if (certificate == nullptr) return false;
      auto address = peer_.address();
      if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
      }
      const bool named = X509_check_ip_asc(certificate, address.to_string().c_str(), 0) == 1;
      X509_free(certificate);
      return named;
    }
    return true;
  }

  void wait(std::chrono::seconds longest, const char* why) {
    timer_.expires_after(longest);
    timer_.async_wait([self = this->shared_from_this(), why](error_code error) {
      if (!error) self->close(why, true);
    });
  }

  void read() {
    if (reading_ || closed_) return;
    reading_ = true;
    wait(server_.limits.idle, "no query in time");
    stream_.async_read_some(
        asio::buffer(octets_), [self = this->shared_from_this()](error_code error, std::size_t size) {
          self->reading_ = false;
          if (self->closed_) return;
          if (error) return self->close(error == asio::error::eof ? "left" : "left: " + error.message(), false);
          self->session_.take({self->octets_.data(), size});
          if (!self->sending_) self->answer();
        });
  }

  void answer() {
    const auto cache = server_.cache();
    if (auto sent = session_.answer(*cache)) {
      server_.asked(this->shared_from_this(), session_.version(), sent->size());
      counted_as_ = session_.version();
      return send(std::move(sent));
    }
    if (session_.ended()) return close(session_.trouble(), true);
    if (std::exchange(notify_later_, false)) {
      if (auto sent = session_.notify(*cache)) return send(std::move(sent));
    }
    read();
  }

  void send(rtr::Octets octets) {
    sending_ = true;
    wait(server_.limits.send, "it does not take its answer");
    const auto buffer = asio::buffer(*octets);
    asio::async_write(stream_, buffer,
                      [self = this->shared_from_this(), octets = std::move(octets)](error_code error, std::size_t) {
                        self->sending_ = false;
                        if (self->closed_) return;
                        if (error) return self->close("left: " + error.message(), false);
                        self->answer();
                      });
  }

  void close(const std::string& why, bool dropped) {
    if (std::exchange(closed_, true)) return;
    timer_.cancel();
    error_code ignored;
    stream_.lowest_layer().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.lowest_layer().close(ignored);
    server_.gone(this->shared_from_this(), why, dropped);
  }

  Stream stream_;
  asio::steady_timer timer_;
  RtrClients& server_;
  rtr::ServerSession session_;
  tcp::endpoint peer_;
  std::string name_;
  std::optional<std::uint8_t> counted_as_;
  std::array<std::uint8_t, 1024> octets_;
  bool reading_ = false, sending_ = false, closed_ = false, notify_later_ = false;
};

tcp::endpoint peer_of(const tcp::socket& socket) {
  error_code ignored;
  return socket.remote_endpoint(ignored);
}

}  // namespace

std::shared_ptr<RtrClient> plain_rtr_client(tcp::socket socket, RtrClients& server) {
  const tcp::endpoint peer = peer_of(socket);
  return std::make_shared<Client<Plain>>(peer, server, std::move(socket));
}

std::shared_ptr<RtrClient> secure_rtr_client(tcp::socket socket, asio::ssl::context& context, RtrClients& server) {
  const tcp::endpoint peer = peer_of(socket);
  return std::make_shared<Client<Secure>>(peer, server, std::move(socket), context);
}

}  // namespace fairway::serve
