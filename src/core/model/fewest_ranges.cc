// A set of prefixes is a set of places in the binary tree of addresses, and a range is a block with a run of depths
// below it that are all full. Only the widest ranges are worth having: a run that cannot be longer, at a block whose
// parent does not have all of it. Some of the prefixes of such a range are in no range above it; where these are
// already accepted by ranges below it that had to be taken, the range is not needed, and otherwise nothing accepts them
// with fewer. So, from the longest prefixes up, each range is taken or left by what stands below it.
#include <algorithm>
#include <array>
#include <bit>

#include "core/model/aggregate.h"

namespace fairway {

namespace {

// A set of prefix lengths, 0 to 128.
class Depths {
 public:
  static Depths run(unsigned least, unsigned most) { return from(least).without(from(most + 1)); }
  static Depths from(unsigned least) {
    Depths depths;
    for (unsigned i = 0; i < depths.words_.size(); ++i) {
      const unsigned first = 64 * i;
      depths.words_[i] = least <= first        ? ~std::uint64_t{0}
                         : least >= first + 64 ? 0
                                               : ~std::uint64_t{0} << (least - first);
    }
    return depths;
  }

  friend Depths operator&(Depths a, const Depths& b) {
    for (unsigned i = 0; i < a.words_.size(); ++i) a.words_[i] &= b.words_[i];
    return a;
  }
  friend Depths operator|(Depths a, const Depths& b) {
    for (unsigned i = 0; i < a.words_.size(); ++i) a.words_[i] |= b.words_[i];
    return a;
  }
  Depths without(const Depths& other) const {
    Depths rest = *this;
    for (unsigned i = 0; i < rest.words_.size(); ++i) rest.words_[i] &= ~other.words_[i];
    return rest;
  }
  bool empty() const { return (words_[0] | words_[1] | words_[2]) == 0; }

  // The first depth from `at` on that is in the set, or that is not; kEnd where there is none.
  static constexpr unsigned kEnd = 192;
  unsigned next(unsigned at, bool in) const {
    while (at < kEnd) {
      const std::uint64_t word = (in ? words_[at / 64] : ~words_[at / 64]) >> (at % 64);
      if (word != 0) return at + static_cast<unsigned>(std::countr_zero(word));
      at = (at / 64 + 1) * 64;
    }
    return kEnd;
  }

 private:
  std::array<std::uint64_t, 3> words_{};
};

struct Block {
  Prefix at;
  Depths full;     // every prefix in it of such a length is to be accepted
  Depths covered;  // ... and is, by ranges that were taken
};

class Cover {
 public:
  // Looks at the blocks under the one that holds all `ranges`. `above`: the depths that are full by a range over it.
  Block walk(std::span<const PrefixRange> ranges, const Depths& above) {
    Block block{common_block(ranges.front().prefix, ranges.back().prefix), {}, {}};
    block.full = above & Depths::from(block.at.length());
    while (!ranges.empty() && ranges.front().prefix == block.at) {
      block.full = block.full | Depths::run(ranges.front().least, ranges.front().most);
      ranges = ranges.subspan(1);
    }
    if (ranges.empty()) return block;
    const Prefix upper = block.at.half(1);
    const auto middle = std::lower_bound(ranges.begin(), ranges.end(), upper,
                                         [](const PrefixRange& range, const Prefix& at) { return range.prefix < at; });
    const auto size = static_cast<std::size_t>(middle - ranges.begin());
    Block halves[2] = {half(ranges.first(size), block.at.half(0), block.full),
                       half(ranges.subspan(size), upper, block.full)};
    take(halves[0], halves[1].full);
    take(halves[1], halves[0].full);
    block.full = block.full | (halves[0].full & halves[1].full);
    block.covered = halves[0].covered & halves[1].covered;
    return block;
  }

  // Takes the ranges of a block that are needed. `beside`: what is full in the other half of its parent.
  void take(Block& block, const Depths& beside) {
    for (unsigned least = block.full.next(0, true); least != Depths::kEnd;) {
      const unsigned end = block.full.next(least, false);
      const Depths run = Depths::run(least, end - 1);
      if (!run.without(beside).without(block.covered).empty()) {
        taken_.push_back({block.at, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(end - 1)});
        block.covered = block.covered | run;
      }
      least = block.full.next(end, true);
    }
  }

  std::vector<PrefixRange> sorted() {
    std::sort(taken_.begin(), taken_.end());
    return std::move(taken_);
  }

 private:
  Block half(std::span<const PrefixRange> ranges, const Prefix& at, const Depths& above) {
    const Block empty{at, above & Depths::from(at.length()), {}};
    if (ranges.empty()) return empty;
    Block block = walk(ranges, above);
    if (block.at == at) return block;
    take(block, empty.full);  // between the two there is nothing but what is above
    return empty;
  }

  std::vector<PrefixRange> taken_;
};

void keep(const Prefix& at, unsigned least, unsigned most, std::vector<PrefixRange>& out) {
  least = std::max(least, at.length());
  if (least <= most) out.push_back({at, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)});
}

// What is left of `range` without the hole: beside the hole's block everything, in it the lengths that the hole has
// not.
void cut_out(const PrefixRange& range, const PrefixRange& hole, std::vector<PrefixRange>& out) {
  const bool inside = range.prefix.covers(hole.prefix);
  if (hole.least > range.most || hole.most < range.least || (!inside && !hole.prefix.covers(range.prefix))) {
    out.push_back(range);
    return;
  }
  const Prefix& block = inside ? hole.prefix : range.prefix;
  if (block.length() > 0) keep(range.prefix, range.least, std::min<unsigned>(range.most, block.length() - 1), out);
  Prefix at = range.prefix;
  while (at.length() < block.length()) {
    const bool upper = at.half(1).covers(block);
    keep(at.half(upper ? 0 : 1), std::max<unsigned>(range.least, block.length()), range.most, out);
    at = at.half(upper ? 1 : 0);
  }
  if (hole.least > 0) keep(block, range.least, std::min<unsigned>(range.most, hole.least - 1), out);
  keep(block, std::max<unsigned>(range.least, hole.most + 1u), range.most, out);
}

}  // namespace

std::vector<PrefixRange> fewest_ranges(std::span<const PrefixRange> ranges) {
  if (ranges.empty()) return {};
  std::vector<PrefixRange> sorted(ranges.begin(), ranges.end());
  sort_ranges(sorted);
  Cover cover;
  Block all = cover.walk(sorted, {});
  cover.take(all, {});
  return cover.sorted();
}

std::vector<PrefixRange> subtract(std::span<const PrefixRange> ranges, std::span<const PrefixRange> without) {
  std::vector<PrefixRange> rest(ranges.begin(), ranges.end()), next;
  for (const PrefixRange& hole : without) {
    next.clear();
    for (const PrefixRange& range : rest) cut_out(range, hole, next);
    rest.swap(next);
  }
  return fewest_ranges(rest);
}

}  // namespace fairway
