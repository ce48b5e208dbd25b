// PrefixSet: a set of addresses, kept as the fewest prefixes that cover exactly them (sorted, none covering another, no
// two halves of one block). A value.
#pragma once

#include <span>
#include <vector>

#include "core/model/prefix.h"

namespace fairway {

class PrefixSet {
 public:
  PrefixSet() = default;
  // O(n log n). Duplicates and overlaps are welcome.
  explicit PrefixSet(std::vector<Prefix> prefixes);

  std::span<const Prefix> prefixes() const { return prefixes_; }
  bool empty() const { return prefixes_.empty(); }
  bool covers(const Prefix& prefix) const;      // all of it
  bool intersects(const Prefix& prefix) const;  // any of it

  friend bool operator==(const PrefixSet&, const PrefixSet&) = default;

 private:
  std::vector<Prefix> prefixes_;
};

}  // namespace fairway
