// The sanity verdict: what no AS path in the global table should hold, whatever it says. judge_sanity is hot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/as_path.h"

namespace fairway {

enum class SanityFinding : std::uint8_t {
  as_set,        // an AS_SET or AS_CONFED_SET: not to be used any more (RFC 9774 section 3)
  loop,          // an AS twice with others in between (RFC 4271 section 9.1.2: AS loop)
  private_asn,   // RFC 6996: not to be seen in the global table (section 4)
  reserved_asn,  // AS 0 (RFC 7607), AS_TRANS (RFC 6793), documentation (RFC 5398), last ones (RFC 7300), IANA's reserve
  too_long,      // longer than the limit
};
inline constexpr unsigned kSanityFindings = 5;
std::string_view to_string(SanityFinding finding);  // "as-set", "loop", "private-asn", "reserved-asn", "too-long"

// Longer paths than this (prepends counted, RFC 4271 section 9.1.2.2) are not of this world. Filters in the field are
// set to 32, 64 or 100; the widest of them.
inline constexpr std::uint16_t kLongestPath = 100;

struct SanityVerdict {
  std::uint8_t findings = 0;  // bit 1 << SanityFinding
  // Of private_asn, else reserved_asn, else loop: the place of the first such AS in path.asns(); else kNone.
  static constexpr std::uint16_t kNone = 0xFFFF;
  std::uint16_t at = kNone;
  std::uint32_t length = 0;  // RFC 4271 section 9.1.2.2

  bool clean() const { return findings == 0; }
  bool has(SanityFinding finding) const { return (findings >> static_cast<unsigned>(finding) & 1) != 0; }
  friend bool operator==(const SanityVerdict&, const SanityVerdict&) = default;
};
static_assert(sizeof(SanityVerdict) == 8);

SanityVerdict judge_sanity(const AsPath& path, std::uint16_t longest = kLongestPath);

// The place of the first AS (nearest to us) that comes again behind others; kNone if none. Confederation segments are
// passed over: they are inside of one AS.
std::uint32_t find_loop(const AsPath& path);
inline constexpr std::uint32_t kNoLoop = ~std::uint32_t{0};

struct SanityExplanation {
  struct Finding {
    SanityFinding finding{};
    std::string_view rule;  // "RFC 9774 section 3"
    std::string fact;       // "AS64512 is for private use"
  };
  SanityVerdict verdict;
  std::vector<Finding> findings;  // one for each kind and AS
};
SanityExplanation explain_sanity(const AsPath& path, std::uint16_t longest = kLongestPath);

}  // namespace fairway
