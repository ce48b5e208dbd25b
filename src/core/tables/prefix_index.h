// PrefixIndex: for any address, the longest of many prefixes that covers it, in two or three cache lines. Frozen.
//
// The prefixes cut the address space into segments; each segment has one longest prefix. A trie finds the segment. Its
// nodes look at the next 8, 16 or 24 bits of the address at once, and hold one value for every *run* of slots that have
// the same answer. Three shapes, chosen by how many runs there are:
//
//   list    up to 17 runs of 16-bit slots: the slots where runs begin, sorted, then the values
//   bits8   256 slots: a bit for each slot where a run begins, then the values; a value's place is the number of bits
//           up to the slot
//   wide    slots of 16 bits, or of 24 at the root: the same, with the count so far beside every 64 bits; only where
//           there are so many segments that this costs at most 12 octets a segment
//
// A value is a prefix's id, or another node. IPv4 stands in the upper 32 of the same 128 bits
// (core/model/ip_address.h).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

class PrefixIndex {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Takes prefixes in their sorted order, each once, with ids below 2^31.
  class Builder {
   public:
    // Returns the id of the longest prefix added so far that covers this one, or kNone.
    std::uint32_t add(const Prefix& prefix, std::uint32_t id);
    PrefixIndex build();  // once

   private:
    friend class PrefixIndex;
    struct Boundary {  // from this address on, `value` is the answer
      std::uint64_t high, low;
      std::uint32_t value;
    };
    struct Open {
      Prefix prefix;
      std::uint32_t id;
    };
    void close_innermost();
    void begin_segment(Family family, std::uint64_t high, std::uint64_t low, std::uint32_t value);

    std::vector<Boundary> boundaries_[2];  // IPv4, IPv6
    std::vector<Open> open_;               // covering the last one added, shortest first
  };

  // The id of the longest prefix that covers the address, or kNone.
  std::uint32_t find(const IpAddress& address) const {
    Cursor cursor = start(address);
    while (is_node(cursor.value)) cursor.value = *locate(cursor);
    return cursor.value;
  }

  // The same in steps, for lookups in batches: locate() finds in one node where the next value stands, and moves on to
  // the bits behind; line_of() is what it will read.
  struct Cursor {
    std::uint64_t high, low;  // the bits not looked at yet, left-aligned
    std::uint32_t value;
  };
  Cursor start(const IpAddress& address) const {
    return {address.high, address.low, root_[address.family == Family::ipv4 ? 0 : 1]};
  }
  static bool is_node(std::uint32_t value) { return value - kNode < kNone - kNode; }
  [[gnu::always_inline]] const std::uint32_t* locate(Cursor& cursor) const;
  const void* line_of(const Cursor& cursor) const {
    const std::uint32_t shape = shape_of(cursor.value);
    const std::uint64_t block = cursor.high >> (shape == wide24 ? 40 : 48) >> 6;
    return node_of(cursor.value) + (shape >= wide16 ? 3 * block : 0);
  }

  std::size_t octets() const { return lines_.size() * sizeof(Line); }

 private:
  // A value from kNode on is a node: its shape, and its place in words (2 GiB of them).
  enum Shape : std::uint32_t { list = 0, bits8 = 1, wide16 = 2, wide24 = 3 };
  static constexpr std::uint32_t kNode = std::uint32_t{1} << 31;
  static constexpr unsigned kPlaceBits = 29;
  static Shape shape_of(std::uint32_t value) { return static_cast<Shape>(value >> kPlaceBits & 3); }
  const std::uint32_t* node_of(std::uint32_t value) const {
    return lines_.data()->words + (value & ((std::uint32_t{1} << kPlaceBits) - 1));
  }

  // What stands before a node's values. list: a word with the keys' words and the last run, then the keys. bits8: a
  // word with how many bits are set in the first 64, 128 and 192 slots, then the bits. wide: for every 64 slots their
  // bits and how many are set before them.
  static constexpr std::size_t kWordsPerLine = 16;
  static constexpr std::size_t kBits8Words = 9;
  static constexpr std::size_t wide_words(unsigned stride) { return std::size_t{3} << (stride - 6); }

  struct alignas(64) Line {
    std::uint32_t words[kWordsPerLine];
  };
  class Trie;

  // Bits set in `bits` from the top bit down to `slot` (0 to 63, slot 0 is the top bit).
  static std::uint32_t count_to(std::uint64_t bits, unsigned slot) {
    bits >>= 63 - slot;
    bits -= bits >> 1 & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return static_cast<std::uint32_t>(bits * 0x0101010101010101 >> 56);
  }

  // How many of eight sorted 16-bit keys are at most `slot`.
  static std::uint32_t count_up_to(const std::uint32_t* keys, std::uint16_t slot) {
    using Keys [[gnu::vector_size(16)]] = std::uint16_t;
    using Halves [[gnu::vector_size(16)]] = std::uint64_t;
    Keys eight;
    std::memcpy(&eight, keys, sizeof eight);
    const auto halves = (Halves)(eight <= slot);
    const std::uint64_t ones = 0x0001000100010001;
    return static_cast<std::uint32_t>(((halves[0] & ones) + (halves[1] & ones)) * ones >> 48);
  }

  std::vector<Line> lines_ = std::vector<Line>(1);
  std::uint32_t root_[2] = {kNone, kNone};
};

inline const std::uint32_t* PrefixIndex::locate(Cursor& cursor) const {
  const std::uint32_t* node = node_of(cursor.value);
  const Shape shape = shape_of(cursor.value);
  const std::uint32_t* at;
  unsigned stride = 16;
  switch (shape) {
    case list: {
      const auto slot = static_cast<std::uint16_t>(cursor.high >> 48);
      const std::uint32_t key_words = node[0] & 0xFF;
      std::uint32_t run = count_up_to(node + 1, slot);
      if (key_words > 4) run += count_up_to(node + 5, slot);
      at = node + 1 + key_words + std::min(run, node[0] >> 8);  // what fills the keys up is the last slot
      break;
    }
    case bits8: {
      stride = 8;
      const auto slot = static_cast<unsigned>(cursor.high >> 56);
      std::uint64_t bits;
      std::memcpy(&bits, node + 1 + slot / 64 * 2, 8);
      const std::uint32_t before = node[0] >> slot / 64 * 8 & 0xFF;
      at = node + kBits8Words + before + count_to(bits, slot % 64) - 1;
      break;
    }
    default: {
      stride = shape == wide24 ? 24 : 16;
      const std::uint64_t slot = cursor.high >> (64 - stride);
      const std::uint32_t* block = node + slot / 64 * 3;
      std::uint64_t bits;
      std::memcpy(&bits, block, 8);
      at = node + wide_words(stride) + block[2] + count_to(bits, slot % 64) - 1;
    }
  }
  cursor.high = cursor.high << stride | cursor.low >> (64 - stride);
  cursor.low <<= stride;
  return at;
}

}  // namespace fairway
