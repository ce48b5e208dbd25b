#include "core/actions/filtering/compose.h"

#include <algorithm>

#include "core/model/aggregate.h"
#include "core/tables/bogon.h"
#include "core/tables/exchange.h"
#include "core/tables/peerlock.h"
#include "core/tables/self_description.h"

namespace fairway::filtering {

namespace {

std::uint8_t longest_of(const OwnPrefix& own) {
  return own.max_length.value_or(static_cast<std::uint8_t>(own.prefix.length()));
}
PrefixRange announced(const OwnPrefix& own) {
  return {own.prefix, static_cast<std::uint8_t>(own.prefix.length()), longest_of(own)};
}

class Composer {
 public:
  Composer(const Network& network, const World& world, std::span<const Allowed> allowed, const ComposeOptions& options)
      : network_(network), world_(world), allowed_(allowed), options_(options) {}

  Result<Document> compose() {
    if (network_.asns.empty()) return fail(ErrorKind::refused, "`asns` names no ASN of mine");
    for (const Asn wanted : options_.only) {
      if (!std::ranges::any_of(network_.neighbours, [&](const Neighbour& n) { return n.asn == wanted; })) {
        return fail(ErrorKind::refused, "AS" + to_string(wanted) + " is not among the neighbours");
      }
    }
    document_.settings = network_.filtering;
    document_.sources = world_.sources;
    shared_lists();
    for (std::size_t i = 0; i < network_.neighbours.size(); ++i) {
      const Neighbour& neighbour = network_.neighbours[i];
      if (!options_.only.empty() && std::ranges::find(options_.only, neighbour.asn) == options_.only.end()) continue;
      if (!neighbour.role) {
        return fail(ErrorKind::refused,
                    "AS" + to_string(neighbour.asn) + " has no `role`: without it nothing says what it may announce");
      }
      document_.neighbours.push_back(policy_for(neighbour, allowed_[i]));
    }
    if (document_.neighbours.empty()) return fail(ErrorKind::refused, "there are no neighbours to make filters for");
    document_.local_asn = document_.neighbours.front().local_asn;
    return std::move(document_);
  }

 private:
  // --- lists

  std::size_t add(PrefixList list) {
    for (auto& ranges : list.ranges) ranges = fewest_ranges(ranges);
    return add_as_it_is(std::move(list));
  }
  std::size_t add_as_it_is(PrefixList list) {
    document_.prefix_lists.push_back(std::move(list));
    return document_.prefix_lists.size() - 1;
  }
  std::size_t add(AsnList list) {
    document_.asn_lists.push_back(std::move(list));
    return document_.asn_lists.size() - 1;
  }
  static void put(PrefixList& list, const PrefixRange& range) {
    list.ranges[range.prefix.family() == Family::ipv6].push_back(range);
  }

  void shared_lists() {
    document_.route_server =
        std::ranges::any_of(network_.neighbours, [](const Neighbour& n) { return n.role == Role::rs_client; });

    PrefixList bogons{"FW_BOGONS", "prefixes that are not for the public Internet", {}}, exceptions;
    for (const BogonPrefix& row : bogon_prefixes()) {
      using enum BogonPrefix::Announced;
      if (row.announced == freely) {
        put(exceptions, PrefixRange::all_of(row.prefix));
        continue;
      }
      PrefixRange range = PrefixRange::all_of(row.prefix);
      // A block that may itself be announced is none here if its length is refused anyway.
      if (row.announced == itself && row.prefix.length() <= kLongest[row.prefix.family() == Family::ipv6]) {
        put(exceptions, PrefixRange::only(row.prefix));
        ++range.least;
      }
      put(bogons, range);
    }
    for (std::size_t i = 0; i < 2; ++i) bogons.ranges[i] = subtract(bogons.ranges[i], exceptions.ranges[i]);
    bogons_ = add(std::move(bogons));

    PrefixList lengths{"FW_LENGTHS", "prefixes of the lengths that the global table takes", {}};
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      const std::size_t i = family == Family::ipv6;
      put(lengths,
          {Prefix(family, 0, 0, 0), static_cast<std::uint8_t>(kShortest[i]), static_cast<std::uint8_t>(kLongest[i])});
    }
    lengths_ = add(std::move(lengths));

    AsnList asns{"FW_BOGON_ASNS", "ASNs that nobody may use in public", {}};
    for (const BogonAsn& row : bogon_asns()) {
      if (!asns.ranges.empty() && asns.ranges.back().last.value + 1 == row.first.value) {
        asns.ranges.back().last = row.last;
      } else {
        asns.ranges.push_back({row.first, row.last});
      }
    }
    bogon_asns_ = add(std::move(asns));
    transit_free_ = add(transit_free_without(Asn{}, "FW_TRANSIT_FREE"));

    if (world_.self_descriptions && !world_.self_descriptions->never_via_route_servers().empty()) {
      AsnList never{"FW_NEVER_VIA_RS", "networks that are never reached through route servers", {}};
      for (const Asn asn : world_.self_descriptions->never_via_route_servers()) never.ranges.push_back({asn, asn});
      never_ = add(std::move(never));
    }

    PrefixList lans{"FW_EXCHANGE_LANS", "the LANs of the exchange points where I am", {}};
    for (const OwnExchange& exchange : network_.exchanges) put_lans(exchange, lans);
    if (!lans.ranges[0].empty() || !lans.ranges[1].empty()) lans_ = add(std::move(lans));

    PrefixList own{"FW_OWN", "my prefixes as I announce them", {}};
    PrefixList customers{"FW_CUSTOMERS", "prefixes that customers may announce", {}};
    for (const OwnPrefix& prefix : network_.prefixes) {
      if (std::ranges::any_of(prefix.origins, [&](Asn origin) { return is_mine(origin); })) put(own, announced(prefix));
    }
    for (std::size_t i = 0; i < network_.neighbours.size(); ++i) {
      if (network_.neighbours[i].role != Role::customer) continue;
      for (const auto& ranges : allowed_[i].ranges) {
        for (const PrefixRange& range : ranges) put(customers, range);
      }
    }
    if (!document_.route_server) {
      own_ = add(std::move(own));
      customers_ = add(std::move(customers));
    }
  }

  bool is_mine(Asn asn) const { return std::ranges::find(network_.asns, asn) != network_.asns.end(); }

  void put_lans(const OwnExchange& exchange, PrefixList& lans) const {
    for (const Prefix& lan : exchange.lans) put(lans, PrefixRange::all_of(lan));
    if (world_.exchanges == nullptr) return;
    for (const ExchangeTable::Lan& lan : world_.exchanges->all()) {
      const bool here =
          lan.exchange == exchange.name || std::ranges::any_of(exchange.addresses, [&](const IpAddress& address) {
            return lan.prefix.covers(Prefix(address, address_bits(address.family)));
          });
      if (here) put(lans, PrefixRange::all_of(lan.prefix));
    }
  }

  // Networks that no neighbour but a provider has behind it: those that buy no transit, and those that network.yaml
  // locks to their own sessions. Not `neighbour` itself.
  AsnList transit_free_without(Asn neighbour, std::string name) const {
    std::vector<Asn> locked(transit_free_networks().begin(), transit_free_networks().end());
    for (const Neighbour& other : network_.neighbours) {
      if (other.peer_lock) locked.push_back(other.asn);
    }
    std::ranges::sort(locked);
    locked.erase(std::ranges::unique(locked).begin(), locked.end());
    AsnList list{std::move(name), "networks that buy no transit, and those that are locked to their own sessions", {}};
    for (const Asn asn : locked) {
      if (asn != neighbour) list.ranges.push_back({asn, asn});
    }
    return list;
  }

  std::size_t transit_free_for(const NeighbourPolicy& policy) {
    if (!document_.asn_lists[transit_free_].contains(policy.asn)) return transit_free_;
    return add(transit_free_without(policy.asn, policy.name + "_TRANSIT_FREE"));
  }

  // My prefixes and what lies under them, but for those that are announced by an AS behind the neighbour.
  std::size_t own_prefixes_for(const NeighbourPolicy& policy, const Allowed& allowed) {
    AsnList origins{{}, {}, allowed.origins};
    std::array<std::vector<PrefixRange>, 2> theirs;
    PrefixList all{{}, "my prefixes, which come from nobody else", {}};
    for (const OwnPrefix& own : network_.prefixes) {
      if (own.ignore) continue;
      put(all, PrefixRange::all_of(own.prefix));
      if (std::ranges::any_of(own.origins, [&](Asn origin) { return !is_mine(origin) && origins.contains(origin); })) {
        theirs[own.prefix.family() == Family::ipv6].push_back(announced(own));
      }
    }
    if (all.ranges[0].empty() && all.ranges[1].empty()) return kNone;
    if (theirs[0].empty() && theirs[1].empty()) {
      if (mine_ != kNone) return mine_;
      all.name = "FW_MINE";
      return mine_ = add(std::move(all));
    }
    all.name = policy.name + "_MINE";
    for (std::size_t i = 0; i < 2; ++i) all.ranges[i] = subtract(all.ranges[i], theirs[i]);
    return add(std::move(all));
  }

  // --- policies

  std::string name_of(const Neighbour& neighbour) const {
    std::string name = "AS" + to_string(neighbour.asn);
    const auto same = [&](const NeighbourPolicy& other) { return other.asn == neighbour.asn; };
    const auto before = std::ranges::count_if(document_.neighbours, same);
    return before == 0 ? name : name + "_" + std::to_string(before + 1);
  }

  NeighbourPolicy policy_for(const Neighbour& neighbour, const Allowed& allowed) {
    NeighbourPolicy policy;
    policy.asn = neighbour.asn;
    policy.local_asn = neighbour.local_asn.value_or(network_.asns.front());
    policy.role = *neighbour.role;
    policy.name = name_of(neighbour);
    policy.title = neighbour.name;
    // A name is put into remarks, which end with their line.
    std::erase_if(policy.title, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; });
    policy.blackhole = neighbour.blackhole;
    policy.beacons = neighbour.beacons;
    policy.remarks = allowed.remarks;
    policy.refused = allowed.refused;
    add_sessions(policy, neighbour, allowed);
    add_import(policy, neighbour, allowed);
    add_export(policy);
    if (document_.settings.rtr.empty()) {
      policy.gaps.push_back({Kind::rov, "network.yaml names no validator (filtering: rtr:): routers have no VRPs"});
    }
    return policy;
  }

  void add_sessions(NeighbourPolicy& policy, const Neighbour& neighbour, const Allowed& allowed) {
    for (const OwnSession& session : neighbour.sessions) {
      const Family family = session.address.family;
      SessionPolicy made{.session = session, .family = family, .max_prefix = {}, .max_prefix_from = {}, .secret = {}};
      const auto& limit = family == Family::ipv4 ? neighbour.limits.ipv4 : neighbour.limits.ipv6;
      const SelfDescription* self = world_.self_descriptions ? world_.self_descriptions->of(neighbour.asn) : nullptr;
      const std::uint32_t described = self == nullptr ? 0 : family == Family::ipv4 ? self->prefixes4 : self->prefixes6;
      constexpr std::size_t kNoLimit = 1'000'000;  // so many are as good as none
      const std::size_t listed = count_prefixes(allowed.ranges[family == Family::ipv6], kNoLimit);
      if (limit) {
        made.max_prefix = *limit;
        made.max_prefix_from = "network.yaml";
      } else if (described != 0 && policy.role != Role::rs && policy.role != Role::provider) {
        made.max_prefix = with_headroom(described);
        made.max_prefix_from = "PeeringDB and " + std::to_string(document_.settings.headroom) + " % and 100";
      } else if (listed != 0 && listed != kNoLimit) {
        made.max_prefix = with_headroom(listed);
        made.max_prefix_from = "its prefix list and " + std::to_string(document_.settings.headroom) + " % and 100";
      }
      policy.sessions.push_back(std::move(made));
    }
  }
  std::uint32_t with_headroom(std::size_t number) const {
    // Beside the share, room for what a small network adds in a day, and for its blackholes.
    constexpr std::uint64_t kRoom = 100;
    const std::uint64_t more = number + number * document_.settings.headroom / 100 + kRoom;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(more, 0xFFFFFFFF));
  }

  void add_import(NeighbourPolicy& policy, const Neighbour& neighbour, const Allowed& allowed) {
    std::vector<Clause>& clauses = policy.import;
    const Role role = policy.role;
    const auto clause = [&](Kind kind, std::size_t list = kNone, unsigned number = 0) {
      clauses.push_back({kind, list, number});
    };
    const bool outside = role != Role::sibling;
    const bool direct = outside && role != Role::rs;  // a route server puts itself neither into the path nor the hop
    if (outside && role != Role::rs_client) clause(Kind::scrub);
    if (direct) clause(Kind::first_as);
    if (direct && !policy.sessions.empty()) clause(Kind::next_hop);
    clause(Kind::path_length, kNone, document_.settings.longest_path);
    clause(Kind::as_set);
    if (outside) clause(Kind::bogon_asn, bogon_asns_);
    if (outside && role != Role::provider) clause(Kind::transit_free, transit_free_for(policy));
    if (role == Role::rs || role == Role::rs_client) add_never_via_rs(policy);
    clause(Kind::bogon_prefix, bogons_);
    if (lans_ != kNone) clause(Kind::exchange_lan, lans_);
    if (const std::size_t own = outside ? own_prefixes_for(policy, allowed) : kNone; own != kNone) {
      clause(Kind::own_prefix, own);
    }
    if (role == Role::customer || role == Role::rs_client || role == Role::peer) clause(Kind::otc);
    if (outside) clause(Kind::aspa, kNone, role == Role::provider ? kDownstream : kUpstream);
    if (!allowed.objects.empty()) {
      clause(Kind::origin, add(AsnList{policy.name + "_ORIGINS", "ASes that it may announce", allowed.origins}));
    }
    if (policy.blackhole && !allowed.pairs.empty()) {
      document_.pair_lists.push_back({policy.name + "_BLACKHOLE", "where it may ask to drop traffic", allowed.pairs});
      clause(Kind::blackhole, document_.pair_lists.size() - 1);
    } else if (policy.blackhole) {
      policy.gaps.push_back({Kind::blackhole, "nothing says what it may announce, so that it may not blackhole"});
    }
    clause(Kind::prefix_length, lengths_);
    if (outside) clause(Kind::rov);
    if (!allowed.objects.empty()) {
      PrefixList list{policy.name + "_PREFIXES", "prefixes that it may announce", allowed.ranges};
      clause(Kind::prefix, add_as_it_is(std::move(list)));
    } else if (role == Role::peer) {
      policy.gaps.push_back({Kind::prefix, "network.yaml names no as_sets of it: its prefixes are not filtered"});
    }
    if (outside) clause(Kind::graceful_shutdown);
    if (outside && role != Role::rs_client) {
      clause(Kind::learned_from, kNone, static_cast<unsigned>(relation_of(role)));
    }
    clause(Kind::accepted);
    if (neighbour.sessions.empty()) {
      policy.gaps.push_back({Kind::next_hop, "network.yaml names no sessions: no session is written for it"});
    }
  }

  void add_never_via_rs(NeighbourPolicy& policy) {
    if (never_ == kNone) {
      policy.gaps.push_back({Kind::never_via_rs, "no PeeringDB networks are loaded: nothing says who is never there"});
      return;
    }
    std::size_t list = never_;
    if (document_.asn_lists[never_].contains(policy.asn)) {
      AsnList others{policy.name + "_NEVER_VIA_RS", document_.asn_lists[never_].what, {}};
      for (const AsnRange& range : document_.asn_lists[never_].ranges) {
        if (range.first != policy.asn) others.ranges.push_back(range);
      }
      policy.remarks.push_back("it says in PeeringDB that it is never reached through route servers");
      list = add(std::move(others));
    }
    policy.import.push_back({Kind::never_via_rs, list, 0});
  }

  void add_export(NeighbourPolicy& policy) {
    std::vector<Clause>& clauses = policy.export_;
    const auto clause = [&](Kind kind, std::size_t list = kNone) { clauses.push_back({kind, list, 0}); };
    switch (policy.role) {
      case Role::sibling: clause(Kind::accepted); return;
      case Role::rs_client:
        clause(Kind::no_export_export);
        clause(Kind::rov);
        clause(Kind::control);
        clause(Kind::accepted);
        return;
      default: break;
    }
    clause(Kind::no_blackhole);
    clause(Kind::bogon_prefix, bogons_);
    clause(Kind::prefix_length, lengths_);
    clause(Kind::as_set);
    clause(Kind::bogon_asn, bogon_asns_);
    if (policy.role != Role::customer) clause(Kind::transit_free, transit_free_for(policy));
    clause(Kind::rov);
    clause(Kind::own, own_);
    if (policy.role == Role::customer) {
      clause(Kind::known);
    } else {
      clause(Kind::customer, customers_);
    }
    clause(Kind::nothing_else);
  }

  const Network& network_;
  const World& world_;
  std::span<const Allowed> allowed_;
  const ComposeOptions& options_;
  Document document_;
  std::size_t bogons_ = kNone, lengths_ = kNone, bogon_asns_ = kNone, transit_free_ = kNone, never_ = kNone,
              lans_ = kNone, own_ = kNone, customers_ = kNone, mine_ = kNone;
};

}  // namespace

Result<Document> compose(const Network& network, const World& world, std::span<const Allowed> allowed,
                         const ComposeOptions& options) {
  return Composer(network, world, allowed, options).compose();
}

}  // namespace fairway::filtering
