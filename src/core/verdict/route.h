// The verdict on a route: all checks at once. A Judge keeps what depends on the path alone, so that each distinct path
// is judged once; one thread, and the World must outlive it.
#pragma once

#include <cstdint>
#include <optional>

#include "core/model/attributes.h"
#include "core/model/prefix.h"
#include "core/tables/world.h"
#include "core/verdict/bogon.h"
#include "core/verdict/leak.h"
#include "core/verdict/origin.h"
#include "core/verdict/path.h"
#include "core/verdict/registry.h"
#include "core/verdict/sanity.h"

#include <boost/unordered/unordered_flat_map.hpp>

namespace fairway {

// Of the path alone.
struct PathPart {
  PathOrigin origin;
  PathVerdict path;
  LeakVerdict leak;
  SanityVerdict sanity;

  friend bool operator==(const PathPart&, const PathPart&) = default;
};

struct RouteVerdict {
  OriginVerdict origin;
  RegistryVerdict registry;
  BogonVerdict bogon;
  PathPart of_path;

  friend bool operator==(const RouteVerdict&, const RouteVerdict&) = default;
};

// What the session is on which the route came: it decides the procedure of ASPA verification.
struct Vantage {
  Procedure procedure = Procedure::downstream;  // a collector's (docs/deviations/aspa.md)
  std::optional<Asn> neighbour;                 // nullopt: not checked
};

class RouteJudge {
 public:
  explicit RouteJudge(const World& world, Vantage vantage = {});

  PathPart judge_path(const AsPath& path, std::optional<Asn> otc) const;
  // `key` as RouteEvent::attributes_key: equal keys, equal attributes; 0: not known.
  RouteVerdict judge(const Prefix& prefix, const Attributes& attributes, std::uint32_t key);
  // The prefix with the path part known.
  RouteVerdict judge(const Prefix& prefix, const PathPart& part) const;

 private:
  const World& world_;
  Vantage vantage_;
  LeakTables leak_tables_;
  std::uint32_t last_key_ = 0;
  PathPart last_;
  boost::unordered_flat_map<std::uint32_t, PathPart> parts_;
};

}  // namespace fairway
