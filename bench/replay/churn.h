// Half a day's work for the engine, as MRT: a table of a few full views, and what they tell after it. Prefixes and
// paths are those of the table of Files; each view puts itself in front of them, some with one more AS of transit.
//
// Things happen to groups of up to four prefixes of one path, half of them to one group in fifty; for half a minute the
// views tell of it, each back and forth between what it said in the table and something else. One event in ten
// withdraws the routes and brings them back, one in 1,500 is a hijack that all views hear of. This is as near together
// as real updates are, which is what makes them quick or slow: the first 140,000 are about 8,400 prefixes with 19,000
// distinct sets of attributes, 7.9 updates a prefix in its half minute; those of route-views2 in 15 minutes of
// 2013-12-01 about 6,100 with 20,600 and 7.1.
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

// At least `wanted` prefixes are told of, evenly over the twelve hours after the table.
Churn make_churn(Files& files, std::uint64_t wanted);

}  // namespace fairway::bench
