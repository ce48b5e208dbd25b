#include "core/tables/delegation.h"

#include <algorithm>
#include <utility>

namespace fairway {

std::string_view to_string(DelegationStatus status) {
  switch (status) {
    case DelegationStatus::allocated: return "allocated";
    case DelegationStatus::assigned: return "assigned";
    case DelegationStatus::available: return "available";
    case DelegationStatus::reserved: return "reserved";
    case DelegationStatus::unknown: break;
  }
  return "unknown";
}

DelegationTable DelegationTable::build(std::vector<Block> blocks, std::vector<AsRange> ranges,
                                       std::vector<std::string> registries) {
  DelegationTable table;
  std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) { return a.prefix < b.prefix; });
  blocks.erase(
      std::unique(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) { return a.prefix == b.prefix; }),
      blocks.end());
  std::sort(ranges.begin(), ranges.end(), [](const AsRange& a, const AsRange& b) { return a.first < b.first; });
  table.blocks_ = std::move(blocks);
  table.ranges_ = std::move(ranges);
  table.registries_ = std::move(registries);
  std::vector<std::uint32_t> open;  // covering the block at hand, shortest first
  for (std::uint32_t i = 0; i < table.blocks_.size(); ++i) {
    while (!open.empty() && !table.blocks_[open.back()].prefix.covers(table.blocks_[i].prefix)) open.pop_back();
    table.parents_.push_back(open.empty() ? i : open.back());
    open.push_back(i);
  }
  return table;
}

const Delegation* DelegationTable::of(const Prefix& prefix) const {
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), prefix,
                                      [](const Prefix& p, const Block& b) { return p < b.prefix; });
  if (after == blocks_.begin()) return nullptr;
  for (auto i = static_cast<std::uint32_t>(after - blocks_.begin() - 1);; i = parents_[i]) {
    if (blocks_[i].prefix.covers(prefix)) return &blocks_[i].delegation;
    if (parents_[i] == i) return nullptr;
  }
}

const Delegation* DelegationTable::of(Asn asn) const {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), asn, [](Asn a, const AsRange& r) { return a < r.first; });
  if (after == ranges_.begin()) return nullptr;
  const AsRange& range = *std::prev(after);
  return asn <= range.last ? &range.delegation : nullptr;
}

const DelegationTable::Block* DelegationTable::unallocated_inside(const Prefix& prefix) const {
  auto at = std::lower_bound(blocks_.begin(), blocks_.end(), prefix,
                             [](const Block& b, const Prefix& p) { return b.prefix < p; });
  for (; at != blocks_.end() && prefix.covers(at->prefix); ++at) {
    if (at->delegation.unallocated()) return &*at;
  }
  return nullptr;
}

}  // namespace fairway
