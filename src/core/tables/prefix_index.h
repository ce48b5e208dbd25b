// PrefixIndex: for any address, the longest of many prefixes that covers it, in two or three cache lines. Frozen.
//
// The prefixes cut the address space into segments; each segment has one longest prefix. A trie finds the segment. Its
// nodes look at the next 8 or 16 bits of the address at once, and hold one value for every *run* of slots that have
// the same answer. Three shapes, chosen by how many runs there are:
//
//   list    up to 17 runs of 16-bit slots: the slots where runs begin, sorted, then the values
//   bits8   256 slots: a bit for each slot where a run begins, then the values; a value's place is the number of bits
//           up to the slot
//   bits16  65,536 slots: the same, with the count so far beside every 64 bits; for 1,024 segments and more
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
    while (is_node(cursor.value)) step(cursor);
    return cursor.value;
  }

  // The same in steps, for lookups in batches: each step() touches one node, prefetch() asks for it beforehand.
  struct Cursor {
    std::uint64_t high, low;  // the bits not looked at yet, left-aligned
    std::uint32_t value;
  };
  Cursor start(const IpAddress& address) const {
    return {address.high, address.low, root_[address.family == Family::ipv4 ? 0 : 1]};
  }
  static bool is_node(std::uint32_t value) { return (value & kNode) != 0 && value != kNone; }
  void step(Cursor& cursor) const;
  void prefetch(const Cursor& cursor) const {
    const Line* line = &lines_[(cursor.value & ~kNode) / kWordsPerLine];
    __builtin_prefetch(line);
    __builtin_prefetch(line + 1);
  }

  std::size_t octets() const { return lines_.size() * sizeof(Line); }

 private:
  static constexpr std::uint32_t kNode = std::uint32_t{1} << 31;
  static constexpr std::size_t kWordsPerLine = 16;

  // The first word of a node. list: shape | values' place << 8 | runs - 1 << 16; bits8: shape | bits set in the first
  // 64, 128, 192 slots << 8, 16, 24; bits16: shape. Then the keys or bits, then the values.
  enum Shape : std::uint32_t { list = 0, bits8 = 1, bits16 = 2 };
  static constexpr std::size_t kBits8Words = 8;
  static constexpr std::size_t kBits16Words = 3 * 1024;  // 64 bits, their count so far

  struct alignas(64) Line {
    std::uint32_t words[kWordsPerLine];
  };
  class Trie;

  const std::uint32_t* words() const { return lines_.data()->words; }
  // Bits set in `bits` from the top bit down to `slot` (0 to 63, slot 0 is the top bit).
  static std::uint32_t count_to(std::uint64_t bits, unsigned slot) {
    bits >>= 63 - slot;
    bits -= bits >> 1 & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return static_cast<std::uint32_t>(bits * 0x0101010101010101 >> 56);
  }

  std::vector<Line> lines_ = std::vector<Line>(1);
  std::uint32_t root_[2] = {kNone, kNone};
};

inline void PrefixIndex::step(Cursor& cursor) const {
  const std::uint32_t* node = words() + (cursor.value & ~kNode);
  const std::uint32_t head = node[0];
  unsigned stride = 16;
  switch (head & 3) {
    case list: {
      const auto slot = static_cast<std::uint16_t>(cursor.high >> 48);
      const std::uint32_t values = head >> 8 & 0xFF;
      std::uint16_t keys[16];
      std::uint32_t run = 0;
      std::memcpy(keys, node + 1, 16);
      for (int i = 0; i < 8; ++i) run += keys[i] <= slot;
      if (values > 5) {
        std::memcpy(keys + 8, node + 5, 16);
        for (int i = 8; i < 16; ++i) run += keys[i] <= slot;
      }
      cursor.value = node[values + std::min(run, head >> 16)];  // what fills the keys up is the last slot
      break;
    }
    case bits8: {
      const auto slot = static_cast<unsigned>(cursor.high >> 56);
      std::uint64_t bits;
      std::memcpy(&bits, node + 1 + slot / 64 * 2, 8);
      const std::uint32_t before = (head - bits8) >> slot / 64 * 8 & 0xFF;
      cursor.value = node[kBits8Words + before + count_to(bits, slot % 64)];
      stride = 8;
      break;
    }
    default: {
      const auto slot = static_cast<unsigned>(cursor.high >> 48);
      const std::uint32_t* block = node + 1 + slot / 64 * 3;
      std::uint64_t bits;
      std::memcpy(&bits, block, 8);
      cursor.value = node[kBits16Words + block[2] + count_to(bits, slot % 64)];
    }
  }
  cursor.high = cursor.high << stride | cursor.low >> (64 - stride);
  cursor.low <<= stride;
}

}  // namespace fairway
