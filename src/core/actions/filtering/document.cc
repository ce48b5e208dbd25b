#include "core/actions/filtering/document.h"

#include <algorithm>

namespace fairway::filtering {

namespace {

constexpr KindRow kRows[] = {
#define CLAUSE(kind, name, effect, sentence, source, euro_ix) {name, Effect::effect, sentence, source, euro_ix},
#include "core/actions/filtering/clauses.def"
#undef CLAUSE
};

}  // namespace

const KindRow& row_of(Kind kind) { return kRows[static_cast<std::size_t>(kind)]; }
std::span<const KindRow> all_kinds() { return kRows; }

// Ranges are sorted by prefix, so that those under a block stand together: what is left shrinks from block to block.
bool PrefixList::accepts(const Prefix& prefix) const {
  std::span<const PrefixRange> left = of(prefix.family());
  for (unsigned length = 0; length <= prefix.length() && !left.empty(); ++length) {
    const Prefix block = prefix.parent(length);
    left = left.subspan(
        static_cast<std::size_t>(std::ranges::lower_bound(left, block, {}, &PrefixRange::prefix) - left.begin()));
    const Prefix last = Prefix::host(block.last_address());
    left = left.first(
        static_cast<std::size_t>(std::ranges::upper_bound(left, last, {}, &PrefixRange::prefix) - left.begin()));
    for (; !left.empty() && left.front().prefix == block; left = left.subspan(1)) {
      if (left.front().accepts(prefix)) return true;
    }
  }
  return false;
}

bool AsnList::contains(Asn asn) const {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), asn,
                                      [](Asn wanted, const AsnRange& range) { return wanted < range.first; });
  return after != ranges.begin() && asn <= std::prev(after)->last;
}

bool PairList::allows(const Prefix& prefix, Asn origin) const {
  for (unsigned length = 0; length <= prefix.length(); ++length) {
    if (std::ranges::binary_search(pairs, Pair{prefix.parent(length), origin})) return true;
  }
  return false;
}

std::optional<Asn> PairList::origin_of(const Prefix& prefix) const {
  for (unsigned length = prefix.length() + 1; length-- > 0;) {
    const Prefix block = prefix.parent(length);
    const auto at = std::ranges::lower_bound(pairs, block, {}, &Pair::prefix);
    if (at != pairs.end() && at->prefix == block) return at->origin;
  }
  return std::nullopt;
}

Relation relation_of(Role role) {
  switch (role) {
    case Role::customer: return Relation::customer;
    case Role::provider: return Relation::provider;
    case Role::peer:
    case Role::rs:
    case Role::rs_client: return Relation::peer;
    case Role::sibling: return Relation::own;
  }
  return Relation::own;
}

namespace {

// Copies a list once, and says where it stands.
template <class List>
std::size_t copy(const std::vector<List>& from, std::vector<List>& to, std::size_t index) {
  const auto known = std::ranges::find(to, from[index].name, &List::name);
  const auto place = static_cast<std::size_t>(known - to.begin());
  if (place == to.size()) to.push_back(from[index]);
  return place;
}

}  // namespace

Document some_neighbours(const Document& document, std::size_t most) {
  Document some;
  some.local_asn = document.local_asn;
  some.settings = document.settings;
  some.route_server = document.route_server;
  some.sources = document.sources;
  const std::size_t step = std::max<std::size_t>(1, (document.neighbours.size() + most - 1) / most);
  for (std::size_t i = 0; i < document.neighbours.size(); i += step) {
    NeighbourPolicy& policy = some.neighbours.emplace_back(document.neighbours[i]);
    for (auto* clauses : {&policy.import, &policy.export_}) {
      for (Clause& clause : *clauses) {
        if (clause.list == kNone) continue;
        switch (clause.kind) {
          case Kind::bogon_asn:
          case Kind::transit_free:
          case Kind::never_via_rs:
          case Kind::origin: clause.list = copy(document.asn_lists, some.asn_lists, clause.list); break;
          case Kind::blackhole: clause.list = copy(document.pair_lists, some.pair_lists, clause.list); break;
          default: clause.list = copy(document.prefix_lists, some.prefix_lists, clause.list); break;
        }
      }
    }
  }
  return some;
}

}  // namespace fairway::filtering
