// The route and route6 objects (RFC 2622 section 4, RFC 4012 section 3) of a registry's dump: which AS its registrants
// say may originate a prefix. Any RPSL dump can be read: objects of other classes are counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/read/reading.h"
#include "core/tables/irr.h"

namespace fairway {

struct RouteObjectDump {
  // How many objects of a class a registry has in the file, those left out included.
  struct Count {
    std::string registry;  // "" where the objects have no source
    std::string name;      // of the class, lower case
    std::size_t objects = 0;
    friend bool operator==(const Count&, const Count&) = default;
  };

  std::vector<RouteObject> objects;     // in the file's order; `registry` counts into `registries`
  std::vector<std::string> registries;  // by their `source`, upper case
  std::vector<Count> counts;            // sorted
  Skips skips;                          // route objects that cannot be read; where: their line
};

// Error: refused without any object; malformed if most route objects cannot be read. A dump of other classes alone is
// fine, and has no `objects`.
Result<RouteObjectDump> read_route_objects(Bytes bytes);

}  // namespace fairway
