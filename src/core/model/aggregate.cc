// The tree of the prefixes is walked right half first, so that the lines come out in the opposite of their order: then
// what stands at a block is written behind what stands in it, and is known.
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

  Place walk(std::span<const PrefixRange> ranges) {
    const PrefixRange& first = ranges.front();
    Place place;
    place.prefix = ranges.size() == 1 ? first.prefix : common_block(first.prefix, ranges.back().prefix);
    if (first.prefix == place.prefix) {
      place.whole = true;
      place.range = !first.exact();
      place.least = first.least;
      place.most = first.most;
      ranges = ranges.subspan(1);
    }
    if (ranges.empty()) return settle(place);

    const Prefix upper = place.prefix.half(1);
    const auto middle = std::lower_bound(ranges.begin(), ranges.end(), upper,
                                         [](const PrefixRange& range, const Prefix& at) { return range.prefix < at; });
    const auto lower_size = static_cast<std::size_t>(middle - ranges.begin());
    if (lower_size == 0 || lower_size == ranges.size()) {
      walk(ranges);
      return settle(place);
    }
    const Place right = walk(ranges.subspan(lower_size));
    const Place left = walk(ranges.first(lower_size));
    if (left.prefix.length() == place.prefix.length() + 1 && right.prefix.length() == left.prefix.length()) {
      join(place, left, right);
    }
    return settle(place);
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
