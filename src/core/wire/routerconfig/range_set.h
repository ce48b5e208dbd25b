// RangeSet: prefix ranges to be asked whether one of them accepts a prefix, or which one stands under the longest
// matching prefix. Filled once in linear time; a question costs one look-up for each length that occurs.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/prefix_range.h"

namespace fairway::reader {

class RangeSet {
 public:
  // `value` is for the caller: the entry's number, the line. Values only grow.
  void add(const PrefixRange& range, std::uint32_t value);

  bool empty() const { return entries_.empty(); }
  bool accepts(const Prefix& prefix) const { return first(prefix).has_value(); }
  // The value of the range that accepts the prefix; of several, the least value.
  std::optional<std::uint32_t> first(const Prefix& prefix) const;
  // Calls `visit(range, value)` for the ranges whose prefix covers `prefix`, the longest first, whether or not they
  // accept its length; until it returns true.
  template <class Visit>
  void covering(const Prefix& prefix, Visit visit) const {
    const std::bitset<129>& lengths = lengths_[prefix.family() == Family::ipv4 ? 0 : 1];
    for (unsigned length = prefix.length() + 1; length-- > 0;) {
      if (!lengths[length]) continue;
      const auto found = heads_.find(prefix.parent(length));
      if (found == heads_.end()) continue;
      for (std::uint32_t at = found->second; at != kEnd; at = entries_[at].next) {
        if (visit(entries_[at].range, entries_[at].value)) return;
      }
    }
  }

 private:
  static constexpr std::uint32_t kEnd = ~std::uint32_t{0};
  struct Entry {
    PrefixRange range;
    std::uint32_t value;
    std::uint32_t next;  // another range of the same prefix
  };
  struct Hash {
    std::size_t operator()(const Prefix& prefix) const { return hash_value(prefix); }
  };

  std::vector<Entry> entries_;
  boost::unordered_flat_map<Prefix, std::uint32_t, Hash> heads_;
  std::bitset<129> lengths_[2];
};

}  // namespace fairway::reader
