// What fuzzers share: a property that must hold, and octets with the padding that readers expect.
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

inline Buffer padded(std::string_view text) { return Buffer::copy_of(as_bytes(text)); }
inline Buffer padded(const std::uint8_t* data, std::size_t size) { return Buffer::copy_of({data, size}); }

}  // namespace fairway
