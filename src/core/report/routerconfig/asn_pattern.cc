#include "core/report/routerconfig/asn_pattern.h"

#include <algorithm>

namespace fairway::routerconfig {

namespace {

std::string pattern_between(const std::string& low, const std::string& high) {
  std::string pattern;
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i] == high[i]) {
      pattern += low[i];
    } else {
      pattern += {'[', low[i], '-', high[i], ']'};
    }
  }
  return pattern;
}

}  // namespace

// From `first` up, the longest run of numbers that differ from it in trailing digits which all go from 0 to 9, and in
// one digit before them.
std::vector<std::string> patterns_of(Asn first, Asn last) {
  std::vector<std::string> patterns;
  std::uint64_t low = first.value;
  const std::uint64_t end = last.value;
  while (low <= end) {
    std::uint64_t block = 1;  // low is a multiple of it, and low + block - 1 is in range with as many digits
    while (low % (block * 10) == 0 && low != 0 && low + block * 10 - 1 <= end) block *= 10;
    // As many such blocks as the digit before allows.
    const std::uint64_t digit = low / block % 10;
    std::uint64_t blocks = std::min<std::uint64_t>(10 - digit, (end - low + 1) / block);
    if (blocks == 0) blocks = 1;
    const std::uint64_t high = low + blocks * block - 1;
    patterns.push_back(pattern_between(std::to_string(low), std::to_string(high)));
    low = high + 1;
  }
  return patterns;
}

}  // namespace fairway::routerconfig
