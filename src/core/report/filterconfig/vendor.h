// What the writers of the vendors' languages share: strings that cannot break out, and lists in the shapes that these
// languages ask for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/report/filterconfig/output.h"

namespace fairway::filterconfig {

using filtering::AsnList;
using filtering::AsnRange;
using filtering::PairList;
using filtering::PrefixList;

// A text for people: letters, digits, blanks and ".,:_/+()@-"; every other octet is left out, so that it ends no
// string, line or statement of any language.
std::string plain(std::string_view text);

// Whether a secret can be written as it is: visible ASCII without `forbidden`, and not empty. One that cannot is not
// written at all, for a changed one is as good as none.
bool is_writable(std::string_view secret, std::string_view forbidden);

// The blocks of one family, with everything in them, by the origin that may announce them; and what such a list is
// called.
std::map<Asn, std::vector<PrefixRange>> by_origin(const PairList& list, Family family);
std::string pairs_name(const PairList& list, Asn origin, Family family);

// The same prefixes for a reader that looks at the longest block covering a route and at no other (GoBGP): each block
// lets in what the blocks around it let in below it. A block may come more than once, with different lengths.
std::vector<PrefixRange> for_longest_match(const std::vector<PrefixRange>& ranges);

// A regular expression that matches the decimal numbers from `first` to `last` and no others, between separators:
// "6451[2-9]|645[2-9][0-9]|...".
std::string decimals(std::uint32_t first, std::uint32_t last);

// The neighbour's addresses: from where a route's next hop must be.
std::vector<IpAddress> addresses_of(const NeighbourPolicy& policy, Family family);

// Whether some import asks the list of that index by a clause of that kind.
bool is_asked_by(const Document& document, Kind kind, std::size_t list);

// Whether a session has a role (RFC 9234); one with a sibling has none.
inline bool has_role(Role role) { return role != Role::sibling; }

// "2001:db8::1/128".
inline Prefix host(const IpAddress& address) { return Prefix(address, address_bits(address.family)); }

// "AS64510_IMPORT_V4", "FW_BOGONS_V4".
inline std::string policy_name(const NeighbourPolicy& policy, Family family, bool is_export) {
  return policy.name + (is_export ? "_EXPORT_" : "_IMPORT_") + std::string(v4_or_v6(family));
}
inline std::string list_name(const PrefixList& list, Family family) {
  return list.name + "_" + std::string(v4_or_v6(family));
}

}  // namespace fairway::filterconfig
