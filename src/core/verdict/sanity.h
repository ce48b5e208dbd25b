// The sanity verdict: what no good AS path has, whatever anybody published. Needs no table.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/as_path.h"

namespace fairway {

enum SanityFinding : std::uint8_t {
  kAsSet = 1,        // an AS_SET or AS_CONFED_SET, or confederation segments outside of it (RFC 9774, RFC 5065)
  kLoop = 2,         // an AS comes back after another (RFC 4271 section 9.1.2)
  kPrivateAsn = 4,   // RFC 6996, anywhere in the path
  kReservedAsn = 8,  // IANA special-purpose, documentation and AS_TRANS (RFC 7607, 5398, 7300, 6793)
  kTooLong = 16,     // more than kMaxPathLength ASes, repetitions counted
};
inline constexpr std::uint8_t kSanityFindings[] = {kAsSet, kLoop, kPrivateAsn, kReservedAsn, kTooLong};
std::string_view to_string(SanityFinding finding);  // "as-set", "loop", "private-asn", "reserved-asn", "too-long"

// IXP Manager drops paths longer than 64; the global table's longest good ones stay below.
inline constexpr unsigned kMaxPathLength = 64;

// The findings as bits.
struct SanityVerdict {
  std::uint8_t findings = 0;

  bool clean() const { return findings == 0; }
  bool has(SanityFinding finding) const { return (findings & finding) != 0; }
  friend bool operator==(SanityVerdict, SanityVerdict) = default;
};

SanityVerdict judge_sanity(const AsPath& path);

}  // namespace fairway
