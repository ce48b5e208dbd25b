#include "core/rib/rib.h"

#include <algorithm>

namespace fairway {

ViewId Rib::view(const ViewKey& key) {
  const auto [place, fresh] = view_ids_.try_emplace(key, ViewId{static_cast<std::uint32_t>(views_.size())});
  if (fresh) views_.emplace_back().key = key;
  return place->second;
}

PrefixId Rib::prefix(const Prefix& prefix, Safi safi) {
  const TableId table = table_of(prefix.family(), safi);
  Table& t = tables_[index(table)];
  const auto [at, fresh] = t.prefixes.insert(prefix);
  if (fresh) {
    if (at == t.routes.size()) t.routes.push_back(0);
    t.routes[at] = 0;
  }
  return {table, at};
}

std::optional<PrefixId> Rib::find(const Prefix& prefix, Safi safi) const {
  const TableId table = table_of(prefix.family(), safi);
  const std::uint32_t at = tables_[index(table)].prefixes.find(prefix);
  if (at == PrefixTable::kNone) return std::nullopt;
  return PrefixId{table, at};
}

void Rib::forget(PrefixId id) {
  Table& table = tables_[index(id.table())];
  for (View& view : views_) {
    Column& column = view.columns[index(id.table())];
    if (column.get(id.index()) != Cell{}) column.set(id.index(), {}, table.prefixes.indexes());  // a withdrawal's time
  }
  table.prefixes.erase(id.index());
}

Cell Rib::announce(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id, AttributesId attributes,
                   std::uint32_t time) {
  View& v = views_[index(view)];
  const std::size_t table = index(prefix.table());
  const Cell cell{attributes, time};
  Cell before;
  if (!path_id) {
    before = v.columns[table].set(prefix.index(), cell, tables_[table].prefixes.indexes());
  } else {
    std::vector<PathCell>& paths = v.more[prefix.value];
    const auto found = std::ranges::find(paths, *path_id, &PathCell::path_id);
    if (found != paths.end()) {
      before = std::exchange(found->cell, cell);
    } else {
      paths.push_back({*path_id, cell});
      ++v.more_held[table];
    }
  }
  count(prefix, before.held(), true);
  return before;
}

Cell Rib::withdraw(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id, std::uint32_t time) {
  View& v = views_[index(view)];
  const std::size_t table = index(prefix.table());
  Cell before;
  if (!path_id) {
    before = v.columns[table].set(prefix.index(), {kNoAttributes, time}, tables_[table].prefixes.indexes());
  } else if (const auto paths = v.more.find(prefix.value); paths != v.more.end()) {
    const auto found = std::ranges::find(paths->second, *path_id, &PathCell::path_id);
    if (found != paths->second.end()) {
      before = found->cell;
      paths->second.erase(found);
      --v.more_held[table];
      if (paths->second.empty()) v.more.erase(paths);
    }
  }
  count(prefix, before.held(), false);
  return before;
}

Cell Rib::get(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id) const {
  if (!path_id) return get(view, prefix);
  const auto& more = views_[index(view)].more;
  if (const auto paths = more.find(prefix.value); paths != more.end()) {
    const auto found = std::ranges::find(paths->second, *path_id, &PathCell::path_id);
    if (found != paths->second.end()) return found->cell;
  }
  return {};
}

void Rib::clear(ViewId view) {
  for_each_route_of(view, [&](PrefixId prefix, std::optional<std::uint32_t>, const Cell& cell) {
    count(prefix, true, false);
    attributes_.release(cell.attributes);
  });
  View& v = views_[index(view)];
  for (Column& column : v.columns) column.clear();
  v.more = {};
  v.more_held = {};
}

Rib::Memory Rib::memory() const {
  Memory memory;
  memory.attributes = attributes_.memory();
  for (const Table& table : tables_) memory.prefixes += table.prefixes.memory() + table.routes.capacity() * 4;
  for (const View& view : views_) {
    for (const Column& column : view.columns) memory.cells += column.memory();
    memory.cells += sizeof(View) + view.more.bucket_count() * 33;
    for (const auto& [prefix, paths] : view.more) memory.cells += paths.capacity() * sizeof(PathCell);
  }
  return memory;
}

}  // namespace fairway
