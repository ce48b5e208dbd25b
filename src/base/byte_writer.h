// ByteWriter: the one way to write octets, the mirror of Cursor. Big-endian. A length that is known only afterwards is
// reserved first and filled in by the caller with set_u8/set_u16/set_u32.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace fairway {

class ByteWriter {
 public:
  void u8(std::uint8_t value) { data_.push_back(value); }
  void u16(std::uint16_t value) { number(value, 2); }
  void u24(std::uint32_t value) { number(value, 3); }
  void u32(std::uint32_t value) { number(value, 4); }
  void u64(std::uint64_t value) { number(value, 8); }
  void bytes(Bytes value) { data_.insert(data_.end(), value.begin(), value.end()); }

  void set_u8(std::size_t at, std::uint8_t value) { data_[at] = value; }
  void set_u16(std::size_t at, std::uint16_t value) { set(at, value, 2); }
  void set_u32(std::size_t at, std::uint32_t value) { set(at, value, 4); }

  std::size_t size() const { return data_.size(); }
  void truncate(std::size_t size) { data_.resize(size); }
  void clear() { data_.clear(); }
  Bytes written() const { return {data_.data(), data_.size()}; }
  std::vector<std::uint8_t> release() { return std::move(data_); }

 private:
  void number(std::uint64_t value, unsigned size) {
    const std::size_t at = data_.size();
    data_.resize(at + size);
    set(at, value, size);
  }
  void set(std::size_t at, std::uint64_t value, unsigned size) {
    for (unsigned i = size; i-- > 0; value >>= 8) data_[at + i] = static_cast<std::uint8_t>(value);
  }

  std::vector<std::uint8_t> data_;
};

}  // namespace fairway
