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

// Ranges are sorted by prefix: those that cover a prefix stand before it, at its own parents.
bool PrefixList::accepts(const Prefix& prefix) const {
  const std::vector<PrefixRange>& list = of(prefix.family());
  for (unsigned length = 0; length <= prefix.length(); ++length) {
    const Prefix block = prefix.parent(length);
    auto at = std::lower_bound(list.begin(), list.end(), block,
                               [](const PrefixRange& range, const Prefix& wanted) { return range.prefix < wanted; });
    for (; at != list.end() && at->prefix == block; ++at) {
      if (at->accepts(prefix)) return true;
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
    if (std::binary_search(pairs.begin(), pairs.end(), Pair{prefix.parent(length), origin})) return true;
  }
  return false;
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
