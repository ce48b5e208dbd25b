// uses: core/session/bmp core/wire/bmp core/wire/bgp core/model base
//
// A router may send anything, in pieces of any size (first octet): what is told is the same as of all at once. A table
// is told up before its routes and down once, its routes lie between, and when the connection is gone all are down.
// Events are as many as the counters say, neighbours no more than are allowed.
#include <map>

#include "core/session/bmp/session.h"
#include "core/session/bmp/testing.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::bmp;

struct Check : SessionSink {
  std::map<Peer, bool> up;
  std::uint64_t digest = 0, events = 0, damage = 0;
  std::uint64_t end = 0;  // of the connection

  void on_event(const RouteEvent& event) override {
    ++events;
    bool& is_up = up[event.peer];
    if (event.kind == EventKind::state) {
      const bool comes = event.new_state == static_cast<std::uint16_t>(SessionState::established);
      hold(comes != is_up, "a table goes up and down by turns");
      is_up = comes;
    } else {
      hold(is_up, "routes are of tables that are up");
    }
    hold(event.originated <= event.time, "no route was heard in the future");
    hold((event.kind == EventKind::announce) == (event.attributes != nullptr), "what is announced has attributes");
    hold(event.prefix.length() <= address_bits(event.prefix.family()), "a prefix is no longer than an address");
    digest = mix(digest, hash_bytes(as_bytes(testing::line_of(event))));
    if (event.attributes != nullptr) digest = mix(digest, hash_bytes(as_bytes(to_string(event.attributes->as_path))));
  }
  void on_finding(const Peer&, const bgp::Finding& finding) override {
    hold(finding.offset <= end, "a finding lies in the connection");
    digest = mix(digest, finding.offset);
  }
  void on_damage(const Error& error) override {
    ++damage;
    hold(!error.text.empty() && error.where <= end, "damage lies in the connection");
    digest = mix(digest, error.where);
  }
};

std::optional<Error> play(Bytes octets, std::size_t piece, Check& check) {
  SessionOptions options;
  options.most_neighbours = 3;
  bgp::AttributeCache cache(4096);
  Session session(cache, options);
  check.end = octets.size();
  const Instant now = from_seconds(1'800'000'000);
  std::optional<Error> lost;
  for (std::size_t at = 0; at < octets.size() && !session.ended(); at += piece) {
    const auto done = session.receive(octets.subspan(at, std::min(piece, octets.size() - at)), now, check);
    if (!done) lost = done.error();
  }
  hold(!lost || (session.ended() && lost->where <= octets.size()), "a lost connection has ended, somewhere");
  session.close(now, check);
  for (const auto& [peer, is_up] : check.up) hold(!is_up, "all tables are down");
  const SessionCounters& counters = session.counters();
  hold(counters.events() == check.events && counters.damaged == check.damage, "as many as were counted");
  hold(session.neighbours().size() <= options.most_neighbours, "no more neighbours than are allowed");
  return lost;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Buffer input = padded(data + 1, size - 1);
  Check whole, pieces;
  const auto lost = play(input.bytes(), input.size(), whole);
  const auto again = play(input.bytes(), 1 + data[0], pieces);
  hold(lost == again, "the connection is lost at the same octet");
  hold(whole.digest == pieces.digest && whole.events == pieces.events, "the same is told");
  return 0;
}
