// Input: a file, standard input, or octets in memory, read through a window that slides over it. A resource; one
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace fairway {

class Input {
 public:
  // Puts at most `size` octets at `target` and says how many; 0 is the end.
  using Read = std::function<Result<std::size_t>(std::uint8_t* target, std::size_t size)>;

  // "-" is standard input.
  static Result<Input> open(const std::string& path);
  // `bytes` must outlive it.
  static Input of_memory(Bytes bytes, std::string name = "memory");
  Input(std::string name, Read read) : name_(std::move(name)), read_(std::move(read)) {}

  const std::string& name() const { return name_; }
  // Of the window's first octet in the whole input.
  std::uint64_t offset() const { return offset_; }

  // The window: everything read and not consumed, at least `least` octets unless the input ends before. Valid until the
  // next call. An input that could not be read answers with that error as often as more is asked than was read.
  Result<Bytes> peek(std::size_t least);
  // Lets the first `count` octets of the window go.
  void consume(std::size_t count);

 private:
  void fill(std::size_t least);

  std::string name_;
  Read read_;
  Buffer buffer_;
  std::size_t begin_ = 0;  // of the window in buffer_
  std::uint64_t offset_ = 0;
  bool ended_ = false;
  std::optional<Error> failure_;
};

}  // namespace fairway
