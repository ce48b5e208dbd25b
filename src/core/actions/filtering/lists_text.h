// The lists of a document as text, as they are kept beside the configuration that was made from them: what the next
// build is compared with. One list begins with "prefixes NAME", "asns NAME" or "pairs NAME"; its entries follow, one a
// line.
//
//   fairway filter lists 1
//   prefixes AS64510_PREFIXES
//   192.0.2.0/24
//   198.51.100.0/22^23-24
//   asns AS64510_ORIGINS
//   64510-64511
//   pairs AS64510_BLACKHOLE
//   192.0.2.0/24 64510
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/actions/filtering/document.h"

namespace fairway::filtering {

struct KeptLists {
  std::vector<PrefixList> prefixes;
  std::vector<AsnList> asns;
  std::vector<PairList> pairs;
};

std::string print_lists(const Document& document);
// Errors (malformed) name the line.
Result<KeptLists> read_lists(std::string_view text);

}  // namespace fairway::filtering
