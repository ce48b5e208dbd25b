// The leak verdict: was the route handed on where it should not have been? Types 1 to 4 of RFC 7908 section 3, seen in
// one path. What an AS has from a provider or a peer it may hand to its customers alone. Four kinds of evidence, each
// named:
//
//   relationship  an AS hands what it has from a provider or peer to a provider or peer (valley-free rule)
//   tier1         an AS hands what it has from a network without providers to another such network
//   peerlock      a network that carries nobody's traffic (core/tables/peerlock.h) stands between two others, or its
//                 own routes go up through an AS that is none of its providers
//   otc           RFC 9234: after the AS named in OTC, a hop that does not go down to a customer; and its ingress rules
//                 where the role of our own session is known
//
// Relationships are inferred, so the absence of one is no evidence: where one that would decide is not known, or is a
// peering with a much smaller network that may as well be a customer, the answer is unknown, never leak.
// docs/decisions/leaks.md says why each rule is as it is.
//
// B leaks when (A, B, C) is "A heard it from B, B from C":
//
//   A is B's      C is B's     type
//   provider      provider     1   hairpin turn
//   peer          peer         2   lateral
//   peer          provider     3   a provider's route to a peer
//   provider      peer         4   a peer's route to a provider
//
// Before that the path loses its repetitions, its confederation segments and the route servers that put themselves in;
// ASes of one organisation in a row count as one, with the last of them, nearest to us, as B. Where an AS_SET stands or
// the path holds a loop, what hops are real is not known: unknown, except for a leak in the plain part before the set.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/as_path.h"
#include "core/tables/exchange.h"
#include "core/tables/expectation.h"
#include "core/tables/organisation.h"
#include "core/tables/peerlock.h"
#include "core/tables/relationship.h"

namespace fairway {

enum class LeakState : std::uint8_t { unknown, none, leak };
std::string_view to_string(LeakState state);  // "unknown", "none", "leak"

// Why it is unknown.
enum class LeakReason : std::uint8_t {
  none,
  no_table,      // no relationships are loaded, and what is known without them does not decide
  unknown_link,  // a relationship that would decide is not known
  as_set,
  loop,
  too_long,  // more than 128 ASes, repetitions not counted
  empty,     // no AS is named
};
std::string_view to_string(
    LeakReason reason);  // "", "no-table", "unknown-link", "as-set", "loop", "too-long", "empty-path"

enum LeakEvidence : std::uint8_t { kByRelationship = 1, kByOtc = 2, kByPeerlock = 4, kByTier1 = 8 };
inline constexpr LeakEvidence kLeakEvidence[] = {kByRelationship, kByOtc, kByPeerlock, kByTier1};
std::string_view to_string(LeakEvidence evidence);  // "relationship", "otc", "peerlock", "tier1"

// What the verdict needs of the World. Null: not loaded; of peerlocks: the built-in ones.
struct LeakTables {
  const RelationshipTable* relationships = nullptr;
  const OrganisationTable* organisations = nullptr;
  const ExchangeTable* exchanges = nullptr;
  const PeerlockTable* peerlocks = nullptr;
};

struct LeakVerdict {
  LeakState state = LeakState::unknown;
  std::uint8_t type = 0;     // 1 to 4; 0: no leak, or its relationships are not known
  std::uint8_t by = 0;       // LeakEvidence bits
  std::array<Asn, 3> hop{};  // A, B, C as above: B leaked it to A. Of the leak nearest the origin. A is 0: to us
  LeakReason reason = LeakReason::no_table;

  friend bool operator==(const LeakVerdict&, const LeakVerdict&) = default;
};

// `otc`: the route's Only-to-Customer attribute. `from`: what the neighbour is to us, where the session's role is
// known; a collector has none, and the neighbour's hop to it is not judged. No allocation.
LeakVerdict judge_leak(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc,
                       std::optional<Role> from = std::nullopt);

// The verdict with everything it rests on.
struct LeakExplanation {
  // What the receiver of a hop is to its sender; origin first. Hops inside of one organisation are no hops.
  struct Hop {
    Asn sender, receiver;  // receiver 0: us
    Relationship receiver_is = Relationship::unknown;
    bool by_route_server = false;  // a route server of the path stood in between
    bool doubted = false;          // unknown although the table says peer (RelationshipTable::doubts_peering)
  };
  struct Leak {
    std::array<Asn, 3> hop{};
    std::uint8_t type = 0;
    std::uint8_t by = 0;
    std::vector<std::pair<LeakEvidence, std::string>> facts;  // one sentence for each piece of evidence
  };
  LeakVerdict verdict;
  std::vector<Hop> hops;
  std::vector<Leak> leaks;                    // all of them, nearest to the origin first
  std::vector<std::array<Asn, 3>> undecided;  // where a relationship that would decide is not known
};
LeakExplanation explain_leak(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc,
                             std::optional<Role> from = std::nullopt);

}  // namespace fairway
