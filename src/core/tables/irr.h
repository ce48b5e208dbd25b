// IrrTable: the route and route6 objects of Internet routing registries (RFC 2622 section 4, RFC 4012 section 3),
// frozen: sorted, indexed by prefix and by origin, const for ever, shareable between threads. An object's id is its
// place in objects().
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/tables/origin_index.h"
#include "core/tables/prefix_index.h"

namespace fairway {

struct RouteObject {
  Prefix prefix;
  Asn origin;
  std::uint8_t registry = 0;  // an index into IrrTable::registries()

  friend auto operator<=>(const RouteObject&, const RouteObject&) = default;
};

class IrrTable {
 public:
  static constexpr std::uint32_t kNone = PrefixIndex::kNone;

  // Any order, duplicates welcome.
  static IrrTable build(std::vector<RouteObject> objects, std::vector<std::string> registries);

  std::span<const RouteObject> objects() const { return objects_; }
  std::span<const std::string> registries() const { return registries_; }

  // The ids of every object whose prefix covers `prefix`, longest prefix first. `ids` is cleared first.
  void covering(const Prefix& prefix, std::vector<std::uint32_t>& ids) const;

  // The ids of the objects of this origin, in order.
  std::span<const std::uint32_t> of_origin(Asn origin, Family family) const { return origins_.of(origin, family); }
  // The ids [first, second) of the objects whose prefix is `prefix` or lies under it.
  std::pair<std::uint32_t, std::uint32_t> under(const Prefix& prefix) const;

  std::size_t octets() const;  // everything

  // The same for loops that must not allocate: the objects of one prefix are a run.
  //   for (run = longest_covering(p); run != kNone; run = runs()[run].parent)
  //     for (id = runs()[run].first; id < runs()[run].end; ++id) ...
  struct Run {
    std::uint32_t first, end;  // ids
    std::uint32_t parent;      // the run of the next shorter prefix that covers this one, or kNone
  };
  std::span<const Run> runs() const { return runs_; }
  std::uint32_t longest_covering(const Prefix& prefix) const;

 private:
  std::vector<RouteObject> objects_;
  std::vector<Run> runs_;
  std::vector<std::string> registries_;
  PrefixIndex index_;
  OriginIndex origins_;
};

}  // namespace fairway
