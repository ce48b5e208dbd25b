// Document: what neighbours may announce to me and what I announce to them (MANRS Action 1), in no router's language.
// Composed from what my network is (network.yaml) and what the registries and the RPKI say (compose.h); asked route by
// route (evaluate.h); written as configuration by core/report/policy. A value.
//
// A policy is a list of clauses in the order in which they are asked; the first that refuses or lets in decides. Every
// clause is a row of clauses.def, with the sentence for people and the standard or MANRS clause that asks for it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/attributes.h"
#include "core/model/ip_address.h"
#include "core/model/prefix_range.h"
#include "core/tables/expectation.h"
#include "core/tables/world.h"

namespace fairway::filtering {

enum class Effect : std::uint8_t { reject, accept, act };

enum class Kind : std::uint8_t {
#define CLAUSE(kind, name, effect, sentence, source, euro_ix) kind,
#include "core/actions/filtering/clauses.def"
#undef CLAUSE
};

struct KindRow {
  std::string_view name;  // "bogon-prefix"
  Effect effect;
  std::string_view sentence;  // why, for people
  std::string_view source;    // who asks for it
  unsigned euro_ix;           // N of AS:1101:N; 0: none
};
const KindRow& row_of(Kind kind);
std::span<const KindRow> all_kinds();  // by Kind

inline constexpr std::size_t kNone = ~std::size_t{0};

struct AsnRange {
  Asn first, last;
  friend auto operator<=>(const AsnRange&, const AsnRange&) = default;
};

// Prefixes, the fewest ranges that say them, sorted; by family (0 IPv4, 1 IPv6).
struct PrefixList {
  std::string name;  // letters, digits and '_'; each once in a document
  std::string what;  // for people
  std::array<std::vector<PrefixRange>, 2> ranges;

  bool accepts(const Prefix& prefix) const;
  const std::vector<PrefixRange>& of(Family family) const { return ranges[family == Family::ipv6]; }
};

struct AsnList {
  std::string name, what;
  std::vector<AsnRange> ranges;  // sorted, apart from each other

  bool contains(Asn asn) const;
};

// Which AS may announce anything in which block: what a blackhole route is held against.
struct PairList {
  struct Pair {
    Prefix prefix;
    Asn origin;
    friend auto operator<=>(const Pair&, const Pair&) = default;
  };
  std::string name, what;
  std::vector<Pair> pairs;  // sorted, each once

  bool allows(const Prefix& prefix, Asn origin) const;
  std::optional<Asn> origin_of(const Prefix& prefix) const;  // of the most specific block over it
};

// Large communities AS:3:N say what I learned a route from (RFC 8195 section 3.2); AS is mine.
inline constexpr std::uint32_t kRelationFunction = 3;
enum class Relation : std::uint32_t { own = 1, customer = 2, peer = 3, provider = 4 };
Relation relation_of(Role role);

inline constexpr unsigned kUpstream = 0, kDownstream = 1;

struct Clause {
  Kind kind{};
  std::size_t list = kNone;  // what it asks: an index into the document's prefix, ASN or pair lists, by kind
  unsigned number = 0;       // path_length: the most ASNs; learned_from: the Relation; aspa: kUpstream, kDownstream

  friend bool operator==(const Clause&, const Clause&) = default;
};

// What was wished for and is not in the policy, and why: "rov: no validator is named in network.yaml". A gap that
// MANRS requires is a gap in conformance.
struct Gap {
  Kind kind{};
  std::string why;
  friend bool operator==(const Gap&, const Gap&) = default;
};

// The session as such.
struct SessionPolicy {
  OwnSession session;
  Family family{};                          // of the addresses; that is what it carries
  std::optional<std::uint32_t> max_prefix;  // of that family
  std::string max_prefix_from;              // "network.yaml", "PeeringDB and 15 %", ...
  std::string secret;                       // what the secret file holds; whoever writes configuration fills it in
};

struct NeighbourPolicy {
  Asn asn{}, local_asn{};
  Role role{};
  std::string name, title;  // "AS64510", in configuration; "Example Transit", for people
  std::vector<SessionPolicy> sessions;
  std::vector<Clause> import, export_;
  std::vector<Gap> gaps;
  bool blackhole = false;
  std::vector<Prefix> beacons;       // must pass the import
  std::vector<std::string> remarks;  // how the allowed prefixes came about
  std::string refused;               // why its lists could not be made: they are empty (Allowed::refused)
};

struct Document {
  Asn local_asn{};  // of the first neighbour; each has its own
  FilteringSettings settings;
  bool route_server = false;
  std::vector<PrefixList> prefix_lists;
  std::vector<AsnList> asn_lists;
  std::vector<PairList> pair_lists;
  std::vector<NeighbourPolicy> neighbours;
  std::vector<TableSource> sources;  // of the World it was composed from
};

// What the clause asks; the clause must have a list of that sort.
inline const PrefixList& prefixes_of(const Document& document, const Clause& clause) {
  return document.prefix_lists[clause.list];
}
inline const AsnList& asns_of(const Document& document, const Clause& clause) {
  return document.asn_lists[clause.list];
}
inline const PairList& pairs_of(const Document& document, const Clause& clause) {
  return document.pair_lists[clause.list];
}

// The document of at most so many of its neighbours, spread over all of them, with the lists that these ask.
Document some_neighbours(const Document& document, std::size_t most);

}  // namespace fairway::filtering
