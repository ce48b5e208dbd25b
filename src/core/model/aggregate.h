// Aggregation of prefix ranges: the same prefixes in fewer lines.
#pragma once

#include <span>
#include <vector>

#include "core/model/prefix_range.h"

namespace fairway {

// What bgpq4 -A makes of a list, line by line and in its order. `ranges`: what with_more_specifics() returned, or exact
// ones; sorted, one for each prefix. Two halves of a block that accept the same are joined, from the longest prefixes
// up, but a line that was joined to another is not always looked at again: fewest_ranges() finds more. A prefix may
// come twice, with different lengths.
std::vector<PrefixRange> aggregate(std::span<const PrefixRange> ranges);

// The fewest ranges that accept exactly the same prefixes. Any ranges of one family, in any order. Sorted.
std::vector<PrefixRange> fewest_ranges(std::span<const PrefixRange> ranges);

// The fewest ranges of what `ranges` accept and `without` do not. Of one family, in any order.
std::vector<PrefixRange> subtract(std::span<const PrefixRange> ranges, std::span<const PrefixRange> without);

}  // namespace fairway
