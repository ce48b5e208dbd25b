#include "core/tables/range_index.h"

#include <algorithm>
#include <tuple>

namespace fairway {

template <class T>
T RangeIndex::Tree<T>::set_reach(std::size_t begin, std::size_t end) {
  if (begin == end) return 0;
  const std::size_t middle = begin + (end - begin) / 2;
  const T before = set_reach(begin, middle), behind = set_reach(middle + 1, end);
  return entries[middle].reach = std::max({before, entries[middle].last, behind});
}

template <class T>
void RangeIndex::Tree<T>::freeze() {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.first, b.last, a.id) < std::tie(b.first, a.last, b.id);
  });
  entries.shrink_to_fit();
  set_reach(0, entries.size());
}

void RangeIndex::add(const NumberRange& range, std::uint32_t id) {
  if (range.kind == NumberRange::Kind::ipv6) {
    ipv6_.entries.push_back({range.first, range.last, 0, id});
    return;
  }
  auto& tree = range.kind == NumberRange::Kind::ipv4 ? ipv4_ : asns_;
  tree.entries.push_back({static_cast<std::uint32_t>(range.first), static_cast<std::uint32_t>(range.last), 0, id});
}

void RangeIndex::freeze() {
  ipv4_.freeze();
  ipv6_.freeze();
  asns_.freeze();
}

std::size_t RangeIndex::octets() const {
  return (ipv4_.entries.capacity() + asns_.entries.capacity()) * sizeof(ipv4_.entries[0]) +
         ipv6_.entries.capacity() * sizeof(ipv6_.entries[0]);
}

}  // namespace fairway
