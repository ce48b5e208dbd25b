// uses: core/session/rtr core/tables core/wire/rtr core/model base
//
// A cache and a router, whatever happens between them: tables change, data goes and comes back, connections break in
// the middle of an answer, the cache starts anew with other sessions, octets come in pieces, versions differ.
//
// Whatever the router holds is a state that the cache was in, never half of one; left alone it comes to hold the
// present one. Octets that somebody else made up (odd first octet) harm neither side.
#include <algorithm>
#include <vector>

#include "core/session/rtr/client_session.h"
#include "core/session/rtr/server_session.h"
#include "hold.h"

using namespace fairway;
using namespace fairway::rtr;

namespace {

// Eight VRPs and eight ASPAs that may be there or not.
std::shared_ptr<const VrpTable> vrps_of(unsigned bits) {
  std::vector<Vrp> vrps;
  for (unsigned i = 0; i < 8; ++i) {
    if ((bits >> i & 1) == 0) continue;
    const bool ipv6 = i >= 5;
    const unsigned length = 8 + i % 3 * 4;
    vrps.push_back({ipv6 ? Prefix(Family::ipv6, 0x2001ull << 48, 0, length) : Prefix(IpAddress::ipv4(10 << 24), length),
                    static_cast<std::uint8_t>(length + i % 2), Asn{i / 2}, 0});
  }
  return std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps)));
}
std::shared_ptr<const AspaTable> aspas_of(unsigned bits) {
  std::vector<Aspa> aspas;
  for (unsigned i = 0; i < 4; ++i) {
    const unsigned choice = bits >> 2 * i & 3;
    if (choice == 1) aspas.push_back({Asn{i}, {Asn{7}}});
    if (choice == 2) aspas.push_back({Asn{i}, {Asn{7}, Asn{8}}});
    if (choice == 3) aspas.push_back({Asn{i}, {}});
  }
  return std::make_shared<const AspaTable>(AspaTable::build(std::move(aspas)));
}

struct State {
  std::vector<Vrp> vrps;
  std::vector<Aspa> aspas;
  bool operator==(const State&) const = default;
};

class Story {
 public:
  explicit Story(Plan plan) : plan_(plan) {
    const unsigned first = plan_.next();
    newest_server_ = first >> 1 & 3;
    if (newest_server_ > kNewestVersion) newest_server_ = kNewestVersion;
    options_.newest = static_cast<std::uint8_t>((first >> 3 & 3) % 3);
    client_ = ClientSession(options_);
    cache_options_.first_serial = first >> 5 == 7 ? 0xfffffffe : 1;
    cache_options_.most_changes = 3;
    restart();
  }

  void run() {
    while (plan_.at != plan_.end) step(plan_.next());
    // Left alone.
    publish(vrps_of(0x5a), aspas_of(0x1b));
    for (int i = 0; i < 50; ++i) {
      if (!connected_ && !client_.wants_connection(now_)) now_ = client_.next();
      advance(0);
      exchange(1 << 20);
    }
    State wanted = states_.back();
    if (newest_server_ < 2 || options_.newest < 2) wanted.aspas.clear();
    // The version may have been a guess.
    for (int i = 0; i < 10; ++i) {
      now_ = std::max(now_, client_.next());
      advance(0);
      exchange(1 << 20);
    }
    hold(client_.payload().has_value() && held() == wanted, "in the end it holds what there is");
  }

 private:
  void step(unsigned choice) {
    switch (choice % 8) {
      case 0: publish(vrps_of(plan_.next()), aspas_of(plan_.next())); break;
      case 1: cache_ = cache_->without_data(); break;
      case 2: hang_up(); break;
      case 3: restart(); break;
      case 4: advance(std::int64_t{1} << choice / 8 % 16); break;
      case 5: notify(); break;
      default: exchange(1u << choice / 8 % 12); break;
    }
    check();
  }

  void restart() {
    for (std::uint8_t version = 0; version <= kNewestVersion; ++version) {
      cache_options_.sessions[version] = static_cast<std::uint16_t>(3 * ++starts_ + version);
    }
    cache_ = Cache::empty(cache_options_);
    hang_up();
  }

  void publish(const std::shared_ptr<const VrpTable>& vrps, const std::shared_ptr<const AspaTable>& aspas) {
    cache_ = cache_->updated(vrps, aspas);
    State state;
    for (const Vrp& vrp : vrps->vrps()) state.vrps.push_back(vrp);
    state.aspas = aspas_to_tell(*aspas);
    states_.push_back(std::move(state));
    notify();
  }
  void notify() {
    if (!connected_) return;
    if (const Octets sent = server_.notify(*cache_)) wire_.insert(wire_.end(), sent->begin(), sent->end());
  }

  void hang_up() {
    if (!connected_) return;
    connected_ = false;
    wire_.clear();
    client_.disconnected(now_, "hung up");
  }

  void advance(std::int64_t count) {
    now_ = now_ + seconds(count);
    client_.tick(now_);
    if (client_.ended()) hang_up();
    if (!client_.wants_connection(now_)) return;
    connected_ = true;
    server_ = ServerSession(static_cast<std::uint8_t>(newest_server_));
    client_.connected(now_);
  }

  // So many octets from the cache, and all that the router says.
  void exchange(std::size_t most) {
    if (!connected_) return;
    for (bool more = true; more;) {
      server_.take(client_.to_send());
      while (const Octets sent = server_.answer(*cache_)) wire_.insert(wire_.end(), sent->begin(), sent->end());
      const std::size_t size = std::min(most, wire_.size());
      client_.take(Bytes(wire_).first(size), now_);
      wire_.erase(wire_.begin(), wire_.begin() + static_cast<std::ptrdiff_t>(size));
      most -= size;
      if (client_.ended() || (server_.ended() && wire_.empty())) return hang_up();
      more = size != 0 && most != 0;
    }
  }

  State held() const {
    State state;
    for (const Vrp& vrp : client_.payload()->vrps->vrps()) state.vrps.push_back(vrp);
    for (const Aspa& aspa : client_.payload()->aspas->aspas()) state.aspas.push_back(aspa);
    return state;
  }

  void check() {
    hold(client_.damaged() == 0, client_.trouble().c_str());  // neither finds fault with the other
    if (!client_.payload()) return;
    const State state = held();
    const bool has_aspas = client_.epoch()->version >= 2;
    hold(std::ranges::any_of(states_,
                             [&](const State& one) {
                               return one.vrps == state.vrps &&
                                      (has_aspas ? one.aspas == state.aspas : state.aspas.empty());
                             }),
         "it holds a state that there was");
  }

  Plan plan_;
  unsigned newest_server_ = 2;
  ClientOptions options_;
  ClientSession client_;
  ServerSession server_;
  CacheOptions cache_options_;
  std::shared_ptr<const Cache> cache_;
  std::vector<State> states_;
  std::vector<std::uint8_t> wire_;  // from the cache to the router
  bool connected_ = false;
  unsigned starts_ = 0;
  Instant now_ = from_seconds(1'000'000);
};

void made_up(Plan plan) {
  const auto cache = Cache::empty({})->updated(vrps_of(0xff), aspas_of(0xff));
  ServerSession server;
  ClientSession client;
  Instant now = from_seconds(1'000'000);
  client.connected(now);
  while (plan.at != plan.end) {
    const std::size_t size = std::min<std::size_t>(1 + plan.next() % 64, static_cast<std::size_t>(plan.end - plan.at));
    const Bytes octets(plan.at, size);
    plan.at += size;
    server.take(octets);
    while (const Octets sent = server.answer(*cache)) hold(!sent->empty(), "an answer says something");
    client.take(octets, now);
    client.tick(now);
    const auto said = client.to_send();
    for (Cursor stream{Bytes(said)}; !stream.empty();) hold(next_pdu(stream).has_value(), "it speaks in PDUs");
    if (client.ended()) {
      client.disconnected(now, "");
      now = std::max(now, client.next());
      client.tick(now);
      if (client.wants_connection(now)) client.connected(now);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 2000) return 0;
  if ((data[0] & 1) != 0) {
    made_up({data + 1, data + size});
  } else {
    Story({data, data + size}).run();
  }
  return 0;
}
