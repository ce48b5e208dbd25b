#include "shell/serve/whois.h"

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "core/session/whois/session.h"
#include "shell/serve/listen.h"

namespace fairway::serve {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds kMostSending{600};  // one answer; some are a hundred megabytes, and some links slow

constexpr std::size_t kEnough = 64 << 10;  // octets to be sent at once

// What is answered from, to be replaced while it is in use.
class Published {
 public:
  explicit Published(WhoisServer::Registry registry) : registry_(std::move(registry)) {}
  WhoisServer::Registry current() const {
    const std::lock_guard lock(mutex_);
    return registry_;
  }
  void replace(WhoisServer::Registry registry) {
    const std::lock_guard lock(mutex_);
    registry_.swap(registry);  // the old one goes, if it goes, behind the lock
  }

 private:
  mutable std::mutex mutex_;
  WhoisServer::Registry registry_;
};

// One client. It reads only when everything that was asked is answered and the answers are sent, so a client that does
// not read cannot make us remember anything. Everything of one client runs on one strand.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, const Published& registry, std::function<void()> gone)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), registry_(registry), gone_(std::move(gone)) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
  }
  ~Client() { gone_(); }

  void start() {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] { self->read(); });
  }

 private:
  void wait(std::chrono::seconds longest) {
    timer_.expires_after(longest);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->close();
    });
  }

  void read() {
    wait(std::chrono::seconds(session_.patience()));
    socket_.async_read_some(asio::buffer(octets_), [self = shared_from_this()](error_code error, std::size_t size) {
      self->timer_.cancel();
      if (error && error != asio::error::eof) return self->close();
      self->pending_ = {self->octets_.data(), size};
      if (error) self->eof_ = true;
      self->serve();
    });
  }

  void serve() {
    const WhoisServer::Registry registry = registry_.current();
    answer_.clear();
    do {
      pending_ = pending_.subspan(session_.take(pending_));
      if (eof_ && pending_.empty()) session_.finish();
      // Small answers go together: a packet each would take as long as the way there and back.
      while (answer_.size() < kEnough && session_.answer(*registry, text_)) {
        if (answer_.empty()) {
          answer_.swap(text_);
        } else {
          answer_ += text_;
        }
      }
    } while (answer_.size() < kEnough && !pending_.empty() && !session_.ended());
    if (answer_.empty()) {
      if (session_.ended() || eof_) return close();
      return read();
    }
    wait(kMostSending);
    asio::async_write(socket_, asio::buffer(answer_), [self = shared_from_this()](error_code error, std::size_t) {
      self->timer_.cancel();
      if (error) return self->close();
      self->serve();
    });
  }

  void close() {
    timer_.cancel();
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  const Published& registry_;
  whois::Session session_;
  std::function<void()> gone_;
  std::array<std::uint8_t, 16 << 10> octets_;
  Bytes pending_;              // of octets_, not yet taken
  std::string text_, answer_;  // one answer; what is being sent
  bool eof_ = false;
};

}  // namespace

struct WhoisServer::State {
  State(Registry answered, WhoisOptions asked) : registry(std::move(answered)), options(std::move(asked)) {}

  Published registry;
  WhoisOptions options;
  std::atomic<std::size_t> clients = 0;
  asio::io_context context;
  tcp::acceptor acceptor{context};
  asio::steady_timer retry{context};

  void accept() {
    if (clients >= options.most_clients) return accept_later();
    acceptor.async_accept(asio::make_strand(context), [this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      // Out of descriptors, for instance: those who are there go on.
      if (error) return accept_later();
      ++clients;
      std::make_shared<Client>(std::move(socket), registry, [this] { --clients; })->start();
      accept();
    });
  }
  void heed(asio::signal_set& signals) {
    signals.async_wait([this, &signals](error_code error, int signal) {
      if (error) return;
      if (signal != SIGHUP) return context.stop();
      options.hangup();
      heed(signals);
    });
  }
  void accept_later() {
    retry.expires_after(std::chrono::milliseconds(100));
    retry.async_wait([this](error_code error) {
      if (!error) accept();
    });
  }
};

WhoisServer::WhoisServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
WhoisServer::~WhoisServer() = default;

Result<std::unique_ptr<WhoisServer>> WhoisServer::open(Registry registry, const WhoisOptions& options) {
  auto state = std::make_unique<State>(std::move(registry), options);
  if (auto listening = listen_on(state->acceptor, options.listen); !listening) {
    return std::unexpected(std::move(listening.error()));
  }
  return std::unique_ptr<WhoisServer>(new WhoisServer(std::move(state)));
}

std::string WhoisServer::address() const {
  error_code error;
  return to_text(state_->acceptor.local_endpoint(error));
}

void WhoisServer::publish(Registry registry) { state_->registry.replace(std::move(registry)); }

void WhoisServer::run(bool until_signal) {
  asio::signal_set signals(state_->context);
  if (until_signal) {
    error_code ignored;
    signals.add(SIGINT, ignored);
    signals.add(SIGTERM, ignored);
    if (state_->options.hangup) signals.add(SIGHUP, ignored);
    state_->heed(signals);
  }
  state_->accept();
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < state_->options.threads; ++i) threads.emplace_back([this] { state_->context.run(); });
  state_->context.run();
  for (std::thread& thread : threads) thread.join();
}

void WhoisServer::stop() { state_->context.stop(); }

}  // namespace fairway::serve
