#include "shell/feed/bmp_station.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <map>
#include <mutex>
#include <set>

#include "shell/feed/bmp_feed.h"
#include "shell/feed/tcp.h"

namespace fairway {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kMostRemembered = 10'000;  // addresses whose counters go on when they connect again

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

IpAddress address_of(const asio::ip::address& address) {
  if (address.is_v4()) return IpAddress::ipv4(address.to_v4().to_uint());
  const asio::ip::address_v6 six = address.to_v6();
  if (six.is_v4_mapped()) return IpAddress::ipv4(asio::ip::make_address_v4(asio::ip::v4_mapped, six).to_uint());
  const auto octets = six.to_bytes();
  return IpAddress::from_octets(octets);
}

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string host = to_string(address_of(endpoint.address()));
  const bool six = host.find(':') != std::string::npos;
  return (six ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

void keep_alive(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const auto set = [&](int option, int value) {
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
  };
  set(TCP_KEEPIDLE, 60);
  set(TCP_KEEPINTVL, 15);
  set(TCP_KEEPCNT, 4);
}

}  // namespace

struct BmpStation::State {
  State(BmpStationOptions asked, LiveSink& told)
      : options(std::move(asked)), sink(told), cache(options.attribute_cache) {}

  // A router that is connected.
  struct Connection : std::enable_shared_from_this<Connection> {
    Connection(State& of, tcp::socket connected, const std::string& name, IpAddress from)
        : state(of),
          socket(std::move(connected)),
          address(from),
          begun(now()),
          octets(of.options.turn),
          feed(of.last_health(name), begun, of.cache, of.options.session, of.sink,
               [this](const bmp::RouterIdentity& identity) { return state.claim(identity, *this); }) {}

    void read() {
      socket.async_read_some(asio::buffer(octets.data(), octets.capacity()),
                             [self = shared_from_this()](error_code error, std::size_t size) {
                               if (self->closed) return;
                               if (size != 0 && !self->feed.receive({self->octets.data(), size}, now()))
                                 return self->close("");
                               if (error == asio::error::eof) return self->close("the router closed the connection");
                               if (error) return self->close("the connection was lost: " + error.message());
                               self->read();
                             });
    }

    void close(const std::string& trouble) {
      if (std::exchange(closed, true)) return;
      const auto self = shared_from_this();
      error_code ignored;
      socket.close(ignored);
      feed.close(now(), trouble);
      state.forget(*this);
    }

    State& state;
    tcp::socket socket;
    IpAddress address;
    Instant begun;
    Buffer octets;
    BmpFeed feed;
    bool closed = false;
    std::function<void()> gone;  // for one that was dialled
  };

  // A router that is to be dialled, again and again.
  struct Dialler {
    Dialler(State& of, std::string named)
        : name(std::move(named)), server(TcpServerName::parse(name, "1790")), resolver(of.context), timer(of.context) {}
    std::string name;
    TcpServerName server;
    tcp::resolver resolver;
    asio::steady_timer timer;
    std::shared_ptr<tcp::socket> socket;  // while it is being connected
    std::uint32_t wait_seconds = 0;
  };

  void accept(tcp::acceptor& acceptor) {
    acceptor.async_accept([this, &acceptor](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      // Out of descriptors, for instance: those who are there go on.
      if (error) return after(std::chrono::milliseconds(100), [this, &acceptor] { accept(acceptor); });
      take(std::move(socket));
      accept(acceptor);
    });
  }

  template <class Then>
  void after(std::chrono::milliseconds time, Then then) {
    auto timer = std::make_shared<asio::steady_timer>(context, time);
    timer->async_wait([timer, then](error_code error) {
      if (!error) then();
    });
  }

  // Somebody connected.
  void take(tcp::socket socket) {
    error_code error;
    const tcp::endpoint remote = socket.remote_endpoint(error);
    if (error) return;
    const IpAddress address = address_of(remote.address());
    std::string name = "bmp " + to_string(address);
    if (!allowed.empty() && std::ranges::none_of(allowed, [&](const Prefix& one) { return one.covers(address); }))
      return refuse(name, "refused: " + to_string(address) + " is not among the routers that may connect");
    if (connections.size() >= options.most_connections)
      return refuse(name, "refused: there are " + std::to_string(connections.size()) + " connections already");
    if (std::ranges::any_of(connections, [&](const auto& one) { return one->feed.health().name == name; }))
      name = "bmp " + text_of(remote);
    begin(std::move(socket), name, address);
  }

  std::shared_ptr<Connection> begin(tcp::socket socket, const std::string& name, IpAddress address) {
    if (options.keepalive) keep_alive(socket);
    auto connection = std::make_shared<Connection>(*this, std::move(socket), name, address);
    connections.push_back(connection);
    sink.on_health(connection->feed.health());
    connection->read();
    return connection;
  }

  // Tells of an address that may not connect, once between two calls of tick().
  void refuse(const std::string& name, const std::string& why) {
    if (refused.size() >= kMostRemembered || !refused.insert(name).second) return;
    FeedHealth health = last_health(name);
    health.name = name;
    health.since = now();
    health.trouble = why;
    sink.on_health(health);
  }

  FeedHealth last_health(const std::string& name) {
    const auto found = remembered.find(name);
    FeedHealth health = found == remembered.end() ? FeedHealth{} : found->second;
    health.name = name;
    return health;
  }

  void forget(Connection& gone) {
    const FeedHealth& health = gone.feed.health();
    if (remembered.size() < kMostRemembered || remembered.contains(health.name)) remembered[health.name] = health;
    std::erase_if(connections, [&](const auto& one) { return one.get() == &gone; });
    if (gone.gone) gone.gone();
  }

  // What the views of a router are called. Its older connection, if there is one, is over.
  std::string claim(const bmp::RouterIdentity& identity, const Connection& connection) {
    const std::string address = to_string(connection.address);
    std::string collector = identity.name.empty() ? address : identity.name;
    for (const auto& other : std::vector(connections)) {
      if (other.get() == &connection || other->closed || other->feed.collector() != collector) continue;
      if (other->address == connection.address) {
        other->close("a newer connection of the same router took its place");
      } else {
        return collector + " (" + address + ")";
      }
    }
    return collector;
  }

  void dial(Dialler& dialler) {
    dialler.resolver.async_resolve(
        dialler.server.host, dialler.server.port,
        [this, &dialler](error_code error, const tcp::resolver::results_type& found) {
          if (error) return dial_later(dialler, "cannot resolve " + dialler.server.host + ": " + error.message());
          auto socket = std::make_shared<tcp::socket>(context);
          dialler.socket = socket;
          dialler.timer.expires_after(std::chrono::seconds(options.dial_seconds));
          dialler.timer.async_wait([socket](error_code aborted) {
            error_code ignored;
            if (!aborted) socket->close(ignored);
          });
          asio::async_connect(*socket, found, [this, &dialler, socket](error_code failed, const tcp::endpoint& remote) {
            dialler.timer.cancel();
            dialler.socket.reset();
            if (failed) return dial_later(dialler, "cannot connect: " + failed.message());
            auto connection = begin(std::move(*socket), "bmp " + dialler.name, address_of(remote.address()));
            connection->gone = [this, &dialler, weak = std::weak_ptr(connection)] {
              const auto gone = weak.lock();
              if (gone && gone->feed.session().counters().all_messages() != 0) dialler.wait_seconds = 0;
              dial_later(dialler, "");
            };
          });
        });
  }

  void dial_later(Dialler& dialler, const std::string& trouble) {
    if (!trouble.empty()) {
      FeedHealth health = last_health("bmp " + dialler.name);
      if (health.trouble != trouble) health.since = now();
      health.trouble = trouble;
      remembered[health.name] = health;
      sink.on_health(health);
    }
    dialler.wait_seconds = dialler.wait_seconds == 0 ? options.redial_first_seconds : 2 * dialler.wait_seconds;
    dialler.wait_seconds = std::min(dialler.wait_seconds, options.redial_most_seconds);
    dialler.timer.expires_after(std::chrono::seconds(dialler.wait_seconds));
    dialler.timer.async_wait([this, &dialler](error_code error) {
      if (!error) dial(dialler);
    });
  }

  // Every few seconds.
  void tick() {
    refused.clear();
    const Instant silent_since = now() - seconds(options.silent_seconds);
    for (const auto& one : std::vector(connections)) {
      if (one->feed.session().counters().octets == 0 && one->begun < silent_since)
        one->close("nothing came for " + std::to_string(options.silent_seconds) + " seconds after it connected");
    }
    std::vector<BmpRouter> fresh;
    for (const auto& one : connections) {
      const BmpFeed& feed = one->feed;
      sink.on_health(feed.health());
      BmpRouter& router = fresh.emplace_back();
      router.health = feed.health();
      router.collector = feed.collector();
      router.identity = feed.session().router();
      router.counters = feed.session().counters();
      for (const auto& neighbour : feed.session().neighbours()) router.neighbours.push_back(*neighbour);
    }
    {
      const std::lock_guard lock(mutex);
      routers = std::move(fresh);
    }
    after(std::chrono::seconds(options.health_seconds), [this] { tick(); });
  }

  Result<void> listen(const std::string& where) {
    const TcpServerName name = TcpServerName::parse(where, "");
    if (name.port.empty()) return fail(ErrorKind::usage, "'" + where + "' is no address: HOST:PORT, [ADDRESS]:PORT");
    error_code error;
    tcp::resolver resolver(context);
    const auto found = resolver.resolve(name.host.empty() ? "::" : name.host, name.port, tcp::resolver::passive, error);
    if (error || found.empty()) return fail(ErrorKind::system, "cannot listen on " + where + ": " + error.message());
    const tcp::endpoint endpoint = found.begin()->endpoint();
    tcp::acceptor& acceptor = acceptors.emplace_back(context);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    // "[::]" means IPv4 as well, whatever the system's default.
    if (!error && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(false), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return fail(ErrorKind::system, "cannot listen on " + where + ": " + error.message());
    return {};
  }

  BmpStationOptions options;
  LiveSink& sink;
  std::vector<Prefix> allowed;
  bgp::AttributeCache cache;
  asio::io_context context{1};
  std::list<tcp::acceptor> acceptors;
  std::list<Dialler> diallers;
  std::vector<std::shared_ptr<Connection>> connections;
  std::map<std::string, FeedHealth> remembered;
  std::set<std::string> refused;
  mutable std::mutex mutex;
  std::vector<BmpRouter> routers;  // under the mutex
};

BmpStation::BmpStation(std::unique_ptr<State> state) : state_(std::move(state)) {}
BmpStation::~BmpStation() = default;

Result<std::unique_ptr<BmpStation>> BmpStation::open(const BmpStationOptions& options, LiveSink& sink) {
  auto state = std::make_unique<State>(options, sink);
  for (const std::string& text : options.allow) {
    const auto prefix = parse_prefix(text);
    if (!prefix) return fail(ErrorKind::usage, "'" + text + "' is neither an address nor a prefix");
    state->allowed.push_back(*prefix);
  }
  for (const std::string& where : options.listen) {
    if (auto done = state->listen(where); !done) return std::unexpected(done.error());
  }
  for (const std::string& router : options.dial) state->diallers.emplace_back(*state, router);
  return std::unique_ptr<BmpStation>(new BmpStation(std::move(state)));
}

std::vector<std::string> BmpStation::addresses() const {
  std::vector<std::string> all;
  for (const tcp::acceptor& acceptor : state_->acceptors) {
    error_code error;
    all.push_back(text_of(acceptor.local_endpoint(error)));
  }
  return all;
}

void BmpStation::run() {
  for (tcp::acceptor& acceptor : state_->acceptors) state_->accept(acceptor);
  for (State::Dialler& dialler : state_->diallers) state_->dial(dialler);
  state_->tick();
  state_->context.run();
}

void BmpStation::stop() { state_->context.stop(); }

std::vector<BmpRouter> BmpStation::routers() const {
  const std::lock_guard lock(state_->mutex);
  return state_->routers;
}

}  // namespace fairway
