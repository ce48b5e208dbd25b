#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "core/model/ip_address.h"
#include "shell/feed/rtr_link.h"

namespace fairway {

namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

using Plain = tcp::socket;
using Secure = ssl::stream<tcp::socket>;

std::string text_of(error_code error) {
  if (!error) return {};
  return error == asio::error::eof ? "the cache closed the connection" : error.message();
}

// What handlers need, which may run when the connection is gone.
template <class Stream>
struct Shared {
  template <class... Arguments>
  explicit Shared(asio::io_context& context, Arguments&... arguments)
      : resolver(context), stream(context, arguments...) {}
  tcp::resolver resolver;
  Stream stream;
  bool alive = true;
};

template <class Stream>
class Connection : public RtrConnection {
 public:
  Connection(asio::io_context& context, const RtrCacheOptions& cache) : cache_(cache) {
    if constexpr (std::is_same_v<Stream, Plain>) {
      shared_ = std::make_shared<Shared<Stream>>(context);
    } else {
      context_.emplace(ssl::context::tls_client);
      prepare();
      shared_ = std::make_shared<Shared<Stream>>(context, *context_);
    }
  }
  ~Connection() override {
    shared_->alive = false;
    error_code ignored;
    shared_->resolver.cancel();
    shared_->stream.lowest_layer().close(ignored);
  }

  void connect(Done done) override {
    shared_->resolver.async_resolve(
        cache_.host, cache_.port,
        [this, shared = shared_, done = std::move(done)](error_code error, tcp::resolver::results_type found) {
          if (!shared->alive) return;
          if (!refused_.empty()) return done(refused_, 0);
          if (error) return done(text_of(error), 0);
          asio::async_connect(shared->stream.lowest_layer(), found,
                              [this, shared, done](error_code error, const tcp::endpoint&) {
                                if (!shared->alive) return;
                                if (error) return done(text_of(error), 0);
                                error_code ignored;
                                auto& socket = shared->stream.lowest_layer();
                                socket.set_option(tcp::no_delay(true), ignored);
                                socket.set_option(asio::socket_base::keep_alive(true), ignored);
                                greet(done);
                              });
        });
  }

  void read(std::span<std::uint8_t> into, Done done) override {
    shared_->stream.async_read_some(asio::buffer(into.data(), into.size()), finish(std::move(done)));
  }

  void write(std::vector<std::uint8_t> octets, Done done) override {
    auto kept = std::make_shared<std::vector<std::uint8_t>>(std::move(octets));
    asio::async_write(
        shared_->stream, asio::buffer(*kept),
        [kept, finished = finish(std::move(done))](error_code error, std::size_t size) { finished(error, size); });
  }

 private:
  auto finish(Done done) {
    return [shared = shared_, done = std::move(done)](error_code error, std::size_t size) {
      if (shared->alive) done(text_of(error), size);
    };
  }

  void greet(Done done) {
    if constexpr (std::is_same_v<Stream, Plain>) {
      done({}, 0);
    } else {
      // The names of RFC 8210 section 9.2: DNS names of the certificate, never its common name.
      SSL* handle = shared_->stream.native_handle();
      const std::string& name = cache_.tls_name.empty() ? cache_.host : cache_.tls_name;
      if (parse_ip(name)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), name.c_str());
      } else {
        SSL_set_hostflags(handle, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        SSL_set1_host(handle, name.c_str());
        SSL_set_tlsext_host_name(handle, name.c_str());
      }
      shared_->stream.async_handshake(Secure::client, [shared = shared_, done = std::move(done)](error_code error) {
        if (shared->alive) done(error ? "TLS: " + error.message() : "", 0);
      });
    }
  }

  // The files of TLS; what is wrong with one is told when it connects.
  void prepare() {
    error_code error;
    const auto load = [&](const std::string& file, const auto& action) {
      if (file.empty() || !refused_.empty()) return;
      action();
      if (error) refused_ = "TLS: " + file + ": " + error.message();
    };
    SSL_CTX_set_min_proto_version(context_->native_handle(), TLS1_2_VERSION);
    context_->set_verify_mode(ssl::verify_peer, error);
    if (cache_.ca.empty()) context_->set_default_verify_paths(error);
    load(cache_.ca, [&] { context_->load_verify_file(cache_.ca, error); });
    load(cache_.certificate, [&] { context_->use_certificate_chain_file(cache_.certificate, error); });
    load(cache_.key, [&] { context_->use_private_key_file(cache_.key, ssl::context::pem, error); });
  }

  RtrCacheOptions cache_;
  std::optional<ssl::context> context_;
  std::shared_ptr<Shared<Stream>> shared_;
  std::string refused_;
};

}  // namespace

std::unique_ptr<RtrConnection> RtrConnection::make(asio::io_context& context, const RtrCacheOptions& cache) {
  if (cache.tls) return std::make_unique<Connection<Secure>>(context, cache);
  return std::make_unique<Connection<Plain>>(context, cache);
}

}  // namespace fairway
