#include "core/wire/routerconfig/range_set.h"

namespace fairway::reader {

void RangeSet::add(const PrefixRange& range, std::uint32_t value) {
  const auto [head, fresh] = heads_.try_emplace(range.prefix, kEnd);
  if (!fresh && entries_[head->second].range == range) return;  // the value there is less
  entries_.push_back({range, value, head->second});
  head->second = static_cast<std::uint32_t>(entries_.size() - 1);
  lengths_[range.prefix.family() == Family::ipv4 ? 0 : 1].set(range.prefix.length());
}

std::optional<std::uint32_t> RangeSet::first(const Prefix& prefix) const {
  std::optional<std::uint32_t> least;
  covering(prefix, [&](const PrefixRange& range, std::uint32_t value) {
    if (range.accepts(prefix) && (!least || value < *least)) least = value;
    return false;
  });
  return least;
}

}  // namespace fairway::reader
