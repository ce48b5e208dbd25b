// The registries' statistics, plain and extended: who was given which addresses and AS numbers, and, in the extended
// form, which are free or reserved. A header, summaries, then one record a line:
//
//   version|registry|serial|records|startdate|enddate|UTCoffset
//   registry|country|asn,ipv4,ipv6|start|value|date|status[|opaque-id]
//
// `value` counts addresses (ipv4) or AS numbers, or is a prefix length (ipv6). An ipv4 block that is no prefix is cut
// into the fewest that cover it. The date of the whole is the header's enddate.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/instant.h"
#include "core/read/reading.h"
#include "core/tables/delegation.h"

namespace fairway {

struct Delegations {
  std::string registry;   // "afrinic", "apnic", "arin", "iana", "lacnic", "ripencc"; lower case
  bool extended = false;  // it lists what is free: what it leaves out is not the registry's
  // Delegation::registry is 0 in all of them.
  std::vector<DelegationTable::Block> blocks;
  std::vector<DelegationTable::AsRange> as_ranges;
  std::optional<Instant> date;
  std::size_t records = 0;  // lines that were read
  Skips skips;              // where: the line
};

bool is_delegations(Bytes head);
// Error also if the file's records are fewer than nine tenths of what its header or its summaries announce: it was cut
// off.
Result<Delegations> read_delegations(Bytes bytes);

}  // namespace fairway
