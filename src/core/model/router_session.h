// RouterSession: a BGP session as a router's configuration has it: with whom, and what protects it besides the filters
// themselves. Lines are those of the configuration, from 1; 0: there is none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/model/asn.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

// What this router is to its neighbour (BGP Role, RFC 9234 section 4.1).
enum class LocalRole : std::uint8_t { provider, rs, rs_client, customer, peer };

enum class Direction : std::uint8_t { import, export_ };

// One direction of one address family.
struct SessionPolicy {
  bool present = false;    // a policy is named or written; without one the dialect's default decides
  std::uint32_t line = 0;  // where
  std::string name{};      // of the filter, policy or list; empty: written in place, or several
};

// One address family of a session.
struct SessionFamily {
  bool active = false;
  SessionPolicy import{}, export_{};
  std::optional<std::uint32_t> max_prefix{};  // limit of what the neighbour may announce
  std::uint32_t max_prefix_line = 0;
  bool keeps_rejected = false;  // what the neighbour sent stays (Adj-RIB-In), for when ROV changes (RFC 9324)

  const SessionPolicy& policy(Direction direction) const { return direction == Direction::import ? import : export_; }
};

struct RouterSession {
  std::string name{};   // as the configuration names it: a protocol, or the neighbour's address
  std::string group{};  // peer group, template; may be empty
  std::uint32_t line = 0;
  std::optional<IpAddress> remote{};
  std::optional<Prefix> remote_range{};  // for neighbours that are accepted from a block of addresses
  std::optional<Asn> remote_asn{}, local_asn{};
  bool internal = false;                    // IBGP
  std::array<SessionFamily, 2> families{};  // IPv4, IPv6
  bool gtsm = false;                        // RFC 5082
  bool authentication = false;              // TCP-AO (RFC 5925) or TCP MD5 (RFC 2385)
  bool enforces_first_as = false;           // the neighbour's AS must stand first (RFC 4271 section 6.3)
  bool accepts_own_asn = false;             // paths with the local AS in them are not dropped as loops
  bool rejects_as_sets = false;             // RFC 9774, by a switch: filters may do it too
  std::optional<LocalRole> local_role{};    // RFC 9234
  bool strict_role = false;

  SessionFamily& family(Family family) { return families[family == Family::ipv4 ? 0 : 1]; }
  const SessionFamily& family(Family family) const { return families[family == Family::ipv4 ? 0 : 1]; }
};

}  // namespace fairway
