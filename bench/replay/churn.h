// A day's work for the engine, as MRT: a table of a few full views, and what they tell after it. Prefixes and paths are
// those of the table of Files; each view puts itself in front of them, some with one more AS of transit. Up to four
// prefixes of one path are told together: three on average, as in real files of updates. Nine out of ten updates change
// the path or its communities, the others withdraw the routes or bring them back; half of them are about one route in
// fifty. One in 20,000 begins a hijack: all views tell of an AS that is not the prefixes' own, until one of them tells
// of the prefixes again.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "bench/files.h"

namespace fairway::bench {

inline constexpr std::uint32_t kViews = 4;

struct Churn {
  Buffer table, updates;
  std::uint64_t table_routes = 0;
  std::uint64_t told = 0;      // prefixes announced or withdrawn
  std::uint64_t standing = 0;  // routes there are at the end
};

// At least `wanted` prefixes are told of, evenly over twelve hours after the table.
Churn make_churn(Files& files, std::uint64_t wanted);

}  // namespace fairway::bench
