// AttributeStore: the attribute sets of routes, each kept once, and their AS paths, each kept once. Many sets share a
// path; what is derived from a path alone is derived once an id. References are counted: what no route holds is gone,
// and its id is used again.
#pragma once

#include <span>
#include <vector>

#include "core/model/attributes.h"
#include "core/rib/ids.h"
#include "core/rib/octet_store.h"

namespace fairway {

class AttributeStore {
 public:
  struct Interned {
    AttributesId id;
    PathId path;
    bool fresh_path;  // no set held this path before
    bool has_otc;
  };
  // Adds a reference.
  Interned intern(const Attributes& attributes);
  void retain(AttributesId id) { sets_.retain(static_cast<std::uint32_t>(id)); }
  void release(AttributesId id);

  PathId path_of(AttributesId id) const;
  // The path's ASNs of all segments in order, neighbour first.
  std::span<const Asn> asns(PathId path) const;
  bool is_plain(PathId path) const;  // of AS_SEQUENCE segments alone
  AsPath path(PathId path) const;
  std::optional<Asn> otc(AttributesId id) const;
  // All that was interned. `unknown` borrows from the store until the last reference is released.
  Attributes attributes(AttributesId id) const;

  std::size_t sets() const { return sets_.size(); }
  std::size_t paths() const { return paths_.size(); }
  std::size_t path_ids() const { return paths_.ids(); }  // every PathId is below
  std::size_t memory() const { return sets_.memory() + paths_.memory(); }

 private:
  OctetStore sets_;
  OctetStore paths_;
  std::vector<std::uint8_t> scratch_;
};

}  // namespace fairway
