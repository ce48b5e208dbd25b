// TABLE_DUMP (RFC 6396 section 4.2): one route a record. RIS of 1999 to 2001 wrote many entries behind one view and
// sequence number, and did not count these four octets in the record's length.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/cursor.h"

namespace fairway::mrt {

inline constexpr std::size_t kUncountedOctets = 4;

// The octets of an entry without its attributes, for each subtype; 0 for unknown ones.
constexpr std::size_t table_dump_entry_size(std::uint16_t subtype) {
  constexpr std::size_t kSizes[] = {0, 18, 42, 20, 44};
  return subtype < 5 ? kSizes[subtype] : 0;
}

// How many octets more than `length` a body has, which starts `octets` (a body and what follows it): kUncountedOctets
// if its entries go exactly so far, and `leads_on(octets to skip)` finds a record or the end there and not where
// `length` says; else 0.
template <class LeadsOn>
std::size_t uncounted_octets(Bytes octets, std::uint16_t subtype, std::size_t length, const LeadsOn& leads_on) {
  const std::size_t fixed = table_dump_entry_size(subtype);
  if (fixed == 0 || length < fixed) return 0;  // not even one entry
  std::size_t at = kUncountedOctets;           // view and sequence number
  while (at < length) {
    if (at + fixed > octets.size()) return 0;
    at += fixed + (std::size_t{octets[at + fixed - 2]} << 8 | octets[at + fixed - 1]);
  }
  if (at != length + kUncountedOctets) return 0;
  // What cannot be seen yet is taken for granted: next_record asks for more octets then.
  if (at > octets.size()) return kUncountedOctets;
  return leads_on(at) && (octets.size() < length + 12 || !leads_on(length)) ? kUncountedOctets : 0;
}

}  // namespace fairway::mrt
