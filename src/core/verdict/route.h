// The verdict on a whole route: all checks at once, from one World. RouteJudge is hot: what depends on the path alone
// is judged once for each distinct path, what depends on prefix and origin once for each run of equal ones.
// explain_route gives the same verdict with everything it rests on.
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

struct RouteVerdict {
  OriginVerdict origin;
  PathVerdict path;
  RegistryVerdict registry;
  LeakVerdict leak;
  BogonVerdict bogon;
  SanityVerdict sanity;

  friend bool operator==(const RouteVerdict&, const RouteVerdict&) = default;
};

struct JudgeOptions {
  // What the neighbour is to us. Not said: a collector, which is told what a customer is told (downstream procedure of
  // ASPA verification, no check of the neighbour's AS).
  std::optional<Role> from;
  std::uint16_t longest_path = kLongestPath;
};

// The ASPA procedure for a session (draft-ietf-sidrops-aspa-verification-28 sections 5.4, 5.5, 6.4): downstream from a
// provider, a sibling (a session of mixed roles) and at a collector; upstream from everyone else.
Procedure procedure_from(std::optional<Role> role);

// What follows from a path (and OTC) alone.
struct PathPart {
  PathOrigin origin;
  PathVerdict path;
  LeakVerdict leak;
  BogonVerdict bogon;  // the origin's half
  SanityVerdict sanity;
};
PathPart judge_path_part(const World& world, const LeakKnowledge& knowledge, const AsPath& path, std::optional<Asn> otc,
                         const JudgeOptions& options);

// One judge for each thread. It must not outlive the World.
class RouteJudge {
 public:
  explicit RouteJudge(const World& world, JudgeOptions options = {});

  // `key`: RouteEvent::attributes_key of one decoder; 0: not known. forget_keys() before another decoder's keys.
  RouteVerdict judge(const Prefix& prefix, const Attributes& attributes, std::uint32_t key = 0);
  void forget_keys() { keys_.clear(); }

  // The path's part, remembered by content. Valid until the next call.
  const PathPart& path_part(const AsPath& path, std::optional<Asn> otc);
  // The rest, and all of it put together.
  RouteVerdict judge(const Prefix& prefix, const PathPart& part);
  // The same for many, the tables' memory asked for ahead. Spans of one length; parts[i] may be null: no path was
  // given, then the verdicts that need one stay as they are constructed and the origin is routes[i].origin.
  void judge(std::span<const PrefixOrigin> routes, std::span<const PathPart* const> parts,
             std::span<RouteVerdict> verdicts);

  const World& world() const { return world_; }
  const JudgeOptions& options() const { return options_; }
  std::size_t distinct_paths() const { return parts_.size(); }

 private:
  struct Known {
    PathPart part;
    std::uint32_t first = 0, end = 0;  // its words in words_
  };
  std::uint32_t find(const AsPath& path, std::optional<Asn> otc);

  const World& world_;
  LeakKnowledge knowledge_;
  JudgeOptions options_;
  std::vector<Known> known_;
  std::vector<std::uint32_t> words_;                                // of all known paths, one behind the other
  std::vector<std::uint32_t> asked_;                                // the words of the path at hand
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> places_;  // their hash -> the place in known_
  std::vector<std::uint32_t> keys_;                                 // attributes_key -> 1 + the place in known_
  std::optional<PrefixOrigin> last_;
  RouteVerdict last_verdict_;  // of last_: origin, registry, and the prefix's half of bogon
};

// What explain_route tells. Without a path, what needs one is left as it is constructed.
struct RouteExplanation {
  Prefix prefix;
  PathOrigin origin;
  bool has_prefix = false, has_path = false;
  RouteVerdict verdict;
  OriginExplanation origin_explanation;
  PathExplanation path_explanation;
  RegistryExplanation registry_explanation;
  LeakExplanation leak_explanation;
  BogonExplanation bogon_explanation;
  SanityExplanation sanity_explanation;
};

// What is asked about: a prefix and an origin, a path, or both (then the origin is the path's).
struct RouteQuestion {
  std::optional<Prefix> prefix;
  std::optional<Asn> origin;  // where there is no path
  std::optional<AsPath> path;
  std::optional<Asn> otc;
};
RouteExplanation explain_route(const World& world, const RouteQuestion& question, const JudgeOptions& options = {});

}  // namespace fairway
