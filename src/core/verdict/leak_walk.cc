#include "core/verdict/leak_walk.h"

#include <algorithm>

namespace fairway {

namespace {

bool upward(Relationship r) { return r == Relationship::provider || r == Relationship::peer; }

// Whether a segment names ASes on the way: one of a confederation is inside of one.
bool names(const AsPath& path, std::size_t segment) {
  const SegmentType type = path.segments()[segment].type;
  return (type == SegmentType::sequence || type == SegmentType::set) && !path.asns_of(segment).empty();
}

// The AS that stands last outside of confederations; none if there is a set.
std::optional<Asn> origin_of(const AsPath& path) {
  std::optional<Asn> origin;
  for (std::size_t s = 0; s < path.segments().size(); ++s) {
    if (!names(path, s)) continue;
    if (path.segments()[s].type == SegmentType::set) return std::nullopt;
    origin = path.asns_of(s).back();
  }
  return origin;
}

// What we are to a neighbour that is `role` to us.
Relationship we_are(Role role) {
  switch (role) {
    case Role::customer: return Relationship::provider;
    case Role::provider: return Relationship::customer;
    case Role::peer:
    case Role::rs:  // what comes through a route server comes from a peer
    case Role::rs_client: return Relationship::peer;
    case Role::sibling: break;
  }
  return Relationship::unknown;
}

}  // namespace

LeakWalk::LeakWalk(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc, std::optional<Role> from)
    : tables_(tables), otc_(otc), from_(from) {
  if (from_ == Role::sibling) from_.reset();
  normalise(path);
  if (unreadable_ == LeakReason::none && size_ == 0 && !has_set_) unreadable_ = LeakReason::empty;
  if (unreadable_ == LeakReason::none && loops()) unreadable_ = LeakReason::loop;
  for (std::size_t i = size_; otc_ && i-- > 0;) {
    if (nodes_[i].asn == *otc_) marked_ = i;
  }
  done_ = size_ == 0 || unreadable_ != LeakReason::none;
}

// Up to the set nearest to us; what stands behind it was put together by the AS in front of it.
void LeakWalk::normalise(const AsPath& path) {
  bool by_route_server = false;
  std::optional<Asn> last;
  const std::size_t segments = path.segments().size();
  // An AS that originates the route is no route server on its way.
  const std::optional<Asn> origin = origin_of(path);
  for (std::size_t s = 0; s < segments; ++s) {
    const SegmentType type = path.segments()[s].type;
    const auto asns = path.asns_of(s);
    if (!names(path, s)) continue;
    if (type == SegmentType::set) {
      has_set_ = true;
      break;
    }
    for (std::size_t i = 0; i < asns.size(); ++i) {
      if (last == asns[i]) continue;
      last = asns[i];
      const bool is_origin = origin == asns[i];
      if (!is_origin && tables_.exchanges != nullptr && tables_.exchanges->is_route_server(asns[i])) {
        by_route_server = true;
        continue;
      }
      if (size_ != 0 && nodes_[size_ - 1].asn == asns[i]) {  // on both sides of a route server
        by_route_server = false;
        continue;
      }
      if (size_ == kMost) {
        unreadable_ = LeakReason::too_long;
        return;
      }
      // As it is read, nearest to us first, a route server stands behind the node before.
      if (size_ != 0) nodes_[size_ - 1].by_route_server = by_route_server;
      by_route_server = false;
      nodes_[size_++] = {asns[i], false};
    }
  }
  std::reverse(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(size_));
}

bool LeakWalk::loops() const {
  for (std::size_t i = 2; i < size_; ++i) {
    for (std::size_t j = 0; j + 1 < i; ++j) {
      if (nodes_[i].asn == nodes_[j].asn) return true;
    }
  }
  return false;
}

bool LeakWalk::sibling(Asn a, Asn b) const {
  return known_siblings(a, b) || (tables_.organisations != nullptr && tables_.organisations->same(a, b));
}

Relationship LeakWalk::relation(Asn a, Asn b, bool by_route_server) const {
  const Relationship known = tables_.relationships != nullptr ? tables_.relationships->of(a, b) : Relationship::unknown;
  if (by_route_server && known == Relationship::unknown) return Relationship::peer;
  if (known == Relationship::peer && tables_.relationships->doubts_peering(a, b)) return Relationship::unknown;
  return known;
}

bool LeakWalk::is_tier1(Asn asn) const {
  if (tables_.relationships != nullptr) return tables_.relationships->in_clique(asn);
  return std::ranges::binary_search(transit_free_networks(), asn);
}

// Of a network that carries nobody's traffic, what comes from elsewhere is a leak unless it comes from a customer. One
// that no table knows may be a customer, if it is small: it counts where it has customers itself, or is one of the
// networks that never are.
bool LeakWalk::passes_through_lock(const Turn& turn, const PeerlockTable& locks) const {
  const Peerlock* lock = nullptr;
  for (std::size_t i = first_; i <= at_ && lock == nullptr; ++i) lock = locks.of(nodes_[i].asn);
  if (lock == nullptr || turn.to == Relationship::customer || turn.from == Relationship::customer) return false;
  if (upward(turn.from)) return true;
  const Asn source = turn.hop[2];
  return !lock->carries_customers &&
         (is_tier1(source) || locks.of(source) != nullptr ||
          (tables_.relationships != nullptr && tables_.relationships->has_customers(source)));
}

// Such a network's own routes go up through its providers alone. Where those are known, an AS that is none of them and
// hands them to a provider of its own has them from a peering, seen or not: peerings are what tables miss.
bool LeakWalk::climbs_from_lock(const Turn& turn, const PeerlockTable& locks) const {
  const Peerlock* lock = locks.of(turn.hop[2]);
  return lock != nullptr && !lock->carries_customers && turn.to == Relationship::provider &&
         turn.from != Relationship::customer && tables_.relationships != nullptr &&
         tables_.relationships->has_providers(turn.hop[2]);
}

// RFC 9234 section 5: behind the AS that OTC names the route goes down; at our own session, the rules of ingress.
bool LeakWalk::against_otc(const Turn& turn) const {
  if (!otc_) return false;
  if (marked_ < first_ && upward(turn.to)) return true;
  if (!turn.to_us) return false;
  return *from_ == Role::customer || *from_ == Role::rs_client || (*from_ == Role::peer && *otc_ != turn.hop[1]);
}

void LeakWalk::weigh(Turn& turn) const {
  if (against_otc(turn)) turn.by |= kByOtc;
  const bool down = turn.to == Relationship::customer;
  if (!turn.starts) {
    if (upward(turn.to) && upward(turn.from)) turn.by |= kByRelationship;
    if (!down && turn.from != Relationship::customer && !turn.to_us && is_tier1(turn.hop[0]) && is_tier1(turn.hop[2])) {
      turn.by |= kByTier1;
    }
    const PeerlockTable& locks = tables_.peerlocks != nullptr ? *tables_.peerlocks : PeerlockTable::built_in();
    turn.from_lock = climbs_from_lock(turn, locks);
    if (turn.from_lock || passes_through_lock(turn, locks)) turn.by |= kByPeerlock;
    turn.undecided = !down && turn.from != Relationship::customer;
  }
  if (otc_ && marked_ < first_ && turn.to == Relationship::unknown) turn.undecided = true;
  if (turn.by != 0) turn.undecided = false;
}

bool LeakWalk::next(Turn& turn) {
  if (done_) return false;
  while (at_ + 1 < size_ && sibling(nodes_[at_].asn, nodes_[at_ + 1].asn)) ++at_;
  const bool ends = at_ + 1 == size_;
  if (ends && !from_) {
    done_ = true;
    return false;
  }
  const Asn holder = nodes_[at_].asn;
  turn = {};
  turn.starts = !has_source_;
  turn.from = source_is_;
  if (ends) {
    turn.hop = {Asn{}, holder, source_};
    turn.to_us = true;
    turn.to = we_are(*from_);
    done_ = true;
  } else {
    const Node& receiver = nodes_[at_ + 1];
    turn.hop = {receiver.asn, holder, source_};
    turn.to_by_route_server = receiver.by_route_server;
    turn.to = relation(holder, receiver.asn, receiver.by_route_server);
    turn.to_doubted = turn.to == Relationship::unknown && tables_.relationships != nullptr &&
                      tables_.relationships->of(holder, receiver.asn) == Relationship::peer;
  }
  weigh(turn);
  has_source_ = true;
  source_ = holder;
  first_ = ++at_;
  if (!ends) source_is_ = relation(nodes_[at_].asn, holder, nodes_[at_].by_route_server);
  return true;
}

}  // namespace fairway
