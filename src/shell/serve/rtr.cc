#include "shell/serve/rtr.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <random>
#include <set>

#include "shell/serve/listen.h"
#include "shell/serve/rtr_client.h"

namespace fairway::serve {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

Result<ssl::context> tls_context(const RtrTls& files) {
  ssl::context context(ssl::context::tls_server);
  error_code error;
  const auto load = [&](const std::string& file, const auto& action) -> Result<void> {
    action();
    if (!error) return {};
    return fail(ErrorKind::system, "TLS: " + (file.empty() ? "a file is missing" : file) + ": " + error.message());
  };
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  auto loaded = load(files.certificate, [&] { context.use_certificate_chain_file(files.certificate, error); });
  if (loaded) {
    loaded = load(files.key, [&] { context.use_private_key_file(files.key, ssl::context::pem, error); });
  }
  if (loaded && !files.client_ca.empty()) {
    loaded = load(files.client_ca, [&] {
      context.load_verify_file(files.client_ca, error);
      if (!error) context.set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert, error);
    });
  }
  if (!loaded) return std::unexpected(std::move(loaded.error()));
  return context;
}

rtr::CacheOptions cache_options(const rtr::Intervals& intervals) {
  rtr::CacheOptions options;
  options.intervals = intervals;
  // Others than at the last start, in all likelihood, and one for each version (RFC 8210 section 5.1).
  const auto first = static_cast<std::uint16_t>(std::random_device()());
  for (std::size_t version = 0; version < options.sessions.size(); ++version) {
    options.sessions[version] = static_cast<std::uint16_t>(first + version);
  }
  return options;
}

}  // namespace

struct RtrServer::State : RtrClients {
  explicit State(RtrOptions asked) : options(std::move(asked)) {
    limits.newest_version = options.newest_version;
    limits.send = std::chrono::seconds(options.send_seconds);
    limits.idle = std::chrono::seconds(rtr::bounded(options.intervals).expire + 60);
    limits.check_address = !options.tls.client_ca.empty();
  }

  RtrOptions options;
  asio::io_context context{1};
  tcp::acceptor plain{context}, secure{context};
  std::optional<ssl::context> tls;
  asio::steady_timer plain_retry{context}, secure_retry{context}, notify_timer{context};
  std::chrono::steady_clock::time_point notified{};
  std::set<std::shared_ptr<RtrClient>> clients;

  std::mutex publishing;     // one after the other
  mutable std::mutex guard;  // of the following
  std::shared_ptr<const rtr::Cache> current;
  RtrStatus counted;  // what is not counted by looking at the clients

  std::shared_ptr<const rtr::Cache> cache() override {
    const std::lock_guard lock(guard);
    return current;
  }
  void gone(const std::shared_ptr<RtrClient>& client, const std::string& why, bool dropped) override {
    options.tell(client->name() + ": " + why);
    {
      const std::lock_guard lock(guard);
      --clients_of(client->counted_as());
      if (dropped) ++counted.dropped;
    }
    clients.erase(client);
  }
  void asked(const std::shared_ptr<RtrClient>& client, std::optional<std::uint8_t> version,
             std::size_t octets) override {
    const std::lock_guard lock(guard);
    if (client->counted_as() != version) {
      --clients_of(client->counted_as());
      ++clients_of(version);
    }
    ++counted.queries;
    counted.octets += octets;
  }

  std::size_t& clients_of(std::optional<std::uint8_t> version) {
    return version ? counted.clients[*version] : counted.silent_clients;
  }

  void set(std::shared_ptr<const rtr::Cache> next) {
    {
      const std::lock_guard lock(guard);
      current = std::move(next);
    }
    asio::post(context, [this] { notify_all(); });
  }

  void notify_all() {
    using std::chrono::steady_clock;
    const auto due = notified + std::chrono::seconds(options.notify_seconds);
    if (notified != steady_clock::time_point() && steady_clock::now() < due) {
      notify_timer.expires_at(due);
      notify_timer.async_wait([this](error_code error) {
        if (!error) notify_all();
      });
      return;
    }
    for (const auto& client : clients) {
      if (client->notify()) notified = steady_clock::now();
    }
  }

  void accept(tcp::acceptor& acceptor, asio::steady_timer& retry) {
    if (clients.size() >= options.most_clients) return accept_later(acceptor, retry);
    acceptor.async_accept([this, &acceptor, &retry](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      // Out of descriptors, for instance: those who are there go on.
      if (error) return accept_later(acceptor, retry);
      auto client = &acceptor == &plain ? plain_rtr_client(std::move(socket), *this)
                                        : secure_rtr_client(std::move(socket), *tls, *this);
      {
        const std::lock_guard lock(guard);
        ++counted.silent_clients;
        ++counted.connections;
      }
      clients.insert(client);
      client->start();
      accept(acceptor, retry);
    });
  }
  void accept_later(tcp::acceptor& acceptor, asio::steady_timer& retry) {
    retry.expires_after(std::chrono::milliseconds(100));
    retry.async_wait([this, &acceptor, &retry](error_code error) {
      if (!error) accept(acceptor, retry);
    });
  }
};

RtrServer::RtrServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
RtrServer::~RtrServer() = default;

Result<std::unique_ptr<RtrServer>> RtrServer::open(const RtrOptions& options) {
  auto state = std::make_unique<State>(options);
  state->current = rtr::Cache::empty(cache_options(options.intervals));
  if (!options.listen_tls.empty()) {
    auto context = tls_context(options.tls);
    if (!context) return std::unexpected(std::move(context.error()));
    state->tls.emplace(*std::move(context));
    if (auto listening = listen_on(state->secure, options.listen_tls, "324"); !listening) {
      return std::unexpected(std::move(listening.error()));
    }
  }
  if (!options.listen.empty()) {
    if (auto listening = listen_on(state->plain, options.listen, "323"); !listening) {
      return std::unexpected(std::move(listening.error()));
    }
  }
  return std::unique_ptr<RtrServer>(new RtrServer(std::move(state)));
}

namespace {

std::string address_of(const tcp::acceptor& acceptor) {
  error_code error;
  return acceptor.is_open() ? to_text(acceptor.local_endpoint(error)) : "";
}

}  // namespace

std::string RtrServer::address() const { return address_of(state_->plain); }
std::string RtrServer::tls_address() const { return address_of(state_->secure); }

bool RtrServer::publish(std::shared_ptr<const VrpTable> vrps, std::shared_ptr<const AspaTable> aspas) {
  const std::lock_guard one(state_->publishing);
  const auto before = state_->cache();
  auto next = before->updated(std::move(vrps), std::move(aspas));
  const bool same = before->has_data() && before->serial(0) == next->serial(0) && before->serial(2) == next->serial(2);
  state_->set(std::move(next));
  return !same;
}

void RtrServer::withhold() {
  const std::lock_guard one(state_->publishing);
  state_->set(state_->cache()->without_data());
}

RtrStatus RtrServer::status() const {
  const std::lock_guard lock(state_->guard);
  RtrStatus status = state_->counted;
  const rtr::Cache& cache = *state_->current;
  status.has_data = cache.has_data();
  status.vrps = cache.vrps();
  status.aspas = cache.aspas();
  for (std::uint8_t version = 0; version <= rtr::kNewestVersion; ++version) {
    status.serials[version] = cache.serial(version);
  }
  return status;
}

void RtrServer::run(bool until_signal, const std::function<void()>& on_hangup) {
  asio::signal_set signals(state_->context), hangups(state_->context);
  error_code ignored;
  if (until_signal) {
    signals.add(SIGINT, ignored);
    signals.add(SIGTERM, ignored);
    signals.async_wait([this](error_code error, int) {
      if (!error) stop();
    });
  }
  std::function<void()> wait_for_hangup = [&] {
    hangups.async_wait([&](error_code error, int) {
      if (error) return;
      on_hangup();
      wait_for_hangup();
    });
  };
  if (on_hangup) {
    hangups.add(SIGHUP, ignored);
    wait_for_hangup();
  }
  if (state_->plain.is_open()) state_->accept(state_->plain, state_->plain_retry);
  if (state_->secure.is_open()) state_->accept(state_->secure, state_->secure_retry);
  state_->context.run();
}

void RtrServer::stop() { state_->context.stop(); }

}  // namespace fairway::serve
