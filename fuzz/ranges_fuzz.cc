// uses: core/model base
//
// Lists of ranges, each four octets of the input: what aggregation makes of them accepts exactly the same prefixes, and
// the fewest ranges are no more than any other way that we know, and stay as they are when they are asked again.
#include <algorithm>
#include <set>
#include <vector>

#include "core/model/aggregate.h"
#include "hold.h"

using namespace fairway;

namespace {

// Prefixes of 24 to 32 bits: a block small enough to be told prefix by prefix.
std::set<Prefix> accepted(const std::vector<PrefixRange>& ranges) {
  std::set<Prefix> prefixes;
  const auto exact = enumerate(ranges, 32, 1'000'000);
  hold(exact.has_value(), "the ranges of one /24 are too many");
  for (const PrefixRange& one : *exact) prefixes.insert(one.prefix);
  return prefixes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Plan plan{data, data + std::min<std::size_t>(size, 4 * 64)};
  std::vector<PrefixRange> ranges;
  while (plan.at != plan.end) {
    const unsigned length = 24 + plan.next() % 9, least = length + plan.next() % (33 - length);
    const unsigned most = least + plan.next() % (33 - least);
    ranges.push_back({{IpAddress::ipv4(0xC0000200u | plan.next()), length},
                      static_cast<std::uint8_t>(least),
                      static_cast<std::uint8_t>(most)});
  }
  sort_ranges(ranges);
  const auto wanted = accepted(ranges);
  const auto fewest = fewest_ranges(ranges);
  hold(accepted(fewest) == wanted, "the fewest ranges accept something else");
  hold(fewest.size() <= ranges.size(), "the fewest are more");
  hold(fewest_ranges(fewest) == fewest, "the fewest can be fewer");

  const auto exact = enumerate(ranges, 32, 1'000'000);
  const auto joined = aggregate(*exact);
  hold(accepted(joined) == wanted, "aggregation accepts something else");
  hold(fewest.size() <= joined.size(), "aggregation found fewer");
  for (const unsigned upto : {25u, 28u, 32u}) {
    const auto wide = with_more_specifics(*exact, 0, upto);
    const auto now = accepted(wide);
    hold(std::includes(now.begin(), now.end(), wanted.begin(), wanted.end()), "more specifics took something away");
    hold(accepted(aggregate(wide)) == now, "aggregation of more specifics accepts something else");
  }
  return 0;
}
