#include "core/tables/prefix_index.h"

#include <array>
#include <cassert>
#include <span>
#include <utility>

namespace fairway {

void PrefixIndex::Builder::begin_segment(Family family, std::uint64_t high, std::uint64_t low, std::uint32_t value) {
  auto& boundaries = boundaries_[family == Family::ipv4 ? 0 : 1];
  if (!boundaries.empty() && boundaries.back().high == high && boundaries.back().low == low) boundaries.pop_back();
  const std::uint32_t before = boundaries.empty() ? kNone : boundaries.back().value;
  if (before != value) boundaries.push_back({high, low, value});
}

void PrefixIndex::Builder::close_innermost() {
  const Prefix prefix = open_.back().prefix;
  open_.pop_back();
  IpAddress next = prefix.last_address();
  if (prefix.family() == Family::ipv4) {
    next.high += std::uint64_t{1} << 32;
  } else if (++next.low == 0) {
    ++next.high;
  }
  if (next.high == 0 && next.low == 0) return;  // it reaches to the end of all addresses
  begin_segment(prefix.family(), next.high, next.low, open_.empty() ? kNone : open_.back().id);
}

std::uint32_t PrefixIndex::Builder::add(const Prefix& prefix, std::uint32_t id) {
  while (!open_.empty() && !open_.back().prefix.covers(prefix)) close_innermost();
  const std::uint32_t parent = open_.empty() ? kNone : open_.back().id;
  begin_segment(prefix.family(), prefix.high(), prefix.low(), id);
  open_.push_back({prefix, id});
  return parent;
}

// Writes the nodes, each before its children.
class PrefixIndex::Trie {
 public:
  using Boundaries = std::span<const Builder::Boundary>;

  // The value for all addresses with the same first `depth` bits: `boundaries` are those among them, `before` is the
  // answer ahead of the first.
  std::uint32_t value(Boundaries boundaries, std::uint32_t before, unsigned depth) {
    if (boundaries.empty()) return before;
    if (boundaries.size() == 1 && is_start(boundaries[0], depth)) return boundaries[0].value;
    return node(boundaries, before, depth);
  }

  std::vector<Line> lines() && { return std::move(lines_); }

 private:
  // Slots that share one answer. `boundaries` empty: the answer is `before`; otherwise the run is one slot.
  struct Run {
    std::uint32_t slot;
    Boundaries boundaries;
    std::uint32_t before;
  };

  // The 64 bits behind the first `depth`.
  static std::uint64_t behind(const Builder::Boundary& at, unsigned depth) {
    if (depth == 0) return at.high;
    if (depth < 64) return at.high << depth | at.low >> (64 - depth);
    return depth < 128 ? at.low << (depth - 64) : 0;
  }
  static bool is_start(const Builder::Boundary& at, unsigned depth) {
    return behind(at, depth) == 0 && (depth >= 64 || behind(at, depth + 64) == 0);
  }

  // Cuts into runs of slots of `stride` bits, behind those that stand in runs_ already.
  void cut(Boundaries boundaries, std::uint32_t before, unsigned depth, unsigned stride) {
    std::uint32_t next = 0;  // the slot behind those that have their run
    while (!boundaries.empty()) {
      const auto slot_of = [&](const Builder::Boundary& at) {
        return static_cast<std::uint32_t>(behind(at, depth) >> (64 - stride));
      };
      const std::uint32_t slot = slot_of(boundaries[0]);
      std::size_t size = 1;
      while (size < boundaries.size() && slot_of(boundaries[size]) == slot) ++size;
      if (next < slot) runs_.push_back({next, {}, before});
      const Boundaries inside = boundaries.first(size);
      boundaries = boundaries.subspan(size);
      if (size == 1 && is_start(inside[0], depth + stride)) {
        // The answer may hold for the slots behind it as well.
        runs_.push_back({slot, {}, inside[0].value});
        before = inside[0].value;
        const bool ends = boundaries.empty();
        next = ends ? std::uint32_t{1} << stride : slot_of(boundaries[0]);
      } else {
        runs_.push_back({slot, inside, before});
        before = inside.back().value;
        next = slot + 1;
      }
    }
    if (next < std::uint32_t{1} << stride) runs_.push_back({next, {}, before});
  }

  // Room for a node; its first `together` words stand in one cache line if they can.
  std::size_t allocate(std::size_t size, std::size_t together) {
    const std::size_t free = kWordsPerLine - used_ % kWordsPerLine;
    if (together <= kWordsPerLine && together > free) used_ += free;
    const std::size_t place = used_;
    used_ += size;
    // One line behind the end is readable: prefetching asks for two.
    const std::size_t needed = used_ / kWordsPerLine + 2;
    if (lines_.capacity() < needed) lines_.reserve(needed + needed / 2);
    lines_.resize(needed);
    return place;
  }
  std::uint32_t* at(std::size_t place) { return lines_.data()->words + place; }

  std::uint32_t node(Boundaries boundaries, std::uint32_t before, unsigned depth) {
    const std::size_t first = runs_.size();
    // Wide nodes of three words for 64 slots, where this is at most 12 octets a segment.
    const auto pays = [&](unsigned stride) { return boundaries.size() >= std::size_t{1} << (stride - 6); };
    Shape shape = depth == 0 && pays(24) ? wide24 : pays(16) ? wide16 : list;
    cut(boundaries, before, depth, shape == wide24 ? 24 : 16);
    if (shape == list && runs_.size() - first > kListRuns) {
      runs_.resize(first);
      shape = bits8;
      cut(boundaries, before, depth, 8);
    }
    const std::size_t count = runs_.size() - first;
    const unsigned stride = shape == bits8 ? 8 : shape == wide24 ? 24 : 16;
    const std::size_t values = shape >= wide16 ? wide_words(stride) : shape == bits8 ? kBits8Words : count <= 9 ? 5 : 9;
    const std::size_t place = allocate(values + count, shape == list ? values + count : values);
    const std::span<const Run> runs = std::span(runs_).subspan(first);
    switch (shape) {
      case list: write_list(at(place), runs, values - 1); break;
      case bits8: write_bits8(at(place), runs); break;
      default: write_wide(at(place), runs, stride);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Run run = runs_[first + i];
      const std::uint32_t answer = value(run.boundaries, run.before, depth + stride);  // moves runs_ and lines_
      *at(place + values + i) = answer;
    }
    runs_.resize(first);
    assert(place < std::size_t{1} << kPlaceBits);
    return kNode | shape << kPlaceBits | static_cast<std::uint32_t>(place);
  }

  static void write_list(std::uint32_t* node, std::span<const Run> runs, std::size_t key_words) {
    node[0] = static_cast<std::uint32_t>(key_words) | static_cast<std::uint32_t>(runs.size() - 1) << 8;
    std::array<std::uint16_t, 16> keys;
    keys.fill(0xFFFF);
    for (std::size_t i = 1; i < runs.size(); ++i) keys[i - 1] = static_cast<std::uint16_t>(runs[i].slot);
    std::memcpy(node + 1, keys.data(), key_words * sizeof(std::uint32_t));
  }

  static std::uint64_t top_bit(unsigned slot) { return std::uint64_t{1} << (63 - slot % 64); }

  static void write_bits8(std::uint32_t* node, std::span<const Run> runs) {
    std::array<std::uint64_t, 4> bits{};
    std::uint32_t before[4] = {};
    for (const Run& run : runs) {
      bits[run.slot / 64] |= top_bit(run.slot);
      for (std::size_t part = run.slot / 64 + 1; part < 4; ++part) ++before[part];
    }
    node[0] = before[1] << 8 | before[2] << 16 | before[3] << 24;
    std::memcpy(node + 1, bits.data(), sizeof bits);
  }

  static void write_wide(std::uint32_t* node, std::span<const Run> runs, unsigned stride) {
    std::uint32_t count = 0;
    auto run = runs.begin();
    for (std::uint32_t block = 0; block < std::uint32_t{1} << (stride - 6); ++block) {
      std::uint64_t bits = 0;
      std::uint32_t* out = node + 3 * block;
      out[2] = count;
      for (; run != runs.end() && run->slot / 64 == block; ++run, ++count) bits |= top_bit(run->slot);
      std::memcpy(out, &bits, 8);
    }
  }

  static constexpr std::size_t kListRuns = 17;

  std::vector<Line> lines_ = std::vector<Line>(1);
  std::size_t used_ = 0;
  std::vector<Run> runs_;
};

PrefixIndex PrefixIndex::Builder::build() {
  while (!open_.empty()) close_innermost();
  Trie trie;
  PrefixIndex index;
  for (const std::size_t family : {0, 1}) {
    index.root_[family] = trie.value(boundaries_[family], kNone, 0);
    boundaries_[family] = {};
  }
  index.lines_ = std::move(trie).lines();
  index.lines_.shrink_to_fit();
  return index;
}

}  // namespace fairway
