// The prefixes are a tree, which is built from its last leaf to its first, so that the lines come out in the opposite
// of their order: then what stands at a block is written behind what stands in it, and is known.
#include "core/model/aggregate.h"

#include <algorithm>
#include <optional>

namespace fairway {

namespace {

constexpr std::size_t kNone = ~std::size_t{0};

// Lines of one block: its own, and up to two that were joined from both halves and could not become its own.
struct Place {
  Prefix prefix;
  bool whole = false;  // it has an own line
  bool range = false;  // ... that is a range
  std::uint8_t least = 0, most = 0;
  std::size_t own = kNone;     // where its own line stands in the output
  std::size_t joined = kNone;  // and the first of the joined ones
};

class Aggregation {
 public:
  explicit Aggregation(std::size_t size) { lines_.reserve(size); }

  // The ranges from the last to the first. `open_` holds the blocks that are settled and not yet in a larger one, the
  // leftmost on top; two of them become one as soon as it is known that nothing to the left belongs between them.
  void walk(std::span<const PrefixRange> ranges) {
    for (std::size_t i = ranges.size(); i-- > 0;) {
      const PrefixRange& range = ranges[i];
      Place place;
      place.prefix = range.prefix;
      place.whole = true;
      place.range = !range.exact();
      place.least = range.least;
      place.most = range.most;
      const unsigned shared = open_.empty() ? 0 : common_block(range.prefix, open_.back().prefix).length();
      while (open_.size() > 1 && common_with_next() > shared) unite(common_with_next());
      if (!open_.empty() && shared == range.prefix.length()) {  // it covers what is on top, and maybe the next
        if (open_.size() > 1 && common_with_next() == shared) {
          const Place left = pop(), right = pop();
          join_halves(place, left, right);
        } else {
          open_.pop_back();
        }
      }
      open_.push_back(settle(place));
    }
    while (open_.size() > 1) unite(common_with_next());
  }

  std::vector<PrefixRange> take() {
    std::erase_if(lines_, [](const PrefixRange& line) { return line.least > line.most; });
    std::reverse(lines_.begin(), lines_.end());
    return std::move(lines_);
  }

 private:
  bool same(std::size_t a, std::size_t b) const {
    return lines_[a].least == lines_[b].least && lines_[a].most == lines_[b].most;
  }
  void drop(std::size_t line) { lines_[line].least = 255, lines_[line].most = 0; }

  Place pop() {
    const Place place = open_.back();
    open_.pop_back();
    return place;
  }
  // The length of the block that the two on top share.
  unsigned common_with_next() const {
    return common_block(open_.back().prefix, open_[open_.size() - 2].prefix).length();
  }
  // The two on top become the block of that length that holds both.
  void unite(unsigned length) {
    const Place left = pop(), right = pop();
    Place place;
    place.prefix = left.prefix.parent(length);
    join_halves(place, left, right);
    open_.push_back(settle(place));
  }
  void join_halves(Place& place, const Place& left, const Place& right) {
    if (left.prefix.length() == place.prefix.length() + 1 && right.prefix.length() == left.prefix.length()) {
      join(place, left, right);
    }
  }

  void join(Place& place, const Place& left, const Place& right) {
    const bool both_lines = left.whole && right.whole;
    if (both_lines && !left.range && !right.range) {
      become(place, place.whole ? static_cast<std::uint8_t>(place.prefix.length()) : right.least, right.least);
      drop(left.own), drop(right.own);
      if (left.joined != kNone && right.joined != kNone && same(left.joined, right.joined)) {
        joined_[0] = lines_[right.joined];
        drop(left.joined), drop(right.joined);
      }
    } else if (both_lines && left.range && right.range && same(left.own, right.own)) {
      const PrefixRange line = lines_[right.own];
      drop(left.own), drop(right.own);
      if (!place.whole) {
        become(place, line.least, line.most);
      } else if (right.prefix.length() == line.least) {
        become(place, static_cast<std::uint8_t>(place.prefix.length()), line.most);
      } else {
        joined_[0] = line;
        if (left.joined != kNone && right.joined != kNone && same(left.joined, right.joined)) {
          joined_[1] = lines_[right.joined];
          drop(left.joined), drop(right.joined);
        }
      }
    } else if (right.whole && right.range && left.joined != kNone && same(right.own, left.joined)) {
      join_crosswise(place, right.own, left.joined);
    } else if (left.whole && left.range && right.joined != kNone && same(left.own, right.joined)) {
      join_crosswise(place, left.own, right.joined);
    }
  }

  // One half's own line with the other half's joined one.
  void join_crosswise(Place& place, std::size_t own, std::size_t joined) {
    const PrefixRange line = lines_[own];
    drop(own), drop(joined);
    if (place.whole) {
      joined_[0] = line;
    } else {
      become(place, line.least, line.most);
    }
  }

  static void become(Place& place, std::uint8_t least, std::uint8_t most) {
    place.whole = place.range = true;
    place.least = least;
    place.most = most;
  }

  // Writes what stands at the block, the last line first.
  Place settle(Place& place) {
    for (const int which : {1, 0}) {
      if (!joined_[which]) continue;
      place.joined = lines_.size();
      lines_.push_back({place.prefix, joined_[which]->least, joined_[which]->most});
      joined_[which].reset();
    }
    if (place.whole) {
      place.own = lines_.size();
      lines_.push_back({place.prefix, place.least, place.most});
    }
    return place;
  }

  std::vector<Place> open_;
  std::vector<PrefixRange> lines_;
  std::optional<PrefixRange> joined_[2];  // of the block that is being joined
};

}  // namespace

std::vector<PrefixRange> aggregate(std::span<const PrefixRange> ranges) {
  if (ranges.empty()) return {};
  Aggregation aggregation(ranges.size());
  aggregation.walk(ranges);
  return aggregation.take();
}

}  // namespace fairway
