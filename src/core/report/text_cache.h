// TextCache: what a set of attributes looks like as text, kept by its key, since a table repeats the same sets over and
// over. Bounded: when it is full it starts afresh. For one thread and one decoder.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway {

class TextCache {
 public:
  // The text of `key`, which `make(std::string& out)` appends when it is not known; key 0 is never known. Valid until
  // the next call.
  template <class Make>
  std::string_view get(std::uint32_t key, Make make) {
    if (key != 0) {
      const auto found = spans_.find(key);
      if (found != spans_.end()) return view(found->second);
    }
    if (texts_.size() > kLimit) {
      texts_.clear();
      spans_.clear();
    }
    const std::size_t begin = texts_.size();
    make(texts_);
    const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(texts_.size() - begin)};
    if (key != 0) spans_.emplace(key, span);
    return view(span);
  }

 private:
  struct Span {
    std::uint32_t begin, size;
  };
  std::string_view view(Span span) const { return std::string_view(texts_).substr(span.begin, span.size); }

  static constexpr std::size_t kLimit = 64 << 20;
  std::string texts_;
  boost::unordered_flat_map<std::uint32_t, Span> spans_;
};

}  // namespace fairway
