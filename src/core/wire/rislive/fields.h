// What the fields of an UPDATE say, for where its octets cannot be had. Of attributes there are AS_PATH, ORIGIN,
// NEXT_HOP, MULTI_EXIT_DISC, AGGREGATOR and COMMUNITIES. Only for .cc files: it includes simdjson.
#pragma once

#include <simdjson.h>

#include <deque>
#include <optional>
#include <vector>

#include "base/result.h"
#include "core/model/route_event.h"

namespace fairway::rislive {

using simdjson::dom::element;

// As a number, or as text.
std::optional<Asn> read_asn(const simdjson::simdjson_result<element>& field);

// Meant to be reused.
class Fields {
 public:
  std::optional<AsPath> path;

  // Error (malformed): a field that is there is not of its form. The path alone; and everything.
  Result<void> read_path(element data);
  Result<void> read(element data);
  // Events like this one, withdrawals first; their attributes stay until the next read().
  void append_to(std::vector<RouteEvent>& events, RouteEvent like) const;

 private:
  struct Announced {
    Prefix prefix;
    const Attributes* attributes;
  };
  Result<void> read_attributes(element data, Attributes& into) const;
  Result<void> read_announcement(const simdjson::simdjson_result<element>& announcement, const Attributes& shared);

  std::vector<Prefix> withdrawn_;
  std::vector<Announced> announced_;
  std::deque<Attributes> attributes_;  // of each announcement: they differ in the next hop
};

}  // namespace fairway::rislive
