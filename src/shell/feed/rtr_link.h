// One cache of an RtrFeed: its connection, one after the other, and its session. Only for .cc files: it includes Asio.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "core/session/rtr/client_session.h"
#include "shell/feed/rtr_client.h"

namespace fairway {

// A connection that is being made, or stands. Completions are never called before the function returns, and not at all
// after the destructor.
class RtrConnection {
 public:
  virtual ~RtrConnection() = default;
  using Done = std::function<void(std::string error, std::size_t size)>;  // error: empty if there is none
  virtual void connect(Done done) = 0;
  virtual void read(std::span<std::uint8_t> into, Done done) = 0;
  virtual void write(std::vector<std::uint8_t> octets, Done done) = 0;

  static std::unique_ptr<RtrConnection> make(boost::asio::io_context& context, const RtrCacheOptions& cache);
};

class RtrLink {
 public:
  RtrLink(boost::asio::io_context& context, const RtrCacheOptions& cache, std::function<void()> on_change);

  void start() { settle(); }
  const RtrCacheOptions& cache() const { return cache_; }
  const rtr::ClientSession& session() const { return session_; }
  bool take_changed() { return session_.take_changed(); }
  const FeedHealth& health();

 private:
  void dial();
  void read();
  void write();
  void lose(std::string why);
  void settle();

  boost::asio::io_context& context_;
  RtrCacheOptions cache_;
  std::function<void()> on_change_;
  rtr::ClientSession session_;
  boost::asio::steady_timer timer_;
  std::unique_ptr<RtrConnection> connection_;
  bool standing_ = false, writing_ = false;
  Instant dial_deadline_;
  std::array<std::uint8_t, 65536> octets_;
  FeedHealth health_;
};

// The machine's clock.
Instant rtr_now();

}  // namespace fairway
