// Bogons: what must not be seen in the global table whatever anybody announces, built in from IANA's registries:
//
//   IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates; as of October 2025): the rows that are
//   not globally reachable, and those under them that are; multicast (RFC 5771, RFC 4291), class E (RFC 1112); IPv6
//   outside of 2000::/3
//   Special-Purpose Autonomous System Numbers (RFC 7249 and the RFCs named)
//
// Of some blocks the registry says neither yes nor no ("N/A"), for it depends on the mechanism. Where relays announce
// the block so that others find them, the block itself is no bogon and anything in it is: 6to4 (2002::/16, RFC 3056
// section 5.2), Teredo (2001::/32, RFC 4380), and likewise the well-known prefix of NAT64 (64:ff9b::/96, RFC 6052
// section 3.2). The anycast prefix of 6to4 relays (192.88.99.0/24) is deprecated since 2015 (RFC 7526), and filtered in
// practice: a bogon, also in archives from when it was none.
//
// Unallocated space is not built in: it comes from loaded delegations alone (core/tables/delegation.h).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/model/asn.h"
#include "core/model/prefix.h"

namespace fairway {

struct BogonPrefix {
  enum class Announced : std::uint8_t {
    never,   // neither the block nor anything in it
    itself,  // the block may be, nothing in it
    freely,  // all of it may be, though it lies in a block that may not
  };

  Prefix prefix;
  std::string_view name;  // as the registry calls it
  std::string_view rule;  // "RFC 1918"
  Announced announced = Announced::never;
};

struct BogonAsn {
  Asn first, last;
  std::string_view name;
  std::string_view rule;
  bool is_private = false;  // for private use; else reserved
};

std::span<const BogonPrefix> bogon_prefixes();  // sorted; of several that cover a prefix the longest speaks
std::span<const BogonAsn> bogon_asns();         // sorted

// The row that speaks against the prefix: one that covers it, or a block never announced that lies under it (a route
// for 0.0.0.0/1 carries bogons too; the default route, which is no route of the global table, does not count). Null:
// none.
const BogonPrefix* bogon_prefix(const Prefix& prefix);
const BogonAsn* bogon_asn(Asn asn);

}  // namespace fairway
