// What fuzzers share: a property that must hold, octets with the padding that readers expect, and octets as choices.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"

namespace fairway {

inline void hold(bool truth, const char* what) {
  if (truth) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

inline void hold(bool truth) {
  if (!truth) std::abort();
}

inline Buffer padded(std::string_view text) { return Buffer::copy_of(as_bytes(text)); }
inline Buffer padded(const std::uint8_t* data, std::size_t size) { return Buffer::copy_of({data, size}); }

// The octets of an input as choices, one after another; 0 when there are no more.
struct Plan {
  const std::uint8_t* at;
  const std::uint8_t* end;
  unsigned next() { return at == end ? 0 : *at++; }
};

}  // namespace fairway
