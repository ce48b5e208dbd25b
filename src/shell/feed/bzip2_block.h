// The blocks of a bzip2 stream one by one. A stream is "BZh" and a level 1 to 9, then blocks, then an end mark with a
// checksum of all blocks. Blocks begin at any bit; each begins with a 48-bit magic and its CRC and needs nothing of the
// others, so they can be decoded side by side once one knows where they begin. The magic may also occur inside a block
// by chance or malice: only decoding tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace fairway::bzip2 {

inline constexpr std::uint64_t kBlockMagic = 0x314159265359;
inline constexpr std::uint64_t kEndMagic = 0x177245385090;

// No compressed block is longer: 900,001 symbols of at most 20 bits, the tables before them, generously.
inline constexpr std::size_t kLongestBlock = 2'500'000;

// `count` (at most 57) bits of `bytes` from bit `at` on (0: the first octet's highest), as a number. Bits behind the
// end are zero.
std::uint64_t bits_at(Bytes bytes, std::uint64_t at, unsigned count);

// The first bit at or behind `from` where kBlockMagic stands; all 48 bits must be inside.
std::optional<std::uint64_t> find_block(Bytes bytes, std::uint64_t from);

struct Block {
  enum class State : std::uint8_t { good, damaged, needs_more };
  State state = State::damaged;
  Buffer content;          // if good
  std::uint64_t bits = 0;  // if good: its length; what follows is kBlockMagic or kEndMagic
};

// Octets from which decode_block can work: the bits from `start` on, `octets` of them at most, behind a stream header
// of `level`.
Buffer cut_block(Bytes bytes, std::uint64_t start, std::size_t octets, char level);

// Decodes the block at the beginning of what cut_block made, checks its CRC, and finds its end. `needs_more` if it goes
// on behind the end of `cut`, or fewer than 48 bits follow it. Throws std::bad_alloc.
Block decode_block(const Buffer& cut);

}  // namespace fairway::bzip2
