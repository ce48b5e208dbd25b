// How a session takes what is about a neighbour: its coming and going, and its routes.
#include <algorithm>

#include "core/session/bmp/session_state.h"
#include "core/wire/bgp/message.h"

namespace fairway::bmp {

namespace {

constexpr RibKind kTables[] = {RibKind::adj_rib_in_pre, RibKind::adj_rib_in_post, RibKind::loc_rib,
                               RibKind::adj_rib_out_pre, RibKind::adj_rib_out_post};

// Peer Ups and Downs say by their L flag which table the router thinks of; the O flag is to be ignored (RFC 8671
// section 6.3).
RibKind table_of_session(PeerHeader header) {
  if (header.type != PeerType::loc_rib) header.flags &= static_cast<std::uint8_t>(~kAdjRibOut);
  return header.rib();
}

bool begins_like_a_message(Cursor octets) {
  const bgp::Header header = bgp::read_header(octets);
  return octets.ok() && header.marker_is_set;
}

bool doubts_as_path(const bgp::RouteUpdate& update) {
  return std::ranges::any_of(update.findings, [](const bgp::Finding& one) { return one.attribute == 2; });
}

}  // namespace

Neighbour* Session::State::find(const PeerHeader& header) {
  const auto found = by_key.find(NeighbourKey(header));
  return found == by_key.end() ? nullptr : found->second;
}

Neighbour* Session::State::find_or_add(const PeerHeader& header) {
  if (!is_known(header.type)) {
    damage(
        {ErrorKind::malformed, "Peer type " + std::to_string(static_cast<unsigned>(header.type)) + " is unknown.", at});
    return nullptr;
  }
  if (Neighbour* known = find(header)) return known;
  if (neighbours.size() >= options.most_neighbours) {
    damage({ErrorKind::refused, "The router has more than " + std::to_string(options.most_neighbours) + " neighbours.",
            at});
    return nullptr;
  }
  neighbours.push_back(std::make_unique<Neighbour>(header, now));
  return by_key[NeighbourKey(header)] = neighbours.back().get();
}

void Session::State::tell_state(const Neighbour& neighbour, RibKind rib, SessionState from, SessionState to) {
  RouteEvent event;
  event.kind = EventKind::state;
  event.time = event.originated = now;
  event.peer = neighbour.in_table(rib);
  event.old_state = static_cast<std::uint16_t>(from);
  event.new_state = static_cast<std::uint16_t>(to);
  ++counters.state_changes;
  sink->on_event(event);
}

void Session::State::tell_up(Neighbour& neighbour, std::uint8_t tables) {
  neighbour.seen |= tables;
  for (const RibKind rib : kTables) {
    if ((tables & ~neighbour.live & Neighbour::bit(rib)) == 0) continue;
    neighbour.live |= Neighbour::bit(rib);
    tell_state(neighbour, rib, SessionState::idle, SessionState::established);
  }
}

void Session::State::tell_down(Neighbour& neighbour) {
  for (const RibKind rib : kTables) {
    if ((neighbour.live & Neighbour::bit(rib)) != 0)
      tell_state(neighbour, rib, SessionState::established, SessionState::idle);
  }
  neighbour.live = 0;
}

void Session::State::take(const PeerUp& message) {
  Neighbour* neighbour = find_or_add(message.peer);
  if (neighbour == nullptr) return;
  // A neighbour whose OPENs cannot be read is up all the same: its routes are read as is plausible.
  bgp::Open opens[2];
  const Cursor octets[2] = {message.sent_open, message.received_open};
  for (int i = 0; i < 2; ++i) {
    bgp::Findings findings;
    if (auto open = PeerUp::open(octets[i], findings)) {
      opens[i] = std::move(*open);
    } else {
      damage(std::move(open.error()));
    }
    counters.findings += findings.size();
    for (const bgp::Finding& finding : findings) sink->on_finding(neighbour->peer, finding);
  }
  // Some routers say it again, once for each of the tables or families; one that came up anew without having gone down
  // has lost its routes, and so has one that turns out to be of another AS.
  const bool same = neighbour->is_same_session(message) || neighbour->type == PeerType::loc_rib;
  const bool other_as = neighbour->peer.asn != message.peer.asn;
  if (neighbour->standing == Standing::up) ++(same ? counters.repeated : counters.unseen_flaps);
  if (other_as || (neighbour->standing == Standing::up && !same)) {
    tell_down(*neighbour);
    neighbour->standing = Standing::down;
  }
  neighbour->come_up(message, opens[0], opens[1], now);
  tell_up(*neighbour, neighbour->seen | Neighbour::bit(table_of_session(message.peer)));
}

void Session::State::take(const PeerDown& message) {
  Neighbour* neighbour = find(message.peer);
  if (neighbour == nullptr || neighbour->standing == Standing::down) {
    ++counters.repeated;
    return;
  }
  tell_down(*neighbour);
  neighbour->go_down(message, now);
}

void Session::State::take(const RouteMonitoring& message) {
  Neighbour* neighbour = find_or_add(message.peer);
  if (neighbour == nullptr) return;
  ++neighbour->messages;
  if (neighbour->standing == Standing::down) {
    if (!neighbour->deconfigured) {
      ++counters.after_peer_down;
      return;
    }
    neighbour->standing = Standing::unannounced;
  }
  if (neighbour->standing == Standing::unannounced) ++counters.before_peer_up;
  const RibKind rib = message.peer.rib();
  if ((neighbour->live & Neighbour::bit(rib)) == 0) tell_up(*neighbour, Neighbour::bit(rib));
  const Peer peer = neighbour->in_table(rib);
  const bgp::Encoding encoding = neighbour->encoding(message.peer);
  const Instant time = message.peer.time;
  const Instant originated = time == Instant{} || time > now ? now : time;
  for (Cursor rest = message.update;;) {
    const std::uint64_t begin = rest.offset();
    auto raw = bgp::next_message(rest, true);
    if (!raw) return damage({ErrorKind::malformed, std::move(raw.error().text), begin});
    if (raw->type != bgp::MessageType::update)
      return damage({ErrorKind::malformed, "A Route Monitoring message has something else than an UPDATE.", begin});
    if (!tell_routes(raw->body, encoding, peer, originated))
      damage({ErrorKind::malformed, "An UPDATE could not be read to its end.", begin});
    if (rest.empty()) return;
    if (!begins_like_a_message(rest)) {
      ++counters.with_tlvs;
      return;
    }
  }
}

bool Session::State::tell_routes(Cursor body, const bgp::Encoding& encoding, const Peer& peer, Instant originated) {
  reader.read(body, encoding, cache, update);
  if (doubts_as_path(update)) {
    // Some routers say four octets an AS and write two, or the other way round.
    bgp::Encoding other = encoding;
    other.four_octet_asns = !other.four_octet_asns;
    reader.read(body, other, cache, update);
    if (doubts_as_path(update)) {
      reader.read(body, encoding, cache, update);
    } else {
      ++counters.other_form;
    }
  }
  for (const bgp::Finding& finding : update.findings) {
    ++counters.findings;
    sink->on_finding(peer, finding);
  }
  if ((update.has_reach && !update.reach.known()) || (update.has_unreach && !update.unreach.known()))
    ++counters.other_families;
  RouteEvent event;
  event.time = now;
  event.originated = originated;
  event.peer = peer;
  bgp::for_each_event(update, event, [this](const RouteEvent& one) {
    counters.announced += one.kind == EventKind::announce ? 1u : 0u;
    counters.withdrawn += one.kind == EventKind::withdraw ? 1u : 0u;
    counters.ends_of_rib += one.kind == EventKind::end_of_rib ? 1u : 0u;
    sink->on_event(one);
  });
  return update.complete;
}

}  // namespace fairway::bmp
