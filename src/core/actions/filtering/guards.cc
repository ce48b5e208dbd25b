#include "core/actions/filtering/guards.h"

#include <algorithm>

#include "core/actions/filtering/evaluate.h"
#include "core/model/aggregate.h"
#include "core/tables/bogon.h"

namespace fairway::filtering {

namespace {

using Guard = Objection::Guard;

constexpr std::size_t kMostCounted = 1'000'000'000;  // of prefixes: beyond, lists are as good as equal

std::size_t asns_in(const std::vector<AsnRange>& ranges) {
  std::size_t all = 0;
  for (const AsnRange& range : ranges) all += std::size_t{range.last.value} - range.first.value + 1;
  return all;
}
std::size_t asns_without(const std::vector<AsnRange>& ranges, const AsnList& other) {
  std::size_t all = 0;
  for (const AsnRange& range : ranges) {
    for (std::uint64_t asn = range.first.value; asn <= range.last.value; ++asn) {
      all += !other.contains(Asn{static_cast<std::uint32_t>(asn)});
    }
  }
  return all;
}

class Guards {
 public:
  Guards(const Document& document, const GuardOptions& options) : document_(document), options_(options) {}

  void no_empty_lists() {
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Clause& clause : policy.import) {
        if (clause.kind != Kind::prefix) continue;
        const PrefixList& list = prefixes_of(document_, clause);
        if (list.ranges[0].empty() && list.ranges[1].empty()) {
          object(Guard::empty,
                 "nothing is registered that AS" + to_string(policy.asn) +
                     " may announce: it would lose everything (--allow-empty writes that)",
                 list.name);
        }
      }
    }
  }

  void no_great_change(const KeptLists& before) {
    for (const PrefixList& list : document_.prefix_lists) {
      const auto old = std::ranges::find(before.prefixes, list.name, &PrefixList::name);
      if (old == before.prefixes.end()) continue;
      for (std::size_t i = 0; i < 2; ++i) {
        compare(list.name, i == 0 ? " IPv4 prefixes" : " IPv6 prefixes", count_prefixes(old->ranges[i], kMostCounted),
                count_prefixes(difference(old->ranges[i], list.ranges[i]), kMostCounted),
                count_prefixes(difference(list.ranges[i], old->ranges[i]), kMostCounted));
      }
    }
    for (const AsnList& list : document_.asn_lists) {
      const auto old = std::ranges::find(before.asns, list.name, &AsnList::name);
      if (old == before.asns.end() || old->ranges == list.ranges) continue;
      compare(list.name, " ASNs", asns_in(old->ranges), asns_without(old->ranges, list),
              asns_without(list.ranges, *old));
    }
  }

  void beacons() {
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Prefix& beacon : policy.beacons) expect_import(policy, beacon);
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Clause& clause : policy.export_) {
        if (clause.kind == Kind::own) expect_own(policy, prefixes_of(document_, clause));
      }
    }
  }

  void bogons() {
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const BogonPrefix& row : bogon_prefixes()) {
        if (row.announced != BogonPrefix::Announced::never) continue;
        Probe route = route_from(policy, row.prefix, policy.asn);
        for (const unsigned more : {0u, 1u, 8u}) {
          const unsigned length = row.prefix.length() + more;
          if (length > address_bits(row.prefix.family())) continue;
          route.prefix = Prefix(row.prefix.address(), length);
          if (bogon_prefix(route.prefix) == nullptr) continue;  // a part of it that may be
          for (const Asn origin : origins_of(policy)) {
            route.path = path_from(policy, origin);
            if (import_route(document_, policy, route).accepted) {
              object(Guard::bogon, to_string(route.prefix) + " (" + std::string(row.name) +
                                       ") would be accepted from AS" + to_string(policy.asn));
            }
          }
        }
      }
    }
  }

  std::vector<Objection> take() { return std::move(objections_); }

 private:
  void object(Guard guard, std::string what, std::string list = {}) {
    objections_.push_back({guard, std::move(what), std::move(list)});
  }

  static std::vector<PrefixRange> difference(const std::vector<PrefixRange>& a, const std::vector<PrefixRange>& b) {
    if (a == b) return {};
    std::vector<PrefixRange> only_a;  // what both have alike needs no cutting
    std::ranges::set_difference(a, b, std::back_inserter(only_a));
    return subtract_sorted(only_a, b);
  }
  // Ranges that overlap lie under one another: of `b` only those near a range of `a` matter.
  static std::vector<PrefixRange> subtract_sorted(const std::vector<PrefixRange>& a,
                                                  const std::vector<PrefixRange>& b) {
    std::vector<PrefixRange> rest;
    for (const PrefixRange& range : a) {
      std::vector<PrefixRange> near;
      for (unsigned length = 0; length < range.prefix.length(); ++length) {
        const Prefix above = range.prefix.parent(length);
        auto at = std::ranges::lower_bound(b, above, {}, &PrefixRange::prefix);
        for (; at != b.end() && at->prefix == above; ++at) near.push_back(*at);
      }
      auto at = std::ranges::lower_bound(b, range.prefix, {}, &PrefixRange::prefix);
      for (; at != b.end() && range.prefix.covers(at->prefix); ++at) near.push_back(*at);
      const std::vector<PrefixRange> one{range};
      const std::vector<PrefixRange> left = subtract(one, near);
      rest.insert(rest.end(), left.begin(), left.end());
    }
    return fewest_ranges(rest);
  }

  void compare(const std::string& name, std::string_view what, std::size_t before, std::size_t lost, std::size_t won) {
    const auto too_many = [&](std::size_t changed) {
      return changed > options_.entries && changed * 100 > before * options_.percent;
    };
    if (before == 0) return;  // the first entries of a list are no change
    for (const auto& [changed, verb] : {std::pair{lost, " would lose "}, std::pair{won, " would win "}}) {
      if (!too_many(changed)) continue;
      object(Guard::delta,
             name + verb + std::to_string(changed) + (lost == changed ? " of " : " beside ") + std::to_string(before) +
                 std::string(what) + ": more than " + std::to_string(options_.percent) + " %",
             name);
    }
  }

  // One origin behind the neighbour is as good as another here: itself, and one that its list has.
  std::vector<Asn> origins_of(const NeighbourPolicy& policy) const {
    std::vector<Asn> origins{policy.asn};
    for (const Clause& clause : policy.import) {
      if (clause.kind == Kind::origin && !asns_of(document_, clause).ranges.empty()) {
        origins.push_back(asns_of(document_, clause).ranges.front().first);
      }
    }
    return origins;
  }

  static AsPath path_from(const NeighbourPolicy& policy, Asn origin) {
    std::vector<Asn> asns{policy.asn};
    if (origin != policy.asn) asns.push_back(origin);
    return AsPath(asns);
  }

  Probe route_from(const NeighbourPolicy& policy, const Prefix& prefix, Asn origin) const {
    Probe route{.prefix = prefix, .path = path_from(policy, origin)};
    for (const SessionPolicy& session : policy.sessions) {
      if (session.family == prefix.family()) route.next_hop = session.session.address;
    }
    return route;
  }

  void expect_import(const NeighbourPolicy& policy, const Prefix& beacon) {
    std::string_view why;
    std::vector<Asn> origins = origins_of(policy);
    for (const filtering::PairList& list : document_.pair_lists) {
      for (const PairList::Pair& pair : list.pairs) {
        if (pair.prefix == beacon) origins.push_back(pair.origin);
      }
    }
    for (const Asn origin : origins) {
      const Decision decision = import_route(document_, policy, route_from(policy, beacon, origin));
      if (decision.accepted) return;
      if (decision.clause != kNone) why = row_of(policy.import[decision.clause].kind).name;
    }
    object(Guard::beacon, "the beacon " + to_string(beacon) + " would be refused from AS" + to_string(policy.asn) +
                              " by " + std::string(why));
  }

  void expect_own(const NeighbourPolicy& policy, const PrefixList& own) {
    for (const auto& ranges : own.ranges) {
      for (const PrefixRange& range : ranges) {
        Probe route{.prefix = range.prefix};
        if (!range.accepts(range.prefix)) continue;  // joined from its parts
        const Decision decision = export_route(document_, policy, route);
        if (decision.accepted) continue;
        object(Guard::beacon, "my " + to_string(range.prefix) + " would not be announced to AS" +
                                  to_string(policy.asn) + ": refused by " +
                                  std::string(row_of(policy.export_[decision.clause].kind).name));
      }
    }
  }

  const Document& document_;
  const GuardOptions& options_;
  std::vector<Objection> objections_;
};

template <class List>
bool replace(std::vector<List>& lists, const std::vector<List>& before, std::string_view name) {
  const auto now = std::ranges::find(lists, name, &List::name);
  const auto old = std::ranges::find(before, name, &List::name);
  if (now == lists.end() || old == before.end()) return false;
  std::string what = std::move(now->what);
  *now = *old;
  now->what = std::move(what);
  return true;
}

}  // namespace

std::string_view to_string(Objection::Guard guard) {
  switch (guard) {
    case Guard::empty: return "empty";
    case Guard::delta: return "delta";
    case Guard::beacon: return "beacon";
    case Guard::bogon: return "bogon";
  }
  return "";
}

std::vector<Objection> object(const Document& document, const KeptLists* before, const GuardOptions& options) {
  Guards guards(document, options);
  if (!options.allow_empty) guards.no_empty_lists();
  if (before != nullptr) guards.no_great_change(*before);
  guards.beacons();
  guards.bogons();
  return guards.take();
}

bool keep_as_it_was(Document& document, const KeptLists& before, std::string_view list) {
  return replace(document.prefix_lists, before.prefixes, list) || replace(document.asn_lists, before.asns, list) ||
         replace(document.pair_lists, before.pairs, list);
}

bool keep_as_it_was(Document& document, const KeptLists& before, const NeighbourPolicy& policy) {
  bool kept = false;
  for (const Clause& clause : policy.import) {
    switch (clause.kind) {
      case Kind::prefix: kept |= keep_as_it_was(document, before, prefixes_of(document, clause).name); break;
      case Kind::origin: kept |= keep_as_it_was(document, before, asns_of(document, clause).name); break;
      case Kind::blackhole: kept |= keep_as_it_was(document, before, pairs_of(document, clause).name); break;
      default: break;
    }
  }
  return kept;
}

}  // namespace fairway::filtering
