// Rib: the routes now, of every view. A route's key is view, table (family and SAFI), prefix and path id; its value an
// attribute set and the time of its last change.
//
// Views and prefixes get dense ids. A view has a column a table (column.h); routes with an RFC 7911 path id stand
// beside it, since few views send any. Attribute sets are shared (attribute_store.h). A view that goes down is one scan
// of its columns. One writer; readers only while it does not write.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>
#include <vector>

#include "core/model/route_event.h"
#include "core/rib/attribute_store.h"
#include "core/rib/column.h"
#include "core/rib/prefix_table.h"

namespace fairway {

// Whose table it is, and which: a peer as one source (collector or router) sees it. The BGP identifier is no part of
// it: archives give it in tables and not in updates.
struct ViewKey {
  std::uint32_t source = 0;
  IpAddress peer;
  Asn asn;
  RibKind rib = RibKind::adj_rib_in_pre;
  std::uint64_t distinguisher = 0;

  friend bool operator==(const ViewKey&, const ViewKey&) = default;
};
inline std::size_t hash_value(const ViewKey& key) {
  return mix(hash_value(key.peer) ^ (key.distinguisher + static_cast<std::uint8_t>(key.rib)),
             std::uint64_t{key.asn.value} << 32 | key.source);
}

class Rib {
 public:
  Rib() = default;
  Rib(const Rib&) = delete;
  Rib& operator=(const Rib&) = delete;

  ViewId view(const ViewKey& key);  // found or added
  const ViewKey& key(ViewId view) const { return views_[index(view)].key; }
  std::size_t views() const { return views_.size(); }

  PrefixId prefix(const Prefix& prefix, Safi safi = Safi::unicast);  // found or added
  std::optional<PrefixId> find(const Prefix& prefix, Safi safi = Safi::unicast) const;
  const Prefix& prefix(PrefixId id) const { return tables_[index(id.table())].prefixes.prefix(id.index()); }
  const PrefixTable& prefixes(TableId table) const { return tables_[index(table)].prefixes; }
  // Drops a prefix that no view has (routes(id) == 0): its id will be used again.
  void forget(PrefixId id);

  AttributeStore& attributes() { return attributes_; }
  const AttributeStore& attributes() const { return attributes_; }

  // What the view has, or had. One reference to `attributes` passes from the caller to the RIB; the one to what was
  // there before passes to the caller, who releases it (release()) when he has looked at it.
  Cell announce(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id, AttributesId attributes,
                std::uint32_t time);
  Cell withdraw(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id, std::uint32_t time);
  void release(const Cell& cell) {
    if (cell.held()) attributes_.release(cell.attributes);
  }

  // The cell of the route without a path id.
  Cell get(ViewId view, PrefixId prefix) const {
    return views_[index(view)].columns[index(prefix.table())].get(prefix.index());
  }
  Cell get(ViewId view, PrefixId prefix, std::optional<std::uint32_t> path_id) const;
  // How many routes with a path id the view has for the prefix.
  std::uint32_t more_paths(ViewId view, PrefixId prefix) const {
    const auto& more = views_[index(view)].more;
    if (more.empty()) return 0;
    const auto found = more.find(prefix.value);
    return found == more.end() ? 0 : static_cast<std::uint32_t>(found->second.size());
  }
  // How many routes all views have for the prefix.
  std::uint32_t routes(PrefixId prefix) const { return tables_[index(prefix.table())].routes[prefix.index()]; }
  std::uint64_t routes() const { return routes_; }
  // Prefixes that the view has in the table: routes with path ids count each.
  std::uint32_t held(ViewId view, TableId table) const {
    const View& v = views_[index(view)];
    return v.columns[index(table)].held() + v.more_held[index(table)];
  }

  // visit(view, path_id, cell) for every route of the prefix, by view.
  template <class Visit>
  void for_each_route(PrefixId prefix, Visit&& visit) const {
    for (std::size_t v = 0; v < views_.size(); ++v) {
      const Cell cell = views_[v].columns[index(prefix.table())].get(prefix.index());
      if (cell.held()) visit(ViewId{static_cast<std::uint32_t>(v)}, std::optional<std::uint32_t>{}, cell);
      const auto& more = views_[v].more;
      if (more.empty()) continue;
      if (const auto found = more.find(prefix.value); found != more.end()) {
        for (const PathCell& path : found->second)
          visit(ViewId{static_cast<std::uint32_t>(v)}, std::optional(path.path_id), path.cell);
      }
    }
  }
  // visit(prefix, path_id, cell) for every route of the view, in no particular order.
  template <class Visit>
  void for_each_route_of(ViewId view, Visit&& visit) const {
    const View& v = views_[index(view)];
    for (unsigned table = 0; table < kTables; ++table) {
      v.columns[table].for_each([&](std::uint32_t at, const Cell& cell) {
        if (cell.held()) visit(PrefixId{static_cast<TableId>(table), at}, std::optional<std::uint32_t>{}, cell);
      });
    }
    for (const auto& [prefix, paths] : v.more) {
      for (const PathCell& path : paths) visit(PrefixId{prefix}, std::optional(path.path_id), path.cell);
    }
  }
  // Forgets all that the view has and had.
  void clear(ViewId view);

  struct Memory {
    std::size_t cells = 0, attributes = 0, prefixes = 0;
    std::size_t total() const { return cells + attributes + prefixes; }
  };
  Memory memory() const;

 private:
  struct PathCell {
    std::uint32_t path_id;
    Cell cell;
  };
  struct View {
    ViewKey key;
    std::array<Column, kTables> columns;
    boost::unordered_flat_map<std::uint32_t, std::vector<PathCell>> more;  // by PrefixId: routes with a path id
    std::array<std::uint32_t, kTables> more_held{};
  };
  struct Table {
    PrefixTable prefixes;
    std::vector<std::uint32_t> routes;
  };
  static std::size_t index(ViewId id) { return static_cast<std::size_t>(id); }
  static std::size_t index(TableId id) { return static_cast<std::size_t>(id); }
  void count(PrefixId prefix, bool before, bool after) {
    tables_[index(prefix.table())].routes[prefix.index()] +=
        static_cast<std::uint32_t>(after) - static_cast<std::uint32_t>(before);
    routes_ += static_cast<std::uint64_t>(after) - static_cast<std::uint64_t>(before);
  }

  std::vector<View> views_;
  boost::unordered_flat_map<ViewKey, ViewId, boost::hash<ViewKey>> view_ids_;
  std::array<Table, kTables> tables_;
  AttributeStore attributes_;
  std::uint64_t routes_ = 0;
};

}  // namespace fairway
