// Expansion: from the names of sets to ASes, and from those to prefixes (RFC 2622 section 5), with everything that one
// should know about the sets on the way. Nothing here fails to end: sets are visited once, and what grows beyond the
// limits of the options stops and says so.
//
//   Expansion expansion = expand_asns(world, {"AS-FOO", "AS64500", "RIPE::AS-BAR"}, options);
//   auto prefixes = expand_prefixes(world, expansion, Family::ipv4, options);
//
// Which object holds where several registries have one of the name: that of the first source in the options' order,
// else in the order of World::trust, as IRRd does. Names are compared ignoring case and told in upper case.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/model/range_operator.h"
#include "core/tables/irr_sets.h"

namespace fairway {

struct World;

struct ExpandOptions {
  std::vector<std::string> sources{};  // registries, in order, of those that World::trust believes; empty: all of
                                       // them. "RPKI": each VRP is a route object
  unsigned depth = 0;                  // levels of sets that are followed, the named ones are the first; 0: all
  std::vector<std::string> except{};   // sets and ASes that are not followed: "AS-FOO", "AS64500"
  bool allow_private = false;          // keep ASes that are private or reserved: they are told all the same
  bool keep_invalid = false;           // keep route objects that ROV calls invalid (World::registry_rpki)
  std::size_t most_asns = 1'000'000;
  std::size_t most_prefixes = 10'000'000;
};

inline constexpr std::uint32_t kNamed = ~std::uint32_t{0};  // `via` of what was named itself

struct ExpandedAsn {
  Asn asn;
  std::uint32_t via = kNamed;  // the set as whose member it was found first: an index into Expansion::sets
  RangeOperator range;         // for its prefixes: of the route-sets on the way
};
struct ExpandedSet {
  std::string name, source;
  std::uint32_t via = kNamed;
  unsigned depth = 0;  // of a named one: 0
  std::uint32_t id = SetTable::kNone;
  RangeOperator range;
};

// Levels of sets beyond which nobody means it. The first set that lies deeper is told.
inline constexpr unsigned kUnusualDepth = 30;

struct SetFinding {
  enum class Kind : std::uint8_t {
    missing,              // a set, an AS number or a source that nobody has
    cycle,                // sets that contain each other
    too_deep,             // a set that ExpandOptions::depth leaves out; one deeper than kUnusualDepth, which stays
    too_many,             // a limit was reached: the expansion is not whole
    private_member,       // an AS number for private use
    reserved_member,      // an AS number that nobody may use
    collision,            // another registry has a set of the same name with other members
    transit_free_member,  // a network that buys no transit, as somebody's customer
  } kind;
  std::string where;  // the set it is about, "RIPE::AS-FOO"; empty: the request
  std::string what;   // the member; a sentence fragment where several things are to be told
  friend bool operator==(const SetFinding&, const SetFinding&) = default;
};
std::string_view to_string(SetFinding::Kind kind);  // "missing", ..., "transit-free-member"

struct Expansion {
  std::vector<ExpandedAsn> asns;  // sorted by AS and range, each once
  std::vector<ExpandedSet> sets;  // each after the one it was found in
  std::vector<SetFinding> findings;
  bool complete = true;  // everything that was asked for is there: no named object is missing, no limit was reached
};

// `objects`: AS numbers, names of sets, "SOURCE::SET". World::sets null: every set is missing.
Expansion expand_asns(const World& world, std::span<const std::string> objects, const ExpandOptions& options);

inline constexpr std::uint32_t kRoa = ~std::uint32_t{0};  // `object`: a VRP of this prefix and origin
inline constexpr std::uint32_t kMember = kRoa - 1;        // `object`: a member of a route-set; it has no origin

struct ExpandedPrefix {
  Prefix prefix;
  std::uint8_t least = 0, most = 0;  // lengths that are meant; both the prefix's own where no range operator says else
  Asn origin;
  std::uint32_t object = kMember;  // an id of World::irr, kRoa or kMember
};

// What these ASes originate by route objects and VRPs, and what stands in the route-sets. Sorted; each prefix and its
// lengths once, by a route object rather than a VRP. Error: refused, if there are more than `most_prefixes`.
Result<std::vector<ExpandedPrefix>> expand_prefixes(const World& world, const Expansion& expansion, Family family,
                                                    const ExpandOptions& options);

// The set of that name which holds, of this class or any; kNone if there is none.
std::uint32_t find_set(const World& world, std::string_view name, std::optional<SetClass> only,
                       const ExpandOptions& options);

// "AS-FOO > RIPE::AS-BAR > AS64500": how an AS came in.
std::string path_of(const Expansion& expansion, const ExpandedAsn& asn);

}  // namespace fairway
