#include <algorithm>

#include "core/verdict/origin_walk.h"

namespace fairway {

namespace {

constexpr std::size_t kBatch = 128;

// Finds the segments of a batch of addresses in rounds. Each round asks for the memory that the next one reads, and no
// round jumps by what it has only just read: what goes on to the next is counted instead. Where routes come in no
// order, half of such jumps would be guessed wrong, and the reads behind them would wait.
class SegmentFinder {
 public:
  explicit SegmentFinder(const VrpTable& vrps) : entries_(vrps.entries().data()), index_(vrps.index()) {}

  // Afterwards segment(i) is what the index finds for routes[i].
  void find(std::span<const PrefixOrigin> routes) {
    first_node(routes);
    while (waiting_count_ != 0) next_nodes();
  }
  std::uint32_t segment(std::size_t i) const { return cursors_[i].value; }

 private:
  // The root decides nearly every IPv4 address.
  void first_node(std::span<const PrefixOrigin> routes) {
    for (std::size_t i = 0; i < routes.size(); ++i) {
      cursors_[i] = index_.start(routes[i].prefix.address());
      if (PrefixIndex::is_node(cursors_[i].value)) __builtin_prefetch(index_.line_of(cursors_[i]));
    }
    for (std::size_t i = 0; i < routes.size(); ++i) {
      found_[i] = PrefixIndex::is_node(cursors_[i].value) ? index_.locate(cursors_[i]) : &cursors_[i].value;
      __builtin_prefetch(found_[i]);
    }
    std::size_t waiting = 0;
    for (std::size_t i = 0; i < routes.size(); ++i) {
      cursors_[i].value = *found_[i];
      waiting += wait_or_fetch(i, waiting);
    }
    fetch_nodes(waiting);
  }

  void next_nodes() {
    std::size_t waiting = 0;
    for (std::size_t k = 0; k < waiting_count_; ++k) {
      const std::uint32_t i = waiting_[k];
      PrefixIndex::Cursor cursor = cursors_[i];
      cursor.value = *index_.locate(cursor);
      cursors_[i] = cursor;
      waiting += wait_or_fetch(i, waiting);
    }
    fetch_nodes(waiting);
  }

  // A node waits for the next round: true. Otherwise its VRP is asked for (where there is none, some VRP).
  bool wait_or_fetch(std::size_t i, std::size_t place) {
    const std::uint32_t value = cursors_[i].value;
    waiting_[place] = static_cast<std::uint32_t>(i);
    const std::uint32_t is_id = (value >> 31) - 1;  // all ones, else zero
    __builtin_prefetch(entries_ + (value & is_id));
    return PrefixIndex::is_node(value);
  }

  void fetch_nodes(std::size_t waiting) {
    waiting_count_ = waiting;
    for (std::size_t k = 0; k < waiting; ++k) __builtin_prefetch(index_.line_of(cursors_[waiting_[k]]));
  }

  const VrpTable::Entry* entries_;
  const PrefixIndex& index_;
  PrefixIndex::Cursor cursors_[kBatch];
  const std::uint32_t* found_[kBatch];
  std::uint32_t waiting_[kBatch];
  std::size_t waiting_count_ = 0;
};

}  // namespace

void judge_origins(const VrpTable& vrps, std::span<const PrefixOrigin> routes, std::span<OriginVerdict> verdicts) {
  SegmentFinder finder(vrps);
  std::uint32_t covered[kBatch];
  while (!routes.empty()) {
    const auto batch = routes.first(std::min(kBatch, routes.size()));
    finder.find(batch);
    std::size_t count = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      verdicts[i] = {OriginState::not_found, OriginReason::none, false, false, VrpTable::kNone};
      covered[count] = static_cast<std::uint32_t>(i);
      count += finder.segment(i) != VrpTable::kNone;
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t i = covered[k];
      verdicts[i] = origin_walk::judge_from(vrps, finder.segment(i), batch[i].prefix, batch[i].origin);
    }
    routes = routes.subspan(batch.size());
    verdicts = verdicts.subspan(batch.size());
  }
}

}  // namespace fairway
