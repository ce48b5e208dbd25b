// The leak verdict: did every AS of the path hand the route on only to where it may? RFC 7908 types 1 to 4. What an AS
// has from a provider or a peer it may hand to its customers alone ("valley-free"). Evidence, strongest first:
//
//   otc           the route says itself that it went down or sideways (RFC 9234, OTC): after the AS that it names,
//   every
//                 hop must go down. At a session whose role is known: the ingress rules of section 5.
//   relationship  what the ASes on both sides are to the one in the middle
//   tier1         an AS between two networks that have no provider, or three such networks in a row: none of them buys
//                 from the others, so nobody in between may connect them
//   peerlock      a network that carries nobody's traffic in between two others (core/tables/peerlock.h)
//
// Honest: a hop whose relation is not known next to a hop that may not be followed by any but a downhill one makes the
// verdict unknown, never leak. docs/decisions/leaks.md tells why each rule is as it is.
//
// Before it is judged, a path loses its repetitions, confederation segments, and route servers that put themselves in;
// ASes of one organisation in a row count as one. A path with an AS_SET or a loop is unknown unless its plain part
// holds a leak (a loop: always unknown).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/asn.h"
#include "core/tables/expectation.h"
#include "core/tables/relationship.h"

namespace fairway {

class ExchangeTable;
class OrganisationTable;
class PeerlockTable;
struct World;

enum class LeakState : std::uint8_t { unknown, none, leak };
std::string_view to_string(LeakState state);  // "unknown", "none", "leak"

// Why it is unknown.
enum class LeakReason : std::uint8_t {
  none,
  no_table,      // no relationships are loaded
  unknown_link,  // a relation that would decide is not known
  as_set,        // the path holds an AS_SET
  loop,          // the path holds a loop
};
std::string_view to_string(LeakReason reason);  // "", "no-table", "unknown-link", "as-set", "loop"

enum class LeakEvidence : std::uint8_t { relationship, otc, peerlock, tier1 };
inline constexpr unsigned kLeakEvidences = 4;
std::string_view to_string(LeakEvidence evidence);

struct LeakVerdict {
  static constexpr std::uint16_t kNone = 0xFFFF;

  LeakState state : 4 = LeakState::unknown;
  LeakReason reason : 4 = LeakReason::no_table;
  std::uint8_t type : 4 = 0;  // RFC 7908 section 3, 1 to 4; 0: no leak, or the relations that tell it are not known
  std::uint8_t by : 4 = 0;    // bit 1 << LeakEvidence, of the hop below
  // The leak nearest to the origin, or, where the verdict is unknown, the first place that would have to be known:
  // places in path.asns() of the AS that should not have handed the route on, of the one that it had it from, and of
  // the one that it gave it to (kNone: us).
  std::uint16_t leaker = kNone, from = kNone, to = kNone;

  bool has(LeakEvidence evidence) const { return (by >> static_cast<unsigned>(evidence) & 1) != 0; }
  friend bool operator==(const LeakVerdict&, const LeakVerdict&) = default;
};
static_assert(sizeof(LeakVerdict) == 8);

// The tables that it asks; null: not loaded. Cheap to copy; the tables must outlive it.
struct LeakKnowledge {
  const RelationshipTable* relationships = nullptr;
  const OrganisationTable* organisations = nullptr;
  const ExchangeTable* exchanges = nullptr;
  const Expectation* expectation = nullptr;  // the roles of my neighbours are known for certain
  const PeerlockTable* peerlocks = nullptr;  // null: the built-in ones

  LeakKnowledge() = default;
  explicit LeakKnowledge(const World& world);

  // What b is to a. ASes of one organisation: `is_sibling`, before which nothing else counts.
  Relationship relation(Asn a, Asn b) const;
  bool is_sibling(Asn a, Asn b) const;
  bool is_route_server(Asn asn) const;
  // Whether it has no provider: in the loaded relationships' clique; without relationships, by a built-in list.
  bool is_tier1(Asn asn) const;
  const PeerlockTable& locks() const;
};

// `otc`: the OTC attribute's AS. `from`: what the neighbour is to us, where the session's role is known; at a collector
// nothing is said, and the neighbour's own hop to us is not judged.
LeakVerdict judge_leak(const LeakKnowledge& knowledge, const AsPath& path, std::optional<Asn> otc = {},
                       std::optional<Role> from = {});

struct LeakExplanation {
  // Whoever handed it on where it should not have gone, with each piece of evidence.
  struct Leak {
    Asn from, leaker;
    std::optional<Asn> to;  // nullopt: us
    std::uint8_t type = 0;
    std::uint8_t by = 0;                                      // bit 1 << LeakEvidence
    std::vector<std::pair<LeakEvidence, std::string>> facts;  // "AS3356 is a provider of AS64500"
  };
  // One hop of the path that was judged, origin first: what the receiver is to the sender.
  struct Hop {
    Asn sender, receiver;
    Relationship receiver_is = Relationship::unknown;
    bool sibling = false;          // of one organisation
    bool by_route_server = false;  // a route server of the path stood in between
  };
  LeakVerdict verdict;
  std::vector<Hop> hops;
  std::vector<Leak> leaks;       // all of them, nearest to the origin first
  std::vector<Hop> undecided;    // hops whose relation would have to be known
  std::string_view description;  // one sentence
  std::string_view rule;         // "RFC 7908 section 3.1"
};
LeakExplanation explain_leak(const LeakKnowledge& knowledge, const AsPath& path, std::optional<Asn> otc = {},
                             std::optional<Role> from = {});

}  // namespace fairway
