// What stands in the lists of as-set and route-set objects (RFC 2622 sections 5.1 and 5.2, RFC 4012 section 4.2): AS
// numbers, names of sets, prefixes, each with a range operator where a route-set is meant; and the names of sets, which
// may be hierarchical (AS1:AS-CUSTOMERS) and, by the custom of today's tools, pinned to a registry (RIPE::AS-FOO).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/model/range_operator.h"

namespace fairway {

struct SetMember {
  enum class Kind : std::uint8_t { asn, set, prefix };

  Kind kind = Kind::asn;
  Asn asn;
  Prefix prefix;
  std::string name;    // of a set, upper case
  std::string source;  // the registry it is pinned to, upper case; mostly empty
  RangeOperator range;
};

// "AS64500", "AS-FOO", "AS1:AS-FOO^24", "RIPE::AS-FOO", "192.0.2.0/24^+"; anything else is nothing.
std::optional<SetMember> parse_set_member(std::string_view text);

// The name of a set in upper case: components of letters, digits, '-' and '_' between single colons, at least one of
// which is the name of a set (with a '-') and the others AS numbers. Nothing if it is none.
std::optional<std::string> parse_set_name(std::string_view text);

// The values of a list: what stands between commas and blanks.
std::vector<std::string_view> split_list(std::string_view value);

}  // namespace fairway
