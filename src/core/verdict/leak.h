// The leak verdict: was the route handed on where it should not have been? Types 1 to 4 of RFC 7908 section 3, seen in
// one path. Four kinds of evidence, each named:
//
//   relationship  an AS hands what it has from a provider or peer to a provider or peer (valley-free rule)
//   tier1         an AS stands between two members of the provider-free clique
//   peerlock      an AS that never transits (a large content network) stands between two networks that are not its
//                 customers
//   otc           RFC 9234: after the AS named in OTC, a hop that does not go down to a customer
//
// Relationships are inferred, so the absence of one is no evidence: where a link is unknown the answer may be unknown.
// In the path without repetitions, and without route servers, B leaks when (A, B, C) is "A heard it from B, B from C":
//
//   A is B's      C is B's     type
//   provider      provider     1   hairpin turn
//   peer          peer         2   lateral
//   peer          provider     3   a provider's route to a peer
//   provider      peer         4   a peer's route to a provider
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/model/as_path.h"
#include "core/tables/exchange.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"

namespace fairway {

enum class LeakState : std::uint8_t { unknown, none, leak };
std::string_view to_string(LeakState state);  // "unknown", "none", "leak"

enum LeakEvidence : std::uint8_t { kByRelationship = 1, kByOtc = 2, kByPeerlock = 4, kByTier1 = 8 };
inline constexpr LeakEvidence kLeakEvidence[] = {kByRelationship, kByOtc, kByPeerlock, kByTier1};
std::string_view to_string(LeakEvidence evidence);  // "relationship", "otc", "peerlock", "tier1"

// What the verdict needs of the World. Null: not loaded.
struct LeakTables {
  const RelationshipTable* relationships = nullptr;
  const OrganisationTable* organisations = nullptr;
  const ExchangeTable* exchanges = nullptr;
};

struct LeakVerdict {
  LeakState state = LeakState::unknown;
  std::uint8_t type = 0;  // 1 to 4; 0: no leak, or its relationships are not known
  std::uint8_t by = 0;    // LeakEvidence bits
  std::array<Asn, 3> hop{};  // A, B, C as above: B leaked it to A. Of the leak nearest the origin.

  friend bool operator==(const LeakVerdict&, const LeakVerdict&) = default;
};

// `otc`: the route's Only-to-Customer attribute, as a collector sees it.
LeakVerdict judge_leak(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc);

// Large content networks that offer no transit. Used for `peerlock`: a link to one of them from a network that is
// neither its customer nor of its organisation, handed on by it, is a leak.
std::span<const Asn> networks_without_transit();

}  // namespace fairway
