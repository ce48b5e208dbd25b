#include "core/tables/irr.h"

#include <algorithm>
#include <utility>

namespace fairway {

IrrTable IrrTable::build(std::vector<RouteObject> objects, std::vector<std::string> registries) {
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  IrrTable table;
  table.objects_ = std::move(objects);
  table.registries_ = std::move(registries);
  PrefixIndex::Builder builder;
  const auto count = static_cast<std::uint32_t>(table.objects_.size());
  for (std::uint32_t first = 0; first < count;) {
    std::uint32_t end = first + 1;
    while (end < count && table.objects_[end].prefix == table.objects_[first].prefix) ++end;
    const auto run = static_cast<std::uint32_t>(table.runs_.size());
    table.runs_.push_back({first, end, builder.add(table.objects_[first].prefix, run)});
    first = end;
  }
  table.index_ = builder.build();
  table.origins_ = OriginIndex::build(table.objects_.size(), [&](std::uint32_t id) {
    return std::pair(table.objects_[id].origin, table.objects_[id].prefix.family());
  });
  return table;
}

std::uint32_t IrrTable::longest_covering(const Prefix& prefix) const {
  std::uint32_t run = index_.find(prefix.address());
  while (run != kNone && objects_[runs_[run].first].prefix.length() > prefix.length()) run = runs_[run].parent;
  return run;
}

std::pair<std::uint32_t, std::uint32_t> IrrTable::under(const Prefix& prefix) const {
  const auto first = std::partition_point(objects_.begin(), objects_.end(),
                                          [&](const RouteObject& object) { return object.prefix < prefix; });
  const auto end = std::partition_point(first, objects_.end(),
                                        [&](const RouteObject& object) { return prefix.covers(object.prefix); });
  return {static_cast<std::uint32_t>(first - objects_.begin()), static_cast<std::uint32_t>(end - objects_.begin())};
}

std::size_t IrrTable::octets() const {
  return objects_.capacity() * sizeof objects_[0] + runs_.capacity() * sizeof runs_[0] + index_.octets() +
         origins_.octets();
}

void IrrTable::covering(const Prefix& prefix, std::vector<std::uint32_t>& ids) const {
  ids.clear();
  for (std::uint32_t run = longest_covering(prefix); run != kNone; run = runs_[run].parent) {
    for (std::uint32_t id = runs_[run].first; id < runs_[run].end; ++id) ids.push_back(id);
  }
}

}  // namespace fairway
