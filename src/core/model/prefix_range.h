// PrefixRange: a block and how long the prefixes in it may be: what one line of a router's prefix list accepts, and
// what RPSL's range operators say (RFC 2622 section 2). Lists of ranges are sorted by prefix, then by least and most.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/prefix.h"

namespace fairway {

struct PrefixRange {
  [[no_unique_address]] Prefix prefix;  // so that the two lengths stand in its last octets
  std::uint8_t least = 0, most = 0;     // prefix.length() <= least <= most <= the family's bits

  static PrefixRange only(const Prefix& prefix) {
    const auto length = static_cast<std::uint8_t>(prefix.length());
    return {prefix, length, length};
  }

  // It and every prefix in it, down to single addresses.
  static PrefixRange all_of(const Prefix& prefix) {
    return {prefix, static_cast<std::uint8_t>(prefix.length()),
            static_cast<std::uint8_t>(address_bits(prefix.family()))};
  }

  // The prefix itself and nothing else.
  bool exact() const { return most == prefix.length(); }
  bool accepts(const Prefix& other) const {
    return prefix.covers(other) && other.length() >= least && other.length() <= most;
  }

  friend auto operator<=>(const PrefixRange&, const PrefixRange&) = default;
};
static_assert(sizeof(PrefixRange) == 24);

// "192.0.2.0/24", or with an operator behind it: ^- every more specific prefix, ^+ these and itself, ^n those of length
// n, ^n-m those of the lengths n to m. Host bits are cleared, for registries hold such prefixes. Nothing if it cannot
// be read or no prefix would be in it.
std::optional<PrefixRange> parse_prefix_range(std::string_view text);

// How many prefixes ranges that do not overlap accept; more than `most` are `most`.
std::size_t count_prefixes(std::span<const PrefixRange> ranges, std::size_t most);

// Sorted, each once. Ranges that overlap stay as they are.
void sort_ranges(std::vector<PrefixRange>& ranges);

// Every prefix that some range accepts, as exact ranges, sorted, each once. `longest` leaves out what is longer.
// `refused` where that would be more than `limit`.
Result<std::vector<PrefixRange>> enumerate(std::vector<PrefixRange> ranges, unsigned longest, std::size_t limit);

// Lets more specific prefixes in, as bgpq4 does for -R (`upto`, 0: not asked) and then -r (`from`, 0: not asked; then
// `upto` must be there). `exact` are exact ranges, sorted, each once. -R: a prefix shorter than `upto` accepts all
// lengths to it, and swallows those in it of at most that length; longer ones stay. -r: a prefix not longer than `from`
// accepts only lengths from it on.
std::vector<PrefixRange> with_more_specifics(std::span<const PrefixRange> exact, unsigned from, unsigned upto);

}  // namespace fairway
