// OriginIndex: from an AS to the entries of a sorted table that it originates, four octets an entry. Frozen.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/model/asn.h"
#include "core/model/ip_address.h"

namespace fairway {

class OriginIndex {
 public:
  OriginIndex() = default;

  // For ids 0 to `size`; origin_of(id) answers a std::pair of Asn and Family.
  template <class OriginOf>
  static OriginIndex build(std::size_t size, OriginOf origin_of) {
    std::vector<std::uint64_t> keys;
    keys.reserve(size);
    for (std::uint32_t id = 0; id < size; ++id) keys.push_back(std::uint64_t{origin_of(id).first.value} << 32 | id);
    std::sort(keys.begin(), keys.end());
    OriginIndex index;
    index.ids_.reserve(size);
    for (const std::uint64_t key : keys) {
      const Asn origin{static_cast<std::uint32_t>(key >> 32)};
      const auto id = static_cast<std::uint32_t>(key), place = static_cast<std::uint32_t>(index.ids_.size());
      if (index.origins_.empty() || index.origins_.back().asn != origin)
        index.origins_.push_back({origin, place, place});
      if (origin_of(id).second == Family::ipv4) index.origins_.back().ipv6 = place + 1;
      index.ids_.push_back(id);
    }
    index.origins_.push_back({Asn{~std::uint32_t{0}}, static_cast<std::uint32_t>(size), 0});
    index.origins_.shrink_to_fit();
    return index;
  }

  // Sorted. The table's own order has IPv4 before IPv6.
  std::span<const std::uint32_t> of(Asn origin, Family family) const {
    const auto found = std::lower_bound(origins_.begin(), origins_.end(), origin,
                                        [](const Origin& a, Asn asn) { return a.asn < asn; });
    if (origins_.end() - found < 2 || found->asn != origin) return {};
    const std::uint32_t first = family == Family::ipv4 ? found->first : found->ipv6;
    const std::uint32_t end = family == Family::ipv4 ? found->ipv6 : found[1].first;
    return std::span(ids_).subspan(first, end - first);
  }

  std::size_t octets() const { return ids_.capacity() * sizeof ids_[0] + origins_.capacity() * sizeof origins_[0]; }

 private:
  struct Origin {
    Asn asn;
    std::uint32_t first, ipv6;  // places in ids_; it ends where the next one begins
  };
  std::vector<std::uint32_t> ids_;
  std::vector<Origin> origins_;  // one more behind the last
};

}  // namespace fairway
