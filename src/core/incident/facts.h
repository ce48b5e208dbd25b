// Facts: the questions that the detectors and the weighing of evidence ask of the World, with honest "unknown" where a
// table is not loaded. Answers for people name what decided. Remembers what is dear to compute: for one thread.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/incident/baseline.h"
#include "core/model/as_path.h"
#include "core/model/prefix.h"

namespace fairway {

class Expectation;
struct World;

enum class Standing : std::uint8_t { unknown, not_found, valid, invalid };      // of a prefix and origin in a registry
enum class Kinship : std::uint8_t { unknown, none, provider, customer, peer };  // what the second AS is to the first

// A leak in a path: from `key.from` over `key.leaker` to `key.to`.
struct LeakFinding {
  LeakKey key;  // type 0: none
  bool by_relationship = false, by_otc = false, by_peerlock = false, by_tier1 = false, by_role = false;
  std::optional<Asn> otc;
};

// A hop of a path that its customer's ASPA denies.
struct DeniedHop {
  Asn customer, provider;
};

class Facts {
 public:
  explicit Facts(const World& world) : world_(world) {}
  const World& world() const { return world_; }
  void world_changed() { cones_.clear(); }
  const Expectation* expectation() const;
  std::string_view version() const;

  bool has_rpki() const;
  bool has_irr() const;
  bool has_aspas() const;
  bool has_organisations() const;

  struct Answer {
    Standing standing = Standing::unknown;
    std::string fact;
  };
  Answer rpki(const Prefix& prefix, Asn origin) const;
  Answer irr(const Prefix& prefix, Asn origin) const;
  std::optional<DeniedHop> aspa_denies(const AsPath& path) const;  // the hop that makes the path invalid

  bool knows_relationships() const;
  bool knows_relationships_of(Asn asn) const;
  Kinship kinship(Asn a, Asn b) const;
  bool has_customers(Asn asn) const;
  std::uint32_t cone(Asn asn) const;  // ASes in its customer cone; 0: not known
  bool same_organisation(Asn a, Asn b) const;

  // By relationships and OTC (core/verdict/leak), and by the roles of my neighbours where the path leads through my
  // network.
  LeakFinding leak(const AsPath& path, std::optional<Asn> otc) const;

  std::optional<std::string> bogon(const Prefix& prefix) const;        // special-purpose: its name in the registry
  std::optional<std::string> unallocated(const Prefix& prefix) const;  // by the RIRs' delegations
  std::optional<std::string> bogon_asn(Asn asn) const;                 // private or reserved: its name in the registry
  std::optional<std::string> unassigned(Asn asn) const;                // by the RIRs' delegations
  // Where both were delegated in one country: its code.
  std::optional<std::string> one_country(const Prefix& prefix, Asn asn) const;
  bool is_route_server(Asn asn) const;
  std::optional<std::string> exchange_lan(const Prefix& prefix) const;
  bool protects_others(Asn asn) const;  // a DDoS-protection network (GRIP's published list)
  std::string country(Asn asn) const;   // ISO 3166; empty: not known

  std::string name(Asn asn) const;  // "AS64500", with its name if one is known: "AS64500 (EXAMPLE)"

 private:
  const World& world_;
  mutable boost::unordered_flat_map<std::uint32_t, std::uint32_t> cones_;  // walked once each
};

}  // namespace fairway
