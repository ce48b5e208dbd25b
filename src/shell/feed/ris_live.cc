#include "shell/feed/ris_live.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <random>

#include "base/text.h"
#include "shell/feed/ris_live_hearing.h"

namespace fairway {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view kPing = R"({"type":"ping","data":null})";
constexpr std::size_t kMostWaiting = 1000;  // events that are told at once

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

struct Address {
  bool tls = true;
  std::string host, port, target;

  std::string authority() const {
    const bool usual = port == (tls ? "443" : "80");
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return usual ? name : name + ":" + port;
  }
};

void append_escaped(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += {'%', kDigits[octet >> 4], kDigits[octet & 15]};
    }
  }
}

// "wss://HOST:PORT/PATH?QUERY"
std::optional<Address> parse_address(std::string_view text, std::string_view client) {
  Address address;
  if (text.starts_with("ws://")) {
    address.tls = false;
  } else if (!text.starts_with("wss://")) {
    return std::nullopt;
  }
  text.remove_prefix(text.find("//") + 2);
  std::string_view authority = text.substr(0, text.find('/'));
  address.target = text.substr(authority.size());
  if (address.target.empty()) address.target = "/";
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    address.port = authority.substr(colon + 1);
    if (!parse_number<std::uint16_t>(address.port)) return std::nullopt;
    authority = authority.substr(0, colon);
  } else {
    address.port = address.tls ? "443" : "80";
  }
  if (authority.starts_with('[') && authority.ends_with(']')) authority = authority.substr(1, authority.size() - 2);
  address.host = authority;
  if (address.host.empty()) return std::nullopt;
  if (!client.empty()) {
    address.target += address.target.find('?') == std::string::npos ? "?client=" : "&client=";
    append_escaped(address.target, client);
  }
  return address;
}

using Plain = websocket::stream<beast::tcp_stream>;
using Secure = websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

}  // namespace

struct RisLive::State {
  State(const RisLiveOptions& asked, Address where, LiveSink& sink)
      : options(asked), address(std::move(where)), hearing(options.name, options.wish, sink) {}

  const RisLiveOptions options;
  const Address address;
  const std::vector<std::string> asks = subscriptions(options.wish);
  RisLiveHearing hearing;
  asio::io_context context{1};
  asio::ssl::context tls{asio::ssl::context::tls_client};
  asio::steady_timer pause{context}, beat{context};
  std::mt19937 random{std::random_device()()};

  // Of the connection that there is.
  unsigned connection = 0;  // which one
  Clock::time_point alive;  // when it was heard
  Clock::time_point asked;  // when the subscriptions were sent
  std::string silent;       // that it was not for too long
  bool pinging = false;

  asio::awaitable<void> live();
  asio::awaitable<std::string> connect_and_listen();
  template <class Socket>
  asio::awaitable<std::string> begin(std::shared_ptr<Socket> socket);
  template <class Socket>
  asio::awaitable<std::string> listen(std::shared_ptr<Socket> socket);
  template <class Socket>
  void watch(std::shared_ptr<Socket> socket, unsigned watched);
  Clock::duration next_pause(unsigned failures);
};

// Half of it at least, so that not all who lost one server come back at once.
Clock::duration RisLive::State::next_pause(unsigned failures) {
  auto pause = std::chrono::duration_cast<Clock::duration>(options.least_pause);
  for (unsigned i = 0; i < failures && pause < options.most_pause; ++i) pause *= 2;
  pause = std::min<Clock::duration>(pause, options.most_pause);
  return std::chrono::duration_cast<Clock::duration>(pause * std::uniform_real_distribution<double>(0.5, 1)(random));
}

asio::awaitable<void> RisLive::State::live() {
  for (unsigned failures = 0;; ++failures) {
    const Clock::time_point begun = Clock::now();
    std::string why = co_await connect_and_listen();
    hearing.disconnected(now(), std::move(why));
    if (Clock::now() - begun >= options.most_pause) failures = 0;
    pause.expires_after(next_pause(failures));
    co_await pause.async_wait(kAwait);
  }
}

asio::awaitable<std::string> RisLive::State::connect_and_listen() {
  tcp::resolver resolver(context);
  auto [unknown, found] = co_await resolver.async_resolve(address.host, address.port, kAwait);
  if (unknown) co_return "cannot find " + address.host + ": " + unknown.message();
  std::string why;
  if (address.tls) {
    const auto socket = std::make_shared<Secure>(context, tls);
    if (!SSL_set_tlsext_host_name(socket->next_layer().native_handle(), address.host.c_str())) {
      co_return "the server's name cannot be sent: " + address.host;
    }
    socket->next_layer().set_verify_callback(asio::ssl::host_name_verification(address.host));
    beast::get_lowest_layer(*socket).expires_after(options.connect);
    auto [failed, endpoint] = co_await beast::get_lowest_layer(*socket).async_connect(found, kAwait);
    if (failed) co_return "cannot connect to " + address.authority() + ": " + failed.message();
    beast::get_lowest_layer(*socket).expires_after(options.connect);
    auto [refused] = co_await socket->next_layer().async_handshake(asio::ssl::stream_base::client, kAwait);
    if (refused) co_return "no TLS with " + address.authority() + ": " + refused.message();
    why = co_await begin(socket);
  } else {
    const auto socket = std::make_shared<Plain>(context);
    beast::get_lowest_layer(*socket).expires_after(options.connect);
    auto [failed, endpoint] = co_await beast::get_lowest_layer(*socket).async_connect(found, kAwait);
    if (failed) co_return "cannot connect to " + address.authority() + ": " + failed.message();
    why = co_await begin(socket);
  }
  co_return why;
}

template <class Socket>
asio::awaitable<std::string> RisLive::State::begin(std::shared_ptr<Socket> socket) {
  auto& lowest = beast::get_lowest_layer(*socket);
  lowest.expires_after(options.connect);
  // Silence is watched over by messages of RIS Live, not of WebSocket, which something on the way might answer.
  socket->set_option(websocket::stream_base::timeout{options.connect, websocket::stream_base::none(), false});
  websocket::permessage_deflate deflate;
  deflate.client_enable = true;
  socket->set_option(deflate);
  socket->read_message_max(options.most_octets);
  auto [refused] = co_await socket->async_handshake(address.authority(), address.target, kAwait);
  if (refused) co_return "no WebSocket with " + address.authority() + ": " + refused.message();
  for (const std::string& ask : asks) {
    lowest.expires_after(options.connect);
    auto [failed, size] = co_await socket->async_write(asio::buffer(ask), kAwait);
    if (failed) co_return "the subscription was not sent: " + failed.message();
  }
  lowest.expires_never();
  alive = asked = Clock::now();
  silent.clear();
  pinging = false;
  hearing.connected(now());
  watch(socket, ++connection);
  std::string why = co_await listen(socket);
  ++connection;
  beat.cancel();
  lowest.close();
  co_return silent.empty() ? why : silent;
}

template <class Socket>
asio::awaitable<std::string> RisLive::State::listen(std::shared_ptr<Socket> socket) {
  beast::flat_buffer buffer;
  for (;;) {
    auto [failed, size] = co_await socket->async_read(buffer, kAwait);
    if (failed) co_return "the connection to " + address.authority() + " is lost: " + failed.message();
    hearing.take({static_cast<const char*>(buffer.cdata().data()), buffer.size()}, now());
    buffer.consume(buffer.size());
    error_code ignored;
    const bool more = beast::get_lowest_layer(*socket).socket().available(ignored) > 0;
    if (!more || hearing.waiting() >= kMostWaiting) hearing.flush();
    alive = Clock::now();  // behind flush(): while the sink let us wait, we did not listen
  }
}

// Every now and then: reports, asks whether the server is there, and gives it up.
template <class Socket>
void RisLive::State::watch(std::shared_ptr<Socket> socket, unsigned watched) {
  beat.expires_after(std::min({options.ping / 2, options.silence / 2, options.health}));
  beat.async_wait([this, socket, watched](error_code cancelled) {
    if (cancelled || connection != watched) return;
    const Clock::time_point time = Clock::now();
    if (time - alive > options.silence) {
      silent = "nothing was heard for " + std::to_string(options.silence.count() / 1000) + " s";
      return beast::get_lowest_layer(*socket).close();
    }
    if (time - alive > options.ping && !pinging) {
      pinging = true;
      socket->async_write(asio::buffer(kPing), [this, socket, watched](error_code, std::size_t) {
        if (connection == watched) pinging = false;
      });
    }
    if (time - asked > options.silence && hearing.confirmed() < asks.size()) {
      asked = Clock::time_point::max();
      hearing.trouble("of " + std::to_string(asks.size()) + " subscriptions the server confirmed " +
                      std::to_string(hearing.confirmed()));
    }
    hearing.report();
    watch(socket, watched);
  });
}

RisLive::RisLive(std::unique_ptr<State> state) : state_(std::move(state)) {}
RisLive::~RisLive() = default;

Result<std::unique_ptr<RisLive>> RisLive::open(const RisLiveOptions& options, LiveSink& sink) {
  auto address = parse_address(options.url, options.client);
  if (!address)
    return fail(ErrorKind::usage, "'" + options.url + "' is no address of RIS Live: wss://HOST[:PORT]/PATH");
  auto state = std::make_unique<State>(options, *std::move(address), sink);
  error_code error;
  state->tls.set_verify_mode(asio::ssl::verify_peer, error);
  if (options.authorities.empty()) {
    state->tls.set_default_verify_paths(error);
  } else {
    state->tls.load_verify_file(options.authorities, error);
  }
  if (error) return fail(ErrorKind::system, "the authorities of TLS cannot be read: " + error.message());
  return std::unique_ptr<RisLive>(new RisLive(std::move(state)));
}

void RisLive::run() {
  asio::co_spawn(state_->context, state_->live(), asio::detached);
  state_->context.run();
}

void RisLive::stop() { state_->context.stop(); }

}  // namespace fairway
