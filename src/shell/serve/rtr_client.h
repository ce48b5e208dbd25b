// One router at an RTR server: its socket, its session, its timers. Only for rtr.cc: it includes Asio. Everything of
// all clients runs on the server's one thread.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/session/rtr/cache.h"

namespace fairway::serve {

class RtrClient {
 public:
  virtual ~RtrClient() = default;
  virtual void start() = 0;
  virtual bool notify() = 0;                    // if there is something new for it: true
  virtual const std::string& name() const = 0;  // "192.0.2.1:40512"
  // The version as which the server counts it: none before its first query.
  virtual std::optional<std::uint8_t> counted_as() const = 0;
};

// What the server is to its clients.
class RtrClients {
 public:
  struct Limits {
    std::uint8_t newest_version = rtr::kNewestVersion;
    std::chrono::seconds send{600}, idle{7260}, handshake{20};
    bool check_address = false;  // that a certificate names
  };
  Limits limits;

  virtual ~RtrClients() = default;
  virtual std::shared_ptr<const rtr::Cache> cache() = 0;
  // It was answered so many octets, and is of that version from now on.
  virtual void asked(const std::shared_ptr<RtrClient>& client, std::optional<std::uint8_t> version,
                     std::size_t octets) = 0;
  // It is closed: it is to be forgotten. `dropped`: by us.
  virtual void gone(const std::shared_ptr<RtrClient>& client, const std::string& why, bool dropped) = 0;
};

std::shared_ptr<RtrClient> plain_rtr_client(boost::asio::ip::tcp::socket socket, RtrClients& server);
std::shared_ptr<RtrClient> secure_rtr_client(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context,
                                             RtrClients& server);

}  // namespace fairway::serve
