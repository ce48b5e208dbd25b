// RangeOperator: which of the more specifics of a prefix are meant (RFC 2622 section 2): "^-" all but itself, "^+" all
// and itself, "^24" those of one length, "^24-32" those of some. Applied to a set of prefixes it distributes over what
// each of them allows already, so that operators can be put behind each other. A value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway {

// Lengths of prefixes, both ends included.
struct PrefixLengths {
  std::uint8_t least = 0, most = 0;

  friend constexpr auto operator<=>(const PrefixLengths&, const PrefixLengths&) = default;
};

struct RangeOperator {
  static constexpr std::uint8_t kSame = 255;     // `most`: as it was
  static constexpr std::uint8_t kLongest = 128;  // `most`: whole addresses
  static constexpr std::uint8_t kAny = 255;      // `longest`: there is no limit

  std::uint8_t plus = 0;        // the least length grows by this
  std::uint8_t least = 0;       // and is no less than this
  std::uint8_t most = kSame;    // instead of the most length
  std::uint8_t longest = kAny;  // a least length beyond this leaves nothing (an operator further in, see then)

  constexpr bool is_none() const { return *this == RangeOperator{}; }

  // What becomes of lengths in a family of so many bits; nothing if no length is left.
  constexpr std::optional<PrefixLengths> apply(PrefixLengths lengths, unsigned bits) const {
    unsigned low = lengths.least + unsigned{plus}, high = most == kSame ? lengths.most : most;
    if (low < least) low = least;
    if (high > bits) high = bits;
    if (low > high || lengths.least > longest) return std::nullopt;
    return PrefixLengths{static_cast<std::uint8_t>(low), static_cast<std::uint8_t>(high)};
  }
  // This one first, then `outer`: {prefix^this}^outer. Nothing if that leaves nothing of any prefix.
  constexpr std::optional<RangeOperator> then(RangeOperator outer) const {
    unsigned limit = longest;
    if (most != kSame) {
      if (least > most || plus > most) return std::nullopt;
      if (limit > unsigned{most} - plus) limit = unsigned{most} - plus;
    }
    if (outer.longest != kAny) {
      if (least > outer.longest || plus > outer.longest) return std::nullopt;
      if (limit > unsigned{outer.longest} - plus) limit = unsigned{outer.longest} - plus;
    }
    unsigned low = least == 0 ? 0 : unsigned{least} + outer.plus;
    if (low < outer.least) low = outer.least;
    const unsigned shift = unsigned{plus} + outer.plus;
    if (low > kLongest || shift > kLongest) return std::nullopt;
    return RangeOperator{static_cast<std::uint8_t>(shift), static_cast<std::uint8_t>(low),
                         outer.most == kSame ? most : outer.most, static_cast<std::uint8_t>(limit)};
  }

  friend constexpr auto operator<=>(const RangeOperator&, const RangeOperator&) = default;
};

// "^-", "^+", "^24", "^24-32"; "" is none. Anything else, also "^32-24", is nothing.
std::optional<RangeOperator> parse_range_operator(std::string_view text);
// As parse_range_operator reads it. Operators put together by `then` may have no such form: the nearest is written.
void append_to(std::string& out, RangeOperator range);

}  // namespace fairway
