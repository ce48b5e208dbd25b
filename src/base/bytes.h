// Bytes: a borrowed, read-only run of octets. Buffer: an owned one.
//
// Everything that is handed to a decoder as the start of a chain has kPadding readable octets behind its end (their
// value is unspecified, they are not part of the data). Wide loads and simdjson rely on it. Buffer guarantees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace fairway {

using Bytes = std::span<const std::uint8_t>;

inline constexpr std::size_t kPadding = 64;

inline std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// A growable owned run of octets, always with kPadding readable octets behind its end. Unlike std::vector it does not
// clear what it is about to overwrite. Movable, not copyable.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t capacity) { reserve(capacity); }
  static Buffer copy_of(Bytes bytes) {
    Buffer buffer;
    buffer.append(bytes);
    return buffer;
  }

  std::uint8_t* data() { return data_.get(); }
  const std::uint8_t* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  Bytes bytes() const { return {data_.get(), size_}; }

  void clear() { size_ = 0; }
  void reserve(std::size_t capacity) {
    if (capacity <= capacity_ && data_) return;
    auto grown = std::make_unique_for_overwrite<std::uint8_t[]>(capacity + kPadding);
    if (size_ != 0) std::memcpy(grown.get(), data_.get(), size_);
    std::memset(grown.get() + size_, 0,
                capacity + kPadding - size_ < kPadding ? capacity + kPadding - size_ : kPadding);
    data_ = std::move(grown);
    capacity_ = capacity;
  }
  // Sets the size; octets between the old and the new end are unspecified.
  void resize(std::size_t size) {
    if (size > capacity_ || !data_) reserve(size < 2 * capacity_ ? 2 * capacity_ : size);
    size_ = size;
    std::memset(data_.get() + size_, 0, kPadding);
  }
  void append(Bytes bytes) {
    const std::size_t old = size_;
    resize(old + bytes.size());
    if (!bytes.empty()) std::memcpy(data_.get() + old, bytes.data(), bytes.size());
  }

 private:
  std::unique_ptr<std::uint8_t[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace fairway
