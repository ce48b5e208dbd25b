// AsnRanges: a set of ASNs as blocks of neighbouring numbers. Filled, closed once, then asked in logarithmic time.
#pragma once

#include <utility>
#include <vector>

#include "core/model/asn.h"

namespace fairway::reader {

class AsnRanges {
 public:
  void add(Asn first, Asn last) { ranges_.emplace_back(first, last); }
  void close();
  bool contains(Asn asn) const;

 private:
  std::vector<std::pair<Asn, Asn>> ranges_;  // closed: in order, none overlaps another
};

}  // namespace fairway::reader
