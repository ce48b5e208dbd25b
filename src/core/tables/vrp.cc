#include "core/tables/vrp.h"

#include <algorithm>
#include <cassert>

namespace fairway {

namespace {

// Exports are sorted but for prefixes that begin at one address: each VRP goes back a few places. Where that would be
// too many, they are in no order.
void sort(std::vector<Vrp>& vrps) {
  std::size_t moves_left = 4 * vrps.size();
  for (std::size_t i = 1; i < vrps.size(); ++i) {
    if (!(vrps[i] < vrps[i - 1])) continue;
    const Vrp vrp = vrps[i];
    std::size_t place = i;
    for (; place != 0 && vrp < vrps[place - 1] && moves_left != 0; --place, --moves_left) vrps[place] = vrps[place - 1];
    vrps[place] = vrp;
    if (moves_left == 0) return std::sort(vrps.begin(), vrps.end());
  }
}

}  // namespace

VrpTable VrpTable::build(std::vector<Vrp> vrps, std::vector<std::string> trust_anchors, std::optional<Instant> built) {
  assert(vrps.size() < (std::size_t{1} << 31));
  sort(vrps);

  VrpTable table;
  table.trust_anchors_ = std::move(trust_anchors);
  table.built_ = built;
  table.entries_.reserve(vrps.size());
  table.parents_.reserve(vrps.size());
  table.upper_.reserve(vrps.size());
  PrefixIndex::Builder index;
  const Vrp* previous = nullptr;
  std::uint32_t parent = kNone;
  for (const Vrp& vrp : vrps) {
    if (previous != nullptr && vrp == *previous) {
      auto& anchor = table.entries_.back().trust_anchor;
      anchor = std::min(anchor, vrp.trust_anchor);
      continue;
    }
    const auto id = static_cast<std::uint32_t>(table.entries_.size());
    if (previous != nullptr && vrp.prefix == previous->prefix) {
      table.entries_.back().last = false;
    } else {
      parent = index.add(vrp.prefix, id);
    }
    table.entries_.push_back({vrp.asn, static_cast<std::uint8_t>(vrp.prefix.length()), vrp.max_length, vrp.trust_anchor,
                              true, parent != kNone});
    table.parents_.push_back(parent);
    const auto low_half = [](std::uint64_t word) { return static_cast<std::uint32_t>(word); };
    table.upper_.push_back(low_half(vrp.prefix.high() >> 32));
    if (vrp.prefix.family() == Family::ipv6) {
      table.lower_.push_back(
          {low_half(vrp.prefix.high()), low_half(vrp.prefix.low() >> 32), low_half(vrp.prefix.low())});
    }
    previous = &vrp;
  }
  table.first_ipv6_ = static_cast<std::uint32_t>(table.entries_.size() - table.lower_.size());
  table.entries_.shrink_to_fit();
  table.parents_.shrink_to_fit();
  table.upper_.shrink_to_fit();
  table.lower_.shrink_to_fit();
  table.index_ = index.build();
  return table;
}

Vrp VrpTable::vrp(std::uint32_t id) const {
  const Entry& entry = entries_[id];
  std::uint64_t high = std::uint64_t{upper_[id]} << 32, low = 0;
  if (id >= first_ipv6_) {
    const auto& lower = lower_[id - first_ipv6_];
    high |= lower[0];
    low = std::uint64_t{lower[1]} << 32 | lower[2];
  }
  const Family family = id < first_ipv6_ ? Family::ipv4 : Family::ipv6;
  return {Prefix(family, high, low, entry.length), entry.max_length, entry.asn, entry.trust_anchor};
}

std::size_t VrpTable::octets() const {
  return entries_.size() * (sizeof(Entry) + sizeof parents_[0] + sizeof upper_[0]) + lower_.size() * sizeof lower_[0] +
         index_.octets();
}

void VrpTable::covering(const Prefix& prefix, std::vector<std::uint32_t>& ids) const {
  ids.clear();
  std::uint32_t runs[129];  // at most one a prefix length
  std::size_t count = 0;
  for (std::uint32_t run = longest_covering(prefix); run != kNone; run = parent(run)) runs[count++] = run;
  while (count-- != 0) {
    for (std::uint32_t id = runs[count];; ++id) {
      ids.push_back(id);
      if (entries_[id].last) break;
    }
  }
}

std::pair<std::uint32_t, std::uint32_t> VrpTable::under(const Prefix& prefix) const {
  const auto ids = [this](auto before) {
    std::uint32_t low = 0, high = static_cast<std::uint32_t>(entries_.size());
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      before(vrp(middle).prefix) ? low = middle + 1 : high = middle;
    }
    return low;
  };
  const Prefix last = Prefix::host(prefix.last_address());
  return {ids([&](const Prefix& at) { return at < prefix; }), ids([&](const Prefix& at) { return at <= last; })};
}

VrpDifference difference(const VrpTable& old, const VrpTable& next) {
  VrpDifference result;
  std::uint32_t gone = 0, come = 0;
  while (gone < old.size() || come < next.size()) {
    if (come == next.size()) {
      result.removed.push_back(old.vrp(gone++));
    } else if (gone == old.size()) {
      result.added.push_back(next.vrp(come++));
    } else {
      const Vrp before = old.vrp(gone), after = next.vrp(come);
      const auto order = before <=> after;
      if (order < 0) result.removed.push_back(before);
      if (order > 0) result.added.push_back(after);
      if (order <= 0) ++gone;
      if (order >= 0) ++come;
    }
  }
  return result;
}

std::vector<Prefix> affected(const VrpDifference& difference) {
  std::vector<Prefix> all;
  all.reserve(difference.added.size() + difference.removed.size());
  for (const Vrp& vrp : difference.added) all.push_back(vrp.prefix);
  for (const Vrp& vrp : difference.removed) all.push_back(vrp.prefix);
  std::sort(all.begin(), all.end());
  std::vector<Prefix> widest;
  for (const Prefix& prefix : all) {
    if (widest.empty() || !widest.back().covers(prefix)) widest.push_back(prefix);
  }
  return widest;
}

}  // namespace fairway
