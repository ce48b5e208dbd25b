// Expectation: what my network is and what it means to announce. Network is the value that network.yaml writes down
// (docs/formats/network.md); Expectation is the same, frozen and indexed, as the checks ask it. Const for ever,
// shareable between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

// What the neighbour is to me. RFC 9234 speaks of the local side: to emit its roles, invert (a neighbour `customer` is
// the local role provider; rs and rs_client likewise).
enum class Role : std::uint8_t { customer, provider, peer, rs, rs_client, sibling };

std::string_view to_string(Role role);  // "customer", "provider", "peer", "rs", "rs-client", "sibling"
std::optional<Role> parse_role(std::string_view text);

// A prefix of mine, and who may announce it.
struct OwnPrefix {
  Prefix prefix{};
  std::vector<Asn> origins{};                // sorted, unique; empty: nobody is meant to announce it
  std::optional<std::uint8_t> max_length{};  // the longest more-specific that the origins may announce; unset: none
  bool occasional = false;  // announced at times only (backup, DDoS protection): its absence is no outage
  bool ignore = false;      // not watched, nor is what lies under it
  std::string description{};

  friend bool operator==(const OwnPrefix&, const OwnPrefix&) = default;
};

// One BGP session with a neighbour. Addresses as configured on the two ends.
struct OwnSession {
  IpAddress address{};                       // the neighbour's
  std::optional<IpAddress> local_address{};  // mine
  std::string interface{};                   // where the neighbour's packets come in
  std::string router{};
  bool gtsm = false;          // both ends agreed on GTSM (RFC 5082): packets come from one hop away
  bool tcp_ao = false;        // the secret is for TCP-AO (RFC 5925); else for TCP MD5 (RFC 2385)
  std::string secret_file{};  // holds the session's secret; empty: it has none

  friend bool operator==(const OwnSession&, const OwnSession&) = default;
};

// How many prefixes a neighbour may announce (max-prefix). Unset: not known.
struct PrefixLimits {
  std::optional<std::uint32_t> ipv4{}, ipv6{};

  friend bool operator==(const PrefixLimits&, const PrefixLimits&) = default;
};

struct Neighbour {
  Asn asn{};
  std::optional<Role> role{};      // unset: not known
  std::optional<Asn> local_asn{};  // of mine, the one it is a neighbour of; unset: of any
  std::string name{};
  std::vector<std::string> as_sets{};  // what it says it may announce: "RIPE::AS-EXAMPLE"
  std::vector<OwnSession> sessions{};
  PrefixLimits limits{};
  bool blackhole = false;         // it may ask me to drop traffic to its prefixes (RFC 7999)
  bool peer_lock = false;         // its AS is in no path that another neighbour but a provider announces
  std::vector<Prefix> beacons{};  // of its own, which must pass my filter whatever the registries say today

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

// Who to call (MANRS Action 3). `role` is one of "noc", "abuse", "technical", "policy", "maintenance".
struct OwnContact {
  std::string role{}, name{}, email{}, phone{}, url{};

  friend bool operator==(const OwnContact&, const OwnContact&) = default;
};

// An exchange point where I am connected.
struct OwnExchange {
  std::string name{};
  std::optional<std::uint32_t> peeringdb_id{};  // of the `ix` object
  std::vector<IpAddress> addresses{};           // mine on its LANs
  bool route_server = false;                    // I have sessions with its route servers
  std::vector<Prefix> lans{};                   // its peering LANs, where PeeringDB does not say

  friend bool operator==(const OwnExchange&, const OwnExchange&) = default;
};

// Something that looks wrong and is agreed, for a while. Unset fields match everything.
struct OwnException {
  std::string kind{};              // the incident's kind: "hijack", "leak", "outage"; empty: any
  std::optional<Prefix> prefix{};  // it and what lies under it
  std::optional<Asn> asn{};        // the AS that does it
  Instant expires{};               // not from this instant on
  std::string reason{};

  friend bool operator==(const OwnException&, const OwnException&) = default;
};

// A validator's RTR service.
struct RtrCache {
  IpAddress address{};
  std::uint16_t port = 323;

  friend bool operator==(const RtrCache&, const RtrCache&) = default;
};

// How filters are made, whoever the neighbour is.
struct FilteringSettings {
  std::vector<RtrCache> rtr{};      // whom routers ask for VRPs; empty: they cannot judge origins
  std::uint32_t longest_path = 64;  // ASNs in a path
  bool clients_blackhole = false;   // of a route server: clients may ask to drop traffic to their prefixes
  std::uint32_t headroom = 15;      // percent that a limit is above what is known to be announced
  // Where traffic to blackholes goes: 192.0.2.1 by custom, and the discard prefix of RFC 6666.
  IpAddress blackhole4 = IpAddress::ipv4(0xC0000201), blackhole6 = IpAddress::ipv6(0x0100000000000000, 1);

  friend bool operator==(const FilteringSettings&, const FilteringSettings&) = default;
};

struct Network {
  std::vector<Asn> asns{};  // mine
  std::vector<OwnPrefix> prefixes{};
  std::vector<Neighbour> neighbours{};
  bool providers_complete = false;  // every provider is listed: any other above me is an incident
  bool customers_complete = false;  // every customer is listed: any other below me is an incident
  std::vector<OwnContact> contacts{};
  std::vector<OwnExchange> exchanges{};
  std::vector<OwnException> exceptions{};
  FilteringSettings filtering{};

  friend bool operator==(const Network&, const Network&) = default;
};

class Expectation {
 public:
  // Sorts prefixes by prefix (duplicates merge: origins add up) and neighbours by ASN.
  static Expectation build(Network network);

  const Network& network() const { return network_; }
  bool owns(Asn asn) const;

  // The most specific prefix of mine that covers `prefix` (or is it), or null. One that is ignored hides those above
  // it.
  const OwnPrefix* covering(const Prefix& prefix) const;
  // My prefixes that lie under `prefix` or are it: what a super-prefix announcement touches.
  std::span<const OwnPrefix> under(const Prefix& prefix) const;

  // How an announcement of `prefix` by `origin` fits.
  enum class Fit : std::uint8_t {
    elsewhere,     // not my address space, or ignored
    intended,      // the prefix, its origin and its length are as written
    wrong_origin,  // my prefix (or a more-specific one) from an AS that is not written there
    too_specific,  // the right origin, but longer than max_length allows
  };
  Fit fit(const Prefix& prefix, Asn origin) const;

  // The neighbours of that ASN (several if each is of another local ASN).
  std::span<const Neighbour> neighbours(Asn asn) const;

  // The first exception in force at `now` for an incident of `kind` that `asn` does to `prefix`, or null.
  const OwnException* excuse(std::string_view kind, const Prefix& prefix, Asn asn, Instant now) const;

 private:
  Network network_;
};

}  // namespace fairway
