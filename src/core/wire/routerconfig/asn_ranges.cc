#include "core/wire/routerconfig/asn_ranges.h"

#include <algorithm>

namespace fairway::reader {

void AsnRanges::close() {
  std::ranges::sort(ranges_);
  std::size_t kept = 0;
  for (const auto& range : ranges_) {
    if (kept > 0 && range.first <= ranges_[kept - 1].second) {
      ranges_[kept - 1].second = std::max(ranges_[kept - 1].second, range.second);
    } else {
      ranges_[kept++] = range;
    }
  }
  ranges_.resize(kept);
}

bool AsnRanges::contains(Asn asn) const {
  const auto behind = std::ranges::upper_bound(ranges_, asn, {}, &std::pair<Asn, Asn>::first);
  return behind != ranges_.begin() && asn <= std::prev(behind)->second;
}

}  // namespace fairway::reader
