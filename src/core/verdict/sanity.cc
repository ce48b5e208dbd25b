#include "core/verdict/sanity.h"

#include "core/tables/bogon.h"

namespace fairway {

std::string_view to_string(SanityFinding finding) {
  switch (finding) {
    case kAsSet: return "as-set";
    case kLoop: return "loop";
    case kPrivateAsn: return "private-asn";
    case kReservedAsn: return "reserved-asn";
    case kTooLong: break;
  }
  return "too-long";
}

SanityVerdict judge_sanity(const AsPath& path) {
  SanityVerdict verdict;
  if (!path.is_plain()) verdict.findings |= kAsSet;
  if (path.length() > kMaxPathLength) verdict.findings |= kTooLong;
  const auto asns = path.asns();
  for (std::size_t i = 0; i < asns.size(); ++i) {
    if (i != 0 && asns[i] == asns[i - 1]) continue;
    if (const BogonAsn* row = bogon_asn(asns[i])) verdict.findings |= row->is_private ? kPrivateAsn : kReservedAsn;
    // Back to the last different AS and beyond: the same AS there is a loop. Only 128 are looked at, which bounds the
    // work that a hostile path can ask for; a longer one is too long anyway.
    for (std::size_t back = 2; back <= i && back <= 128; ++back) {
      if (asns[i - back] == asns[i]) {
        verdict.findings |= kLoop;
        break;
      }
    }
  }
  return verdict;
}

}  // namespace fairway
