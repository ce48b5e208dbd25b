#include "core/tables/range_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace fairway {
namespace {

struct Known {
  NumberRange range;
  std::uint32_t id;
};
bool before(const Known& a, const Known& b) {
  return std::tie(a.range.first, b.range.last, a.id) < std::tie(b.range.first, a.range.last, b.id);
}

// The same by looking at every one.
std::vector<std::uint32_t> slowly(std::vector<Known> all, const auto& is) {
  std::sort(all.begin(), all.end(), before);
  std::vector<std::uint32_t> ids;
  for (const Known& known : all) {
    if (is(known.range)) ids.push_back(known.id);
  }
  return ids;
}

RC_GTEST_PROP(RangeIndex, FindsWhatLookingAtAllFinds, ()) {
  const auto any_range = [] {
    const auto kind = static_cast<NumberRange::Kind>(*rc::gen::inRange(0, 3));
    const int first = *rc::gen::inRange(0, 40), size = *rc::gen::inRange(0, 20);
    // Also beyond 64 bits.
    const NumberRange::Number base = kind == NumberRange::Kind::ipv6 ? NumberRange::Number{7} << 64 : 0;
    return NumberRange{kind, base + static_cast<unsigned>(first), base + static_cast<unsigned>(first + size)};
  };
  std::vector<Known> all;
  RangeIndex index;
  for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
    all.push_back({any_range(), static_cast<std::uint32_t>(all.size())});
    index.add(all.back().range, all.back().id);
  }
  index.freeze();
  RC_ASSERT(index.size() == all.size());
  const NumberRange asked = any_range();
  std::vector<std::uint32_t> found;
  index.containing(asked, [&](const NumberRange& range, std::uint32_t id) {
    RC_ASSERT(range == all[id].range);
    found.push_back(id);
  });
  RC_ASSERT(found == slowly(all, [&](const NumberRange& range) { return range.contains(asked); }));
  found.clear();
  index.within(asked, [&](const NumberRange&, std::uint32_t id) { found.push_back(id); });
  RC_ASSERT(found == slowly(all, [&](const NumberRange& range) { return asked.contains(range); }));
}

}  // namespace
}  // namespace fairway
