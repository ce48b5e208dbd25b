// Cursor: the one way to read octets. It consumes; a length field becomes a cursor of its own (`sub`), so that no inner
// read can leave it; reading past the end yields zeros, is remembered, and is asked once at the end (`ok`). Integers
// are big-endian, as on every wire we read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace fairway {

class Cursor {
 public:
  Cursor() = default;
  // `base` is the offset of the first octet in the whole input: offset() counts from there.
  explicit Cursor(Bytes bytes, std::uint64_t base = 0)
      : begin_(bytes.data()), at_(begin_), end_(begin_ + bytes.size()), base_(base) {}

  bool ok() const { return ok_; }
  bool empty() const { return at_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  std::uint64_t offset() const { return base_ + static_cast<std::uint64_t>(at_ - begin_); }
  Bytes rest() const { return {at_, left()}; }

  std::uint8_t u8() { return static_cast<std::uint8_t>(number<1>()); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number<2>()); }
  std::uint32_t u24() { return static_cast<std::uint32_t>(number<3>()); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number<4>()); }
  std::uint64_t u64() { return number<8>(); }

  // The next octet without consuming it; 0 at the end.
  std::uint8_t peek() const { return at_ == end_ ? 0 : *at_; }

  // The next `count` octets; empty, and !ok(), if there are fewer.
  Bytes take(std::size_t count) {
    if (count > left()) {
      fail();
      return {};
    }
    const Bytes taken{at_, count};
    at_ += count;
    return taken;
  }
  // A cursor over the next `count` octets, which this one consumes. It knows its offset in the whole input.
  Cursor sub(std::size_t count) {
    const std::uint64_t start = offset();
    Cursor inner(take(count), start);
    inner.ok_ = ok_;
    return inner;
  }
  void skip(std::size_t count) { take(count); }
  // Marks the input as unreadable from here and consumes the rest.
  void fail() {
    ok_ = false;
    at_ = end_;
  }

 private:
  template <std::size_t kSize>
  std::uint64_t number() {
    if (left() < kSize) {
      fail();
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kSize; ++i)
      value = value << 8 | at_[i];  // gcc and clang make one load and a byte swap of it
    at_ += kSize;
    return value;
  }

  const std::uint8_t* begin_ = nullptr;
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  std::uint64_t base_ = 0;
  bool ok_ = true;
};

}  // namespace fairway
