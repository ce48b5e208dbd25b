#include "shell/config/network_draft.h"

#include <algorithm>

#include "base/text.h"
#include "core/tables/aspa.h"
#include "core/tables/irr.h"
#include "core/tables/name.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"

namespace fairway::config {

SeenNetwork::SeenNetwork(std::vector<Asn> asns) : asns_(std::move(asns)) {
  std::ranges::sort(asns_);
  for (const Asn asn : asns_) prefixes_[asn];
}

void SeenNetwork::add(const Prefix& prefix, const AsPath& path) {
  const auto mine = [&](Asn asn) { return std::ranges::binary_search(asns_, asn); };
  const auto asns = path.asns();
  if (std::ranges::none_of(asns, mine)) return;
  if (const PathOrigin origin = path.origin(); origin.kind == PathOrigin::Kind::as && mine(origin.asn)) {
    prefixes_[origin.asn].insert(prefix);
  }
  if (!path.is_plain()) return;
  for (std::size_t i = 1; i < asns.size(); ++i) {
    const Asn left = asns[i - 1], right = asns[i];
    if (left == right) continue;
    if (mine(right) && !mine(left)) links_.insert({right, left});
    if (mine(left) && !mine(right)) links_.insert({left, right});
  }
}

void SeenNetwork::add(const SeenNetwork& other) {
  for (const auto& [asn, prefixes] : other.prefixes_) prefixes_[asn].insert(prefixes.begin(), prefixes.end());
  links_.insert(other.links_.begin(), other.links_.end());
}

const std::set<Prefix>& SeenNetwork::prefixes(Asn asn) const {
  static const std::set<Prefix> kNone;
  const auto found = prefixes_.find(asn);
  return found == prefixes_.end() ? kNone : found->second;
}

bool SeenNetwork::announced(const Prefix& prefix) const {
  return std::ranges::any_of(prefixes_, [&](const auto& of_asn) { return of_asn.second.contains(prefix); });
}

namespace {

class Drafter {
 public:
  Drafter(std::vector<Asn> asns, const World& world, std::span<const PeeringDb* const> peeringdb,
          const SeenNetwork* seen)
      : world_(world), peeringdb_(peeringdb), seen_(seen) {
    std::ranges::sort(asns);
    network_.asns = std::move(asns);
  }

  Network draft() {
    prefixes();
    relationships();
    aspas();
    seen_neighbours();
    describe_neighbours();
    exchanges();
    return std::move(network_);
  }

 private:
  struct Known {
    std::set<Asn> origins;
    std::uint8_t max_length = 0;
    std::vector<std::string> from;  // "VRP", "RIPE", "announced"

    void add(std::string_view source) {
      if (std::ranges::find(from, source) == from.end()) from.emplace_back(source);
    }
  };

  bool mine(Asn asn) const { return std::ranges::binary_search(network_.asns, asn); }

  void prefixes() {
    std::map<Prefix, Known> known;
    if (world_.vrps) add_vrps(known);
    if (world_.irr) {
      for (const RouteObject& object : world_.irr->objects()) {
        if (!mine(object.origin)) continue;
        Known& prefix = known[object.prefix];
        prefix.origins.insert(object.origin);
        prefix.add(world_.irr->registries()[object.registry]);
      }
    }
    if (seen_ != nullptr) {
      for (const Asn asn : network_.asns) {
        for (const Prefix& prefix : seen_->prefixes(asn)) {
          known[prefix].origins.insert(asn);
          known[prefix].add("announced");
        }
      }
    }
    for (const auto& [prefix, what] : known) {
      OwnPrefix own;
      own.prefix = prefix;
      own.origins.assign(what.origins.begin(), what.origins.end());
      if (what.max_length > prefix.length()) own.max_length = what.max_length;
      own.occasional = seen_ != nullptr && !seen_->announced(prefix);
      for (const std::string& source : what.from)
        own.description.append(own.description.empty() ? "" : " + ").append(source);
      network_.prefixes.push_back(std::move(own));
    }
  }

  void add_vrps(std::map<Prefix, Known>& known) const {
    std::set<Prefix> of_mine;
    for (const Vrp& vrp : world_.vrps->vrps()) {
      if (mine(vrp.asn)) of_mine.insert(vrp.prefix);
    }
    for (const Prefix& prefix : of_mine) {
      // Whoever the holder authorises for the very prefix is meant to announce it.
      const auto [first, last] = world_.vrps->under(prefix);
      for (std::uint32_t id = first; id < last; ++id) {
        const Vrp vrp = world_.vrps->vrp(id);
        if (vrp.prefix != prefix || vrp.asn.value == 0) continue;
        known[prefix].origins.insert(vrp.asn);
        known[prefix].max_length = std::max(known[prefix].max_length, vrp.max_length);
        known[prefix].add("VRP");
      }
    }
  }

  Neighbour& neighbour(Asn asn, Asn local) {
    const auto found = std::ranges::find_if(network_.neighbours, [&](const Neighbour& neighbour) {
      return neighbour.asn == asn && (!neighbour.local_asn || *neighbour.local_asn == local);
    });
    if (found != network_.neighbours.end()) return *found;
    Neighbour fresh;
    fresh.asn = asn;
    if (network_.asns.size() > 1) fresh.local_asn = local;
    network_.neighbours.push_back(std::move(fresh));
    return network_.neighbours.back();
  }

  void relationships() {
    if (!world_.relationships) return;
    for (const Asn asn : network_.asns) {
      for (const auto& link : world_.relationships->neighbours(asn)) {
        if (mine(link.asn)) continue;
        Neighbour& known = neighbour(link.asn, asn);
        if (link.relationship == Relationship::provider) known.role = Role::provider;
        if (link.relationship == Relationship::customer) known.role = Role::customer;
        if (link.relationship == Relationship::peer) known.role = Role::peer;
      }
    }
  }

  // What a network says itself outweighs what is inferred; with an ASPA for every AS of mine, the list is complete.
  void aspas() {
    if (!world_.aspas) return;
    std::size_t with_aspa = 0;
    for (const Aspa& aspa : world_.aspas->aspas()) {
      if (!mine(aspa.customer)) continue;
      ++with_aspa;
      for (const Asn provider : aspa.providers) {
        if (provider.value != 0 && !mine(provider)) neighbour(provider, aspa.customer).role = Role::provider;
      }
    }
    network_.providers_complete = with_aspa == network_.asns.size();
  }

  void seen_neighbours() {
    if (seen_ == nullptr) return;
    for (const auto& [local, asn] : seen_->links()) neighbour(asn, local);
  }

  void describe_neighbours() {
    for (Neighbour& neighbour : network_.neighbours) {
      if (world_.names) neighbour.name = world_.names->of(neighbour.asn);
      for (const PeeringDb* peeringdb : peeringdb_) {
        const auto found = std::ranges::find(peeringdb->networks, neighbour.asn, &PeeringDb::Network::asn);
        if (found == peeringdb->networks.end()) continue;
        if (neighbour.name.empty()) neighbour.name = found->name;
        if (!found->as_set.empty()) neighbour.as_sets = words(found->as_set);
        if (found->prefixes4 != 0) neighbour.limits.ipv4 = found->prefixes4;
        if (found->prefixes6 != 0) neighbour.limits.ipv6 = found->prefixes6;
      }
    }
    std::ranges::stable_sort(network_.neighbours, {}, [](const Neighbour& n) {
      return std::pair(n.role ? static_cast<int>(*n.role) : 99, n.asn);
    });
  }

  static std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> words;
    for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) words.emplace_back(word);
    return words;
  }

  void exchanges() {
    for (const PeeringDb* peeringdb : peeringdb_) {
      std::map<std::uint32_t, OwnExchange> mine_at;
      for (const PeeringDb::Connection& connection : peeringdb->connections) {
        if (!mine(connection.asn)) continue;
        OwnExchange& exchange = mine_at[connection.exchange];
        if (connection.ipv4) exchange.addresses.push_back(*connection.ipv4);
        if (connection.ipv6) exchange.addresses.push_back(*connection.ipv6);
        exchange.route_server |= connection.route_server_peer;
      }
      for (auto& [id, exchange] : mine_at) {
        const auto found = std::ranges::find(peeringdb->exchanges, id, &PeeringDb::Exchange::id);
        exchange.name = found == peeringdb->exchanges.end() ? "ix " + std::to_string(id) : found->name;
        exchange.peeringdb_id = id;
        if (std::ranges::none_of(network_.exchanges,
                                 [&](const OwnExchange& known) { return known.peeringdb_id == id; })) {
          network_.exchanges.push_back(std::move(exchange));
        }
      }
    }
  }

  const World& world_;
  std::span<const PeeringDb* const> peeringdb_;
  const SeenNetwork* seen_;
  Network network_;
};

}  // namespace

Network draft_network(std::vector<Asn> asns, const World& world, std::span<const PeeringDb* const> peeringdb,
                      const SeenNetwork* seen) {
  return Drafter(std::move(asns), world, peeringdb, seen).draft();
}

}  // namespace fairway::config
