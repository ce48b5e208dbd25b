// Hashing of small keys and of octets, for tables in memory. Not for files, not against an adversary who can choose
// keys freely without being rate limited elsewhere: seeds are fixed so that the same input gives the same run.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace fairway {

// A well-mixed 64-bit value of two words (128-bit multiply, then folded).
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a ^ 0x9E3779B97F4A7C15ull) * (b ^ 0xD6E8FEB86659FD93ull);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hash_bytes(Bytes bytes, std::uint64_t seed = 0) {
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t hash = seed ^ (left * 0xA24BAED4963EE407ull);
  while (left >= 16) {
    std::uint64_t a, b;
    std::memcpy(&a, at, 8);
    std::memcpy(&b, at + 8, 8);
    hash = mix(hash ^ a, b);
    at += 16;
    left -= 16;
  }
  std::uint64_t a = 0, b = 0;
  if (left > 8) {
    std::memcpy(&a, at, 8);
    std::memcpy(&b, at + 8, left - 8);
  } else if (left != 0) {
    std::memcpy(&a, at, left);
  }
  return mix(hash ^ a, b ^ 0x589965CC75374CC3ull);
}

}  // namespace fairway
