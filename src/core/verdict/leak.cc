#include "core/verdict/leak.h"

#include <algorithm>
#include <iterator>

namespace fairway {

std::string_view to_string(LeakState state) {
  switch (state) {
    case LeakState::none: return "none";
    case LeakState::leak: return "leak";
    case LeakState::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(LeakEvidence evidence) {
  switch (evidence) {
    case kByRelationship: return "relationship";
    case kByOtc: return "otc";
    case kByPeerlock: return "peerlock";
    case kByTier1: break;
  }
  return "tier1";
}

namespace {

// Microsoft, Google, Amazon, Netflix, Akamai, Apple, Meta, Yahoo, Cloudflare, Twitter: content networks by their own
// PeeringDB records (info_type "Content").
constexpr Asn kWithoutTransit[] = {Asn{714},   Asn{2906},  Asn{8075},  Asn{10310}, Asn{13335},
                                   Asn{13414}, Asn{15169}, Asn{16509}, Asn{20940}, Asn{32934}};

constexpr std::size_t kMaxHops = 128;  // of a path without repetitions; a longer one is not judged

class Path {
 public:
  Path(const LeakTables& tables, const AsPath& path) : tables_(tables) {
    for (const Asn asn : path.asns()) {
      if (size_ != 0 && hops_[size_ - 1] == asn) continue;
      if (tables.exchanges != nullptr && tables.exchanges->is_route_server(asn)) continue;
      if (size_ == kMaxHops) {
        size_ = 0;
        return;
      }
      hops_[size_++] = asn;
    }
  }

  std::size_t size() const { return size_; }
  Asn operator[](std::size_t i) const { return hops_[i]; }
  // What hop j is to hop i.
  Relationship of(std::size_t i, std::size_t j) const {
    if (tables_.organisations != nullptr && tables_.organisations->same(hops_[i], hops_[j])) return Relationship::customer;
    return tables_.relationships != nullptr ? tables_.relationships->of(hops_[i], hops_[j]) : Relationship::unknown;
  }

 private:
  const LeakTables& tables_;
  std::array<Asn, kMaxHops> hops_;
  std::size_t size_ = 0;
};

bool upward(Relationship r) { return r == Relationship::provider || r == Relationship::peer; }

std::uint8_t type_of(Relationship a, Relationship c) {
  if (!upward(a) || !upward(c)) return 0;
  if (a == Relationship::provider) return c == Relationship::provider ? 1 : 4;
  return c == Relationship::provider ? 3 : 2;
}

// Whether hop i may be one that hands on what it must not because it never transits.
bool locked(const LeakTables& tables, const Path& path, std::size_t i, Relationship a, Relationship c) {
  if (!std::binary_search(std::begin(kWithoutTransit), std::end(kWithoutTransit), path[i])) return false;
  if (a == Relationship::customer || c == Relationship::customer) return false;
  // A stub behind it may be its customer that no table knows; a network with customers of its own is none.
  return upward(c) || (tables.relationships != nullptr && tables.relationships->has_customers(path[i + 1]));
}

}  // namespace

std::span<const Asn> networks_without_transit() { return kWithoutTransit; }

LeakVerdict judge_leak(const LeakTables& tables, const AsPath& as_path, std::optional<Asn> otc) {
  LeakVerdict verdict;
  if (tables.relationships == nullptr || !as_path.is_plain()) return verdict;
  const Path path(tables, as_path);
  if (path.size() == 0) return verdict;

  std::size_t marked = path.size();  // the hop that OTC names, nearest the origin
  if (otc) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] == *otc) marked = i;
    }
  }
  bool unknown = false;
  for (std::size_t i = path.size(); i-- > 1;) {
    if (i + 1 >= path.size()) continue;
    const Relationship a = path.of(i, i - 1), c = path.of(i, i + 1);
    std::uint8_t by = 0;
    if (upward(a) && upward(c)) by |= kByRelationship;
    if (tables.relationships->in_clique(path[i - 1]) && tables.relationships->in_clique(path[i + 1]) &&
        !tables.relationships->in_clique(path[i]) && a != Relationship::customer && c != Relationship::customer) {
      by |= kByTier1;
    }
    if (locked(tables, path, i, a, c)) by |= kByPeerlock;
    if (marked < path.size() && i < marked && upward(a)) by |= kByOtc;
    if (by != 0) return {LeakState::leak, type_of(a, c), by, {path[i - 1], path[i], path[i + 1]}};
    // Only a hop with a customer on one side is certainly none.
    if (a != Relationship::customer && c != Relationship::customer) unknown = true;
  }
  verdict.state = unknown ? LeakState::unknown : LeakState::none;
  return verdict;
}

}  // namespace fairway
