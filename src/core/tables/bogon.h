// Bogons: what must not be seen in the global table whatever anybody announces, built in from IANA's registries:
//
//   IPv4 Special-Purpose Address Registry, IPv6 Special-Purpose Address Registry (RFC 6890 and its updates): the rows
//   that are not globally reachable; multicast (RFC 5771, RFC 4291), class E (RFC 1112); IPv6 outside of 2000::/3
//   Special-Purpose Autonomous System Numbers (RFC 7249 and the RFCs named)
//
// Unallocated space is not built in: it comes from loaded delegations alone (core/tables/delegation.h).
#pragma once

#include <span>
#include <string_view>

#include "core/model/asn.h"
#include "core/model/prefix.h"

namespace fairway {

struct BogonPrefix {
  Prefix prefix;
  std::string_view name;  // as the registry calls it
  std::string_view rule;  // "RFC 1918"
};

struct BogonAsn {
  Asn first, last;
  std::string_view name;
  std::string_view rule;
  bool is_private = false;  // for private use; else reserved
};

std::span<const BogonPrefix> bogon_prefixes();  // sorted, none under another
std::span<const BogonAsn> bogon_asns();         // sorted

// The row that covers the prefix, or lies under it (a route for 0.0.0.0/1 carries bogons too; the default route, which
// is no route of the global table, does not count). Null: none.
const BogonPrefix* bogon_prefix(const Prefix& prefix);
const BogonAsn* bogon_asn(Asn asn);

}  // namespace fairway
