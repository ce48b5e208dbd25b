// A small RTR cache on the loopback address, for tests of what follows one.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/session/rtr/server_session.h"

namespace fairway {

class RtrServerForTests {
 public:
  explicit RtrServerForTests(std::uint8_t newest = rtr::kNewestVersion) : newest_(newest) {
    options_.sessions = {1, 2, 3};
    cache_ = rtr::Cache::empty(options_);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~RtrServerForTests() {
    ending_ = true;
    thread_.join();
    ::close(listener_);
  }
  RtrServerForTests(const RtrServerForTests&) = delete;
  RtrServerForTests& operator=(const RtrServerForTests&) = delete;

  std::string url() const { return "rtr://127.0.0.1:" + std::to_string(port_); }
  // So many VRPs and, but for 0, one ASPA.
  void publish(unsigned count) {
    std::vector<Vrp> vrps;
    for (unsigned i = 0; i < count; ++i) vrps.push_back({Prefix(IpAddress::ipv4(i << 8), 24), 24, Asn{1}, 0});
    std::vector<Aspa> aspas;
    if (count != 0) aspas.push_back({Asn{1}, {Asn{2}}});
    const std::lock_guard lock(guard_);
    cache_ = cache_->updated(std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps))),
                             std::make_shared<const AspaTable>(AspaTable::build(std::move(aspas))));
  }
  void withhold() {
    const std::lock_guard lock(guard_);
    cache_ = cache_->without_data();
  }
  void hang_up() { hang_up_ = true; }  // on all that are connected now
  unsigned connections() const { return connections_; }

 private:
  struct Peer {
    int socket;
    rtr::ServerSession session;
    std::vector<std::uint8_t> sending;
  };

  void serve() {
    std::vector<Peer> peers;
    while (!ending_) {
      std::vector<pollfd> waited{{listener_, POLLIN, 0}};
      for (const Peer& peer : peers) {
        waited.push_back({peer.socket, static_cast<short>(peer.sending.empty() ? POLLIN : POLLIN | POLLOUT), 0});
      }
      ::poll(waited.data(), waited.size(), 5);
      std::shared_ptr<const rtr::Cache> cache;
      {
        const std::lock_guard lock(guard_);
        cache = cache_;
      }
      for (std::size_t i = peers.size(); i-- > 0;) {
        if (!go_on(peers[i], *cache, waited[i + 1].revents != 0) || hang_up_) {
          ::close(peers[i].socket);
          peers.erase(peers.begin() + static_cast<std::ptrdiff_t>(i));
        }
      }
      hang_up_ = false;
      if ((waited[0].revents & POLLIN) != 0) {
        peers.push_back({::accept(listener_, nullptr, nullptr), rtr::ServerSession(newest_), {}});
        ++connections_;
      }
    }
    for (const Peer& peer : peers) ::close(peer.socket);
  }

  static bool go_on(Peer& peer, const rtr::Cache& cache, bool ready) {
    if (ready) {
      std::uint8_t octets[4096];
      const ssize_t size = ::recv(peer.socket, octets, sizeof octets, MSG_DONTWAIT);
      if (size == 0) return false;
      if (size > 0) peer.session.take({octets, static_cast<std::size_t>(size)});
    }
    const auto add = [&](const rtr::Octets& sent) {
      peer.sending.insert(peer.sending.end(), sent->begin(), sent->end());
    };
    while (const auto sent = peer.session.answer(cache)) add(sent);
    if (const auto sent = peer.session.notify(cache)) add(sent);
    if (!peer.sending.empty()) {
      const ssize_t size = ::send(peer.socket, peer.sending.data(), peer.sending.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (size > 0) peer.sending.erase(peer.sending.begin(), peer.sending.begin() + size);
    }
    return !peer.session.ended() || !peer.sending.empty();
  }

  std::uint8_t newest_;
  rtr::CacheOptions options_;
  std::mutex guard_;
  std::shared_ptr<const rtr::Cache> cache_;
  std::atomic<bool> ending_ = false, hang_up_ = false;
  std::atomic<unsigned> connections_ = 0;
  int listener_ = -1, port_ = 0;
  std::thread thread_;
};

}  // namespace fairway
