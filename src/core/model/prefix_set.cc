#include "core/model/prefix_set.h"

#include <algorithm>

namespace fairway {

PrefixSet::PrefixSet(std::vector<Prefix> prefixes) {
  std::sort(prefixes.begin(), prefixes.end());
  for (Prefix prefix : prefixes) {
    if (!prefixes_.empty() && prefixes_.back().covers(prefix)) continue;
    // A lower half that waits on top is joined with its upper half, and so on upwards.
    while (!prefixes_.empty() && prefix.length() != 0 && prefixes_.back().length() == prefix.length() &&
           prefixes_.back().family() == prefix.family() &&
           prefixes_.back().parent(prefix.length() - 1) == prefix.parent(prefix.length() - 1)) {
      prefix = prefix.parent(prefix.length() - 1);
      prefixes_.pop_back();
    }
    prefixes_.push_back(prefix);
  }
}

bool PrefixSet::covers(const Prefix& prefix) const {
  const auto after = std::upper_bound(prefixes_.begin(), prefixes_.end(), prefix);
  return after != prefixes_.begin() && std::prev(after)->covers(prefix);
}

bool PrefixSet::intersects(const Prefix& prefix) const {
  if (covers(prefix)) return true;
  const auto next = std::lower_bound(prefixes_.begin(), prefixes_.end(), prefix);
  return next != prefixes_.end() && prefix.covers(*next);
}

}  // namespace fairway
