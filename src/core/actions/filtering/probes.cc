#include "core/actions/filtering/probes.h"

#include <algorithm>

#include "core/tables/bogon.h"
#include "core/verdict/origin.h"

namespace fairway::filtering {

namespace {

// A network and addresses that no document speaks of: they are of root servers, which nobody gives away.
constexpr Asn kStranger{25152};
Prefix strangers(Family family) {
  return family == Family::ipv4 ? Prefix(IpAddress::ipv4(0xC1000E00), 24)
                                : Prefix(IpAddress::ipv6(0x2001067c02e80000, 0), 48);
}

class Prober {
 public:
  Prober(const Document& document, const World& world, const ProbeOptions& options)
      : document_(document), world_(world), options_(options) {}

  std::vector<RouteProbe> probes() {
    for (at_ = 0; at_ < document_.neighbours.size(); ++at_) {
      policy_ = &document_.neighbours[at_];
      for (const Family family : {Family::ipv4, Family::ipv6}) {
        const auto& sessions = policy_->sessions;
        const auto carries = [&](const SessionPolicy& session) { return session.family == family; };
        if (!sessions.empty() && std::ranges::none_of(sessions, carries)) continue;
        family_ = family;
        import_probes();
        export_probes();
      }
    }
    return std::move(probes_);
  }

 private:
  // --- what a policy knows

  const Clause* find(const std::vector<Clause>& clauses, Kind kind) const {
    const auto found = std::ranges::find(clauses, kind, &Clause::kind);
    return found == clauses.end() ? nullptr : &*found;
  }

  Asn an_origin() const {
    const Clause* clause = find(policy_->import, Kind::origin);
    if (clause == nullptr || asns_of(document_, *clause).ranges.empty()) return policy_->asn;
    return asns_of(document_, *clause).ranges.front().first;
  }
  // Who is registered for it, if somebody is.
  Asn origin_of(const Prefix& prefix) const {
    const Clause* clause = find(policy_->import, Kind::blackhole);
    if (clause == nullptr) return an_origin();
    return pairs_of(document_, *clause).origin_of(prefix).value_or(an_origin());
  }

  AsPath path_to(Asn origin, std::vector<Asn> between = {}) const {
    std::vector<Asn> asns = std::move(between);
    asns.insert(asns.begin(), policy_->role == Role::rs ? kStranger : policy_->asn);
    if (origin != asns.back()) asns.push_back(origin);
    return AsPath(asns);
  }

  Probe good(const Prefix& prefix, Asn origin) const {
    Probe route{.prefix = prefix, .path = path_to(origin)};
    for (const SessionPolicy& session : policy_->sessions) {
      if (session.family == family_) route.next_hop = session.session.address;
    }
    return route;
  }
  Probe good(const Prefix& prefix) const { return good(prefix, origin_of(prefix)); }

  // A prefix that passes, a different one each time where there are several.
  Probe next_good() {
    const Clause* clause = find(policy_->import, Kind::prefix);
    if (clause == nullptr) return good(some_prefix(turn_++));
    const auto& ranges = prefixes_of(document_, *clause).of(family_);
    if (ranges.empty()) return good(strangers(family_));
    const PrefixRange& range = ranges[turn_++ % ranges.size()];
    return good(Prefix(range.prefix.address(), range.least));
  }
  // Of nobody in particular: 45.0.0.0/8 and 2a00::/12 in /24s and /48s.
  Prefix some_prefix(std::size_t number) const {
    const auto bits = static_cast<std::uint64_t>(number);
    return family_ == Family::ipv4 ? Prefix(Family::ipv4, std::uint64_t{0x2D} << 56 | (bits & 0xFFFF) << 40, 0, 24)
                                   : Prefix(Family::ipv6, std::uint64_t{0x2A00} << 48 | (bits & 0xFFFF) << 16, 0, 48);
  }

  // --- probes

  void ask(Probe route, std::string what, bool is_export = false) {
    route.origin = rov_of(world_, route.prefix, with_local_as(route.path.origin(), policy_->local_asn));
    route.own = is_export && route.path.empty();
    probes_.push_back({at_, is_export, std::move(route), std::move(what)});
  }

  // Every entry of a list at its edges.
  template <class Make>
  void edges(const std::vector<PrefixRange>& ranges, bool is_export, Make make) {
    const std::size_t step = std::max<std::size_t>(1, ranges.size() / std::max<std::size_t>(1, options_.entries));
    for (std::size_t i = 0; i < ranges.size(); i += step) {
      const PrefixRange& range = ranges[i];
      const Prefix& block = range.prefix;
      const unsigned bits = address_bits(family_);
      ask(make(Prefix(block.address(), range.least)), "exact", is_export);
      if (range.most > range.least) ask(make(Prefix(block.last_address(), range.most)), "longest", is_export);
      if (range.least > 0) ask(make(Prefix(block.address(), range.least - 1u)), "one bit shorter", is_export);
      if (range.most < bits) ask(make(Prefix(block.address(), range.most + 1u)), "one bit longer", is_export);
      if (block.length() > 0) {
        const Prefix parent = block.parent(block.length() - 1);
        const Prefix sibling = parent.half(0) == block ? parent.half(1) : parent.half(0);
        ask(make(Prefix(sibling.address(), range.least)), "sibling", is_export);
      }
    }
  }

  void import_probes() {
    turn_ = 0;
    for (const Clause& clause : policy_->import) import_probe(clause);
    ask(good(Prefix(family_, 0, 0, 0)), "default route");
    Probe spoofed = next_good();
    spoofed.large_communities.push_back({policy_->local_asn.value, kRelationFunction, 2});
    spoofed.large_communities.push_back({policy_->asn.value, 1, 1});
    ask(spoofed, "communities in my name");
    if (policy_->role == Role::rs_client) ask_control();
    Probe blackhole = good(Prefix::host(strangers(family_).address()), kStranger);
    blackhole.communities = {kBlackhole};
    ask(blackhole, "a stranger's address with BLACKHOLE");
  }

  // What a client asks its route server to do with its routes; where they go then is the others' export.
  void ask_control() {
    const std::uint32_t rs = policy_->local_asn.value;
    std::size_t asked = 0;
    for (const NeighbourPolicy& other : document_.neighbours) {
      if (other.asn == policy_->asn || ++asked > 2) continue;
      for (const bool nobody : {false, true}) {
        Probe route = next_good();
        route.large_communities.push_back({rs, nobody ? 1u : 0u, other.asn.value});
        if (nobody) route.large_communities.push_back({rs, 0, 0});
        ask(route, "control by large communities");
        if (rs > 0xFFFF || other.asn.value > 0xFFFF) continue;
        route = next_good();
        route.communities.push_back({(nobody ? rs << 16 : 0) | other.asn.value});
        if (nobody) route.communities.push_back({rs});
        ask(route, "control by communities");
      }
    }
  }

  void import_probe(const Clause& clause) {
    const std::string name(row_of(clause.kind).name);
    Probe route;
    switch (clause.kind) {
      case Kind::first_as:
        route = next_good();
        route.path = AsPath(std::vector<Asn>{kStranger, policy_->asn, an_origin()});
        return ask(route, name);
      case Kind::next_hop:
        route = next_good();
        if (route.next_hop) route.next_hop = Prefix(*route.next_hop, address_bits(family_) - 3).last_address();
        return ask(route, name);
      case Kind::path_length:
        for (const unsigned more : {0u, 1u}) {
          route = next_good();
          const Asn origin = origin_of(route.prefix);
          const std::size_t ends = origin == policy_->asn ? 1 : 2;
          route.path = path_to(origin, std::vector<Asn>(clause.number + more - ends, policy_->asn));
          ask(route, more == 0 ? "longest path" : name);
        }
        return;
      case Kind::as_set: {
        route = next_good();
        const Asn members[] = {an_origin(), policy_->asn};
        route.path.add(SegmentType::set, members);
        return ask(route, name);
      }
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs: return probe_asns(asns_of(document_, clause), name);
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix:
        return edges(prefixes_of(document_, clause).of(family_), false, [&](const Prefix& p) { return good(p); });
      case Kind::otc:
        for (const Asn asn : {policy_->asn, kStranger}) {
          route = next_good();
          route.otc = asn;
          ask(route, name);
        }
        return;
      case Kind::aspa:
        route = next_good();
        route.providers = Validation::invalid;
        return ask(route, name);
      case Kind::origin:
        route = next_good();
        route.path = path_to(kStranger);
        ask(route, "hijack: a stranger originates it");
        return ask(good(strangers(family_), an_origin()), "hijack: a stranger's prefix");
      case Kind::rov: return probe_origins();
      case Kind::blackhole: return probe_blackholes(pairs_of(document_, clause));
      case Kind::prefix_length: return probe_lengths(prefixes_of(document_, clause));
      case Kind::prefix:
        return edges(prefixes_of(document_, clause).of(family_), false, [&](const Prefix& p) { return good(p); });
      case Kind::graceful_shutdown:
        route = next_good();
        route.communities = {kGracefulShutdown};
        return ask(route, name);
      default: return;
    }
  }

  void probe_asns(const AsnList& list, const std::string& name) {
    for (const AsnRange& range : list.ranges) {
      for (const std::uint64_t asn : {std::uint64_t{range.first.value}, std::uint64_t{range.last.value},
                                      std::uint64_t{range.first.value} - 1, std::uint64_t{range.last.value} + 1}) {
        if (asn == 0 || asn > 0xFFFFFFFF) continue;  // no speaker sends a 0 (RFC 7607)
        Probe route = next_good();
        route.path = path_to(origin_of(route.prefix), {Asn{static_cast<std::uint32_t>(asn)}});
        ask(route, name + " " + std::to_string(asn));
        if (range.first == range.last && asn != range.first.value) break;  // one neighbour of a lone number is enough
      }
    }
  }

  // Some VRPs of the family: of prefixes that the neighbour may announce, or any.
  std::vector<std::uint32_t> some_vrps() const {
    constexpr std::size_t kMost = 40;
    std::vector<std::uint32_t> some, covering;
    if (const Clause* prefixes = find(policy_->import, Kind::prefix)) {
      const auto& ranges = prefixes_of(document_, *prefixes).of(family_);
      for (std::size_t i = 0; i < std::min(ranges.size(), options_.entries) && some.size() < kMost; ++i) {
        world_.vrps->covering(ranges[i].prefix, covering);
        some.insert(some.end(), covering.begin(), covering.end());
      }
      return some;
    }
    const std::uint32_t all = static_cast<std::uint32_t>(world_.vrps->size());
    const std::uint32_t step = std::max(1u, all / 400);
    for (std::uint32_t id = 0; id < all && some.size() < kMost; id += step) {
      if (world_.vrps->vrp(id).prefix.family() == family_) some.push_back(id);
    }
    return some;
  }

  // What VRPs speak of, by the AS they name and by another.
  void probe_origins() {
    if (world_.vrps == nullptr) return;
    const Clause* origins = find(policy_->import, Kind::origin);
    for (const std::uint32_t id : some_vrps()) {
      const Vrp vrp = world_.vrps->vrp(id);
      ask(good(vrp.prefix, vrp.asn), "rov: by the AS that a VRP names");
      Asn other = vrp.asn == kStranger ? policy_->asn : kStranger;
      if (origins != nullptr) {
        for (const AsnRange& range : asns_of(document_, *origins).ranges) {
          if (range.first != vrp.asn) other = range.first;
        }
      }
      ask(good(vrp.prefix, other), "rov: by another AS");
    }
  }

  void probe_lengths(const PrefixList& lengths) {
    for (const PrefixRange& range : lengths.of(family_)) {
      const IpAddress& address = some_prefix(0x101).address();
      for (const unsigned length : {range.least - 1u, unsigned{range.least}, unsigned{range.most}, range.most + 1u}) {
        ask(good(Prefix(address, length), an_origin()), "length " + std::to_string(length));
      }
    }
  }

  void probe_blackholes(const PairList& list) {
    std::size_t count = 0;
    for (const PairList::Pair& pair : list.pairs) {
      if (pair.prefix.family() != family_ || ++count > options_.entries) continue;
      Probe route = good(Prefix::host(pair.prefix.last_address()), pair.origin);
      route.communities = {kBlackhole};
      ask(route, "blackhole");
      route.communities = {};
      ask(route, "a host route without BLACKHOLE");
      if (count > 20) continue;
      route = good(Prefix::host(pair.prefix.address()), pair.origin == policy_->asn ? kStranger : policy_->asn);
      route.communities = {kBlackhole};
      ask(route, "blackhole by another origin");
    }
  }

  void export_probes() {
    const auto tagged = [&](const Prefix& prefix, Relation relation) {
      Probe route{.prefix = prefix, .path = AsPath(std::vector<Asn>{kStranger})};
      route.large_communities.push_back(
          {policy_->local_asn.value, kRelationFunction, static_cast<std::uint32_t>(relation)});
      return route;
    };
    for (const Relation relation : {Relation::customer, Relation::peer, Relation::provider}) {
      ask(tagged(strangers(family_), relation), "learned", true);
    }
    Probe unknown{.prefix = strangers(family_), .path = AsPath(std::vector<Asn>{kStranger})};
    ask(unknown, "learned without a policy", true);
    for (const Clause& clause : policy_->export_) {
      switch (clause.kind) {
        case Kind::own: {
          const auto& ranges = prefixes_of(document_, clause).of(family_);
          edges(ranges, true, [](const Prefix& prefix) { return Probe{.prefix = prefix}; });
          for (const PrefixRange& range : ranges) {
            Probe route{.prefix = range.prefix, .path = AsPath(std::vector<Asn>{kStranger})};
            ask(route, "my prefix from somebody else", true);
          }
          break;
        }
        case Kind::customer:
          edges(prefixes_of(document_, clause).of(family_), true,
                [&](const Prefix& prefix) { return tagged(prefix, Relation::customer); });
          for (const PrefixRange& range : prefixes_of(document_, clause).of(family_)) {
            ask(tagged(Prefix(range.prefix.address(), range.least), Relation::peer), "a customer's prefix by a peer",
                true);
          }
          break;
        case Kind::no_blackhole:
        case Kind::no_export_export: {
          Probe route = tagged(strangers(family_), Relation::customer);
          route.communities = {kBlackhole};
          ask(route, "blackhole", true);
          break;
        }
        case Kind::bogon_prefix:
          for (const PrefixRange& range : prefixes_of(document_, clause).of(family_)) {
            ask(tagged(Prefix(range.prefix.address(), range.least), Relation::customer), "bogon-prefix", true);
          }
          break;
        case Kind::control: probe_control(); break;
        default: break;
      }
    }
  }

  void probe_control() {
    const auto route = [&] { return Probe{.prefix = strangers(family_), .path = AsPath(std::vector<Asn>{kStranger})}; };
    const std::uint32_t rs = policy_->local_asn.value, client = policy_->asn.value;
    for (const bool nobody : {false, true}) {
      for (const bool wanted : {false, true}) {
        for (const bool unwanted : {false, true}) {
          Probe large = route(), standard = route();
          if (nobody) large.large_communities.push_back({rs, 0, 0});
          if (wanted) large.large_communities.push_back({rs, 1, client});
          if (unwanted) large.large_communities.push_back({rs, 0, client});
          ask(large, "control by large communities", true);
          if (rs > 0xFFFF || client > 0xFFFF) continue;
          if (nobody) standard.communities.push_back({rs});
          if (wanted) standard.communities.push_back({rs << 16 | client});
          if (unwanted) standard.communities.push_back({client});
          ask(standard, "control by communities", true);
        }
      }
    }
  }

  const Document& document_;
  const World& world_;
  const ProbeOptions& options_;
  std::vector<RouteProbe> probes_;
  const NeighbourPolicy* policy_ = nullptr;
  std::size_t at_ = 0, turn_ = 0;
  Family family_{};
};

}  // namespace

std::vector<RouteProbe> probes_for(const Document& document, const World& world, const ProbeOptions& options) {
  return Prober(document, world, options).probes();
}

Validation rov_of(const World& world, const Prefix& prefix, const PathOrigin& origin) {
  if (world.vrps == nullptr) return Validation::not_loaded;
  switch (judge_origin(*world.vrps, prefix, origin).state) {
    case OriginState::valid: return Validation::valid;
    case OriginState::invalid: return Validation::invalid;
    case OriginState::not_found: return Validation::unknown;
    case OriginState::unknown: break;
  }
  return Validation::not_loaded;
}

Decision expected(const Document& document, const RouteProbe& probe) {
  const NeighbourPolicy& policy = document.neighbours[probe.neighbour];
  return probe.is_export ? export_route(document, policy, probe.route) : import_route(document, policy, probe.route);
}

}  // namespace fairway::filtering
