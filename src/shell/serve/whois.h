// The sockets around core/session/whois: a whois server on one address, for many clients at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "core/session/whois/registry.h"

namespace fairway::serve {

struct WhoisOptions {
  std::string listen = "127.0.0.1:4343";  // "HOST:PORT", "[::1]:43", ":43"; port 0: any that is free
  unsigned threads = 2;
  std::size_t most_clients = 1000;  // further ones wait to be accepted
  std::function<void()> hangup{};   // called on SIGHUP while run(true) runs; empty: SIGHUP is not caught
};

class WhoisServer {
 public:
  using Registry = std::shared_ptr<const whois::Registry>;

  // Begins to listen. Errors: usage (the address), system.
  static Result<std::unique_ptr<WhoisServer>> open(Registry registry, const WhoisOptions& options);
  ~WhoisServer();

  std::string address() const;  // "127.0.0.1:4343", with the real port

  // Answers from this registry from now on, also those who are connected; queries under way are answered from the one
  // that they began with. From any thread.
  void publish(Registry registry);

  // Serves until stop(), or SIGINT or SIGTERM if `until_signal`.
  void run(bool until_signal);
  void stop();  // from any thread

 private:
  struct State;
  explicit WhoisServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fairway::serve
