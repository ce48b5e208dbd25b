// Column: the routes of one view in one table, by prefix index. Sparse (a hash map) while it has few of the table's
// prefixes, dense (pages of cells) from a quarter on; it stays dense until it is cleared. A dense cell costs 8 octets.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <vector>

#include "core/rib/ids.h"

namespace fairway {

// A view's route for a prefix: attributes and the time of the last change (whole seconds UTC). Without attributes:
// withdrawn at that time, or never heard of if the time is 0.
struct Cell {
  AttributesId attributes = kNoAttributes;
  std::uint32_t time = 0;

  bool held() const { return attributes != kNoAttributes; }
  friend bool operator==(const Cell&, const Cell&) = default;
};

class Column {
 public:
  Cell get(std::uint32_t index) const {
    if (!dense_) {
      const auto found = sparse_.find(index);
      return found == sparse_.end() ? Cell{} : found->second;
    }
    const std::size_t page = index / kPage;
    return page < pages_.size() && pages_[page] ? pages_[page][index % kPage] : Cell{};
  }
  // Stores the cell and returns what stood there. `prefixes`: the size of the table, which decides when to become
  // dense.
  Cell set(std::uint32_t index, Cell cell, std::size_t prefixes);

  std::uint32_t held() const { return held_; }
  bool dense() const { return dense_; }
  std::size_t memory() const;

  // Calls visit(index, cell) for every cell that is held or was withdrawn; dense: in the order of indexes, else in no
  // order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    if (!dense_) {
      for (const auto& [index, cell] : sparse_) visit(index, cell);
      return;
    }
    for (std::size_t page = 0; page < pages_.size(); ++page) {
      if (!pages_[page]) continue;
      for (std::size_t i = 0; i < kPage; ++i) {
        const Cell& cell = pages_[page][i];
        if (cell.held() || cell.time != 0) visit(static_cast<std::uint32_t>(page * kPage + i), cell);
      }
    }
  }
  void clear();

 private:
  static constexpr std::size_t kPage = 1024;
  static constexpr std::size_t kSparseAtLeast = 1024;
  Cell& dense_cell(std::uint32_t index);

  bool dense_ = false;
  std::uint32_t held_ = 0;
  boost::unordered_flat_map<std::uint32_t, Cell> sparse_;
  std::vector<std::unique_ptr<Cell[]>> pages_;
};

}  // namespace fairway
