#include "core/rib/column.h"

namespace fairway {

Cell Column::set(std::uint32_t index, Cell cell, std::size_t prefixes) {
  if (!dense_ && sparse_.size() >= kSparseAtLeast && sparse_.size() * 4 > prefixes) {
    dense_ = true;
    for (const auto& [at, old] : sparse_) dense_cell(at) = old;
    sparse_ = {};
  }
  Cell& place = dense_ ? dense_cell(index) : sparse_[index];
  const Cell before = place;
  place = cell;
  held_ += static_cast<std::uint32_t>(cell.held()) - static_cast<std::uint32_t>(before.held());
  return before;
}

Cell& Column::dense_cell(std::uint32_t index) {
  const std::size_t page = index / kPage;
  if (page >= pages_.size()) pages_.resize(page + 1);
  if (!pages_[page]) pages_[page] = std::make_unique<Cell[]>(kPage);
  return pages_[page][index % kPage];
}

void Column::clear() {
  dense_ = false;
  held_ = 0;
  sparse_ = {};
  pages_ = std::vector<std::unique_ptr<Cell[]>>();
}

std::size_t Column::memory() const {
  std::size_t total =
      sparse_.bucket_count() * (sizeof(std::pair<std::uint32_t, Cell>) + 1) + pages_.capacity() * sizeof(pages_[0]);
  for (const auto& page : pages_) total += page ? kPage * sizeof(Cell) : 0;
  return total;
}

}  // namespace fairway
