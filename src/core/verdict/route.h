// The verdict on a route: all checks at once, from one World. What depends on the path alone is judged once for each
// distinct path, what depends on prefix and origin once for a run of equal ones, as a table has them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/attributes.h"
#include "core/model/prefix.h"
#include "core/tables/world.h"
#include "core/verdict/bogon.h"
#include "core/verdict/leak.h"
#include "core/verdict/origin.h"
#include "core/verdict/path.h"
#include "core/verdict/registry.h"
#include "core/verdict/sanity.h"

namespace fairway {

// Of the path (and OTC) alone.
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

// The session on which the route came.
struct Vantage {
  std::optional<Role> from;      // what the neighbour is to us; nullopt: it is a collector's session, which has no role
  std::optional<Asn> neighbour;  // nullopt: the path's first AS is not checked

  // Of ASPA verification (draft-ietf-sidrops-aspa-verification-28 sections 5.4 and 5.5): downstream from a provider, at
  // a collector (docs/deviations/aspa.md) and from a sibling (section 6.4); else upstream.
  Procedure procedure() const;
  friend bool operator==(const Vantage&, const Vantage&) = default;
};

// The tables of the leak verdict.
LeakTables leak_tables(const World& world);

// For one thread. The World must outlive it.
class RouteJudge {
 public:
  explicit RouteJudge(const World& world, Vantage vantage = {});

  // `key` as RouteEvent::attributes_key of one decoder: equal keys, equal attributes; 0: not known.
  RouteVerdict judge(const Prefix& prefix, const Attributes& attributes, std::uint32_t key);

  // The same in two steps. A part is remembered by its path; references live until the next call.
  const PathPart& part(const AsPath& path, std::optional<Asn> otc);
  RouteVerdict judge(const Prefix& prefix, const PathPart& part);

  // For many routes in no order: verdicts[i] = judge(routes[i].prefix, routes[i].part), the tables' memory asked for
  // ahead. Spans of one length.
  struct Route {
    Prefix prefix;
    PathPart part;
  };
  void judge(std::span<const Route> routes, std::span<RouteVerdict> verdicts);

  const World& world() const { return world_; }
  const Vantage& vantage() const { return vantage_; }
  std::size_t distinct_paths() const { return known_.size(); }

 private:
  struct Known {
    PathPart part;
    std::size_t first = 0, end = 0;  // its words in words_
  };
  PathPart judge_part(const AsPath& path, std::optional<Asn> otc) const;
  std::uint32_t find(const AsPath& path, std::optional<Asn> otc);  // its place in known_
  void forget();

  const World& world_;
  const Vantage vantage_;
  const LeakTables leak_tables_;
  std::vector<Known> known_;
  std::vector<std::uint32_t> words_;                                // the known paths, each as words, end to end
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> places_;  // hash of a path's words -> its place in known_
  std::vector<std::uint32_t> of_key_;                               // key -> its path's place in known_ plus one
  std::vector<std::uint32_t> asked_;                                // the path at hand as words

  Prefix last_prefix_;  // and what was said of it
  PathOrigin last_origin_;
  bool has_last_ = false;
  RouteVerdict last_;

  std::vector<PrefixOrigin> pairs_;  // of a batch
  std::vector<OriginVerdict> origins_;
};

}  // namespace fairway
