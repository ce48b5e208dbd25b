// RouteUpdate: an UPDATE as the routes it tells about, its attributes shared with other messages that say the same.
// What archives, BMP and sessions make route events of.
#pragma once

#include "core/model/route_event.h"
#include "core/wire/bgp/attribute.h"
#include "core/wire/bgp/attribute_cache.h"

namespace fairway::bgp {

// Meant to be reused. Attributes live as long as the cache's sets.
struct RouteUpdate {
  std::vector<Nlri> withdrawn, announced;  // IPv4 unicast, of the fields of their own
  bool has_reach = false, has_unreach = false;
  Reach reach;
  Unreach unreach;
  const AttributeCache::Set* attributes = nullptr;        // of `announced`; null if there are none
  const AttributeCache::Set* reach_attributes = nullptr;  // of `reach`: with its next hop
  bool end_of_rib = false;
  Findings findings;
  bool complete = true;  // every field could be read to its end
};

class RouteUpdateReader {
 public:
  // Reads the body of an UPDATE, also one that is cut short: then what could be read is there, and `complete` is false.
  // `cache` must outlive the result's use. Findings about attributes have the offset of the first attribute.
  void read(Cursor body, const Encoding& encoding, AttributeCache& cache, RouteUpdate& into);

 private:
  ByteWriter run_;     // the attributes without NLRI
  ByteWriter mp_run_;  // the same with the next hop of MP_REACH_NLRI in front
};

// Calls `emit` with an event for each route: withdrawals first, then what is announced. `event` has its time and peer
// set.
template <class Emit>
void for_each_event(const RouteUpdate& update, RouteEvent& event, const Emit& emit) {
  const auto all = [&](EventKind kind, Safi safi, const std::vector<Nlri>& nlri, const AttributeCache::Set* set) {
    event.kind = kind;
    event.safi = safi;
    event.attributes = set == nullptr ? nullptr : &set->attributes;
    event.attributes_key = set == nullptr ? 0 : set->key;
    for (const Nlri& one : nlri) {
      event.prefix = one.prefix;
      event.path_id = one.path_id;
      emit(event);
    }
  };
  all(EventKind::withdraw, Safi::unicast, update.withdrawn, nullptr);
  if (update.has_unreach)
    all(EventKind::withdraw, static_cast<Safi>(update.unreach.safi), update.unreach.withdrawn, nullptr);
  all(EventKind::announce, Safi::unicast, update.announced, update.attributes);
  if (update.has_reach)
    all(EventKind::announce, static_cast<Safi>(update.reach.safi), update.reach.announced, update.reach_attributes);
  if (update.end_of_rib) {
    const Family family = update.has_unreach ? static_cast<Family>(update.unreach.afi) : Family::ipv4;
    const Safi safi = update.has_unreach ? static_cast<Safi>(update.unreach.safi) : Safi::unicast;
    all(EventKind::end_of_rib, safi, {Nlri{Prefix(family, 0, 0, 0), std::nullopt}}, nullptr);
  }
}

}  // namespace fairway::bgp
