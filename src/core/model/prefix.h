// Prefix: a block of addresses, its host bits always zero. Ordered by family, then address, then length: a prefix
// stands right before the prefixes under it, so that a subtree is a contiguous run of a sorted table.
#pragma once

#include <algorithm>
#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ip_address.h"

namespace fairway {

class Prefix {
 public:
  constexpr Prefix() = default;  // 0.0.0.0/0
  // Bits behind `length` are cleared. `length` must not exceed the family's.
  constexpr Prefix(Family family, std::uint64_t high, std::uint64_t low, unsigned length)
      : high_(high & mask_high(length)),
        low_(low & mask_low(length)),
        length_(static_cast<std::uint8_t>(length)),
        family_(family) {}
  constexpr Prefix(const IpAddress& address, unsigned length)
      : Prefix(address.family, address.high, address.low, length) {}
  static constexpr Prefix host(const IpAddress& address) { return {address, address_bits(address.family)}; }

  constexpr Family family() const { return family_; }
  constexpr unsigned length() const { return length_; }
  constexpr std::uint64_t high() const { return high_; }
  constexpr std::uint64_t low() const { return low_; }
  constexpr IpAddress address() const { return {family_, high_, low_}; }
  constexpr IpAddress last_address() const {
    const unsigned bits = address_bits(family_);
    return {family_, high_ | (~mask_high(length_) & mask_high(bits)), low_ | (~mask_low(length_) & mask_low(bits))};
  }

  // Whether every address of `other` is in this one (a prefix covers itself).
  constexpr bool covers(const Prefix& other) const {
    return family_ == other.family_ && length_ <= other.length_ && ((high_ ^ other.high_) & mask_high(length_)) == 0 &&
           ((low_ ^ other.low_) & mask_low(length_)) == 0;
  }
  constexpr bool covers(const IpAddress& address) const { return covers(host(address)); }

  // The block of `length` bits (at most this one's) that holds this one.
  constexpr Prefix parent(unsigned length) const { return {family_, high_, low_, length}; }
  // The lower (0) or upper (1) half. This one must not be a single address.
  constexpr Prefix half(unsigned which) const {
    Prefix result{family_, high_, low_, length_ + 1u};
    if (which != 0) {
      if (length_ < 64) {
        result.high_ |= std::uint64_t{1} << (63 - length_);
      } else {
        result.low_ |= std::uint64_t{1} << (127 - length_);
      }
    }
    return result;
  }

  friend constexpr bool operator==(const Prefix&, const Prefix&) = default;
  friend constexpr std::strong_ordering operator<=>(const Prefix& a, const Prefix& b) {
    if (a.family_ != b.family_) return a.family_ <=> b.family_;
    if (a.high_ != b.high_) return a.high_ <=> b.high_;
    if (a.low_ != b.low_) return a.low_ <=> b.low_;
    return a.length_ <=> b.length_;
  }

  // The longest block that covers both. They must be of one family.
  friend constexpr Prefix common_block(const Prefix& a, const Prefix& b) {
    const std::uint64_t high = a.high_ ^ b.high_, low = a.low_ ^ b.low_;
    const int equal = high != 0 ? std::countl_zero(high) : 64 + std::countl_zero(low);
    return a.parent(std::min({static_cast<unsigned>(equal), a.length(), b.length()}));
  }

  static constexpr std::uint64_t mask_high(unsigned length) {
    return length == 0 ? 0 : length >= 64 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (64 - length);
  }
  static constexpr std::uint64_t mask_low(unsigned length) {
    return length <= 64 ? 0 : length >= 128 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (128 - length);
  }

 private:
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::uint8_t length_ = 0;
  Family family_ = Family::ipv4;
};

// "192.0.2.0/24", "2001:db8::/32". An address alone is a host prefix. Host bits that are set make it nothing unless
// `lenient`, which clears them.
std::optional<Prefix> parse_prefix(std::string_view text, bool lenient = false);

void append_to(std::string& out, const Prefix& prefix);
std::string to_string(const Prefix& prefix);

inline std::size_t hash_value(const Prefix& prefix) {
  return mix(prefix.high() ^ (std::uint64_t{prefix.length()} << 8 | static_cast<std::uint64_t>(prefix.family())),
             prefix.low());
}

}  // namespace fairway
