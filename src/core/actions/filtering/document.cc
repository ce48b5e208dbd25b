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

}  // namespace fairway::filtering
