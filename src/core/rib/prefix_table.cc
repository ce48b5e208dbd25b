#include "core/rib/prefix_table.h"

#include <algorithm>

namespace fairway {

std::uint32_t PrefixTable::find(const Prefix& prefix) const {
  const auto found = index_.find(prefix);
  return found == index_.end() ? kNone : *found;
}

PrefixTable::Inserted PrefixTable::insert(const Prefix& prefix) {
  if (const auto found = index_.find(prefix); found != index_.end()) return {*found, false};
  std::uint32_t index;
  if (free_indexes_.empty()) {
    index = static_cast<std::uint32_t>(prefixes_.size());
    prefixes_.push_back(prefix);
  } else {
    index = free_indexes_.back();
    free_indexes_.pop_back();
    prefixes_[index] = prefix;
  }
  index_.insert(index);
  waiting_.push_back(index);
  return {index, true};
}

void PrefixTable::erase(std::uint32_t index) {
  insert_waiting();
  index_.erase(index);
  erase_node(index);
  free_indexes_.push_back(index);
}

std::uint32_t PrefixTable::new_node(std::uint32_t key, unsigned length, bool is_prefix) const {
  std::uint32_t node;
  if (free_nodes_.empty()) {
    node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
  } else {
    node = free_nodes_.back();
    free_nodes_.pop_back();
  }
  nodes_[node] = {{kNone, kNone}, key, static_cast<std::uint8_t>(length), is_prefix};
  return node;
}

void PrefixTable::insert_all_waiting() const {
  std::ranges::sort(waiting_, {}, [this](std::uint32_t index) { return prefixes_[index]; });
  for (const std::uint32_t index : waiting_) insert_node(index);
  waiting_.clear();
}

// Down by the bits that nodes ask about, to some prefix near; the bits in common with it say where the way must end.
// Prefixes are looked at once: nodes are small and near, prefixes are not.
void PrefixTable::insert_node(std::uint32_t index) const {
  const Prefix prefix = prefixes_[index];
  const unsigned length = prefix.length();
  std::uint32_t near = root_;
  while (near != kNone && nodes_[near].length < length) {
    const std::uint32_t child = nodes_[near].child[bit(prefix, nodes_[near].length)];
    if (child == kNone) break;
    near = child;
  }
  if (near == kNone) {
    root_ = new_node(index, length, true);
    return;
  }
  const Prefix key = prefixes_[nodes_[near].key];
  const unsigned common = std::min<unsigned>({common_bits(key, prefix), key.length(), length});

  std::uint32_t parent = kNone, at = root_;
  unsigned which = 0;
  while (at != kNone && nodes_[at].length < common) {
    parent = at;
    which = bit(prefix, nodes_[at].length);
    at = nodes_[at].child[which];
  }
  if (at == kNone) {  // under a prefix, where nothing was
    const std::uint32_t leaf = new_node(index, length, true);
    link(parent, which) = leaf;
  } else if (nodes_[at].length > common) {  // above this node, or beside it under a new branch
    const std::uint32_t above = new_node(index, common, common == length);
    nodes_[above].child[bit(key, common)] = at;
    if (common < length) {
      const std::uint32_t leaf = new_node(index, length, true);
      nodes_[above].child[bit(prefix, common)] = leaf;
    }
    link(parent, which) = above;
  } else if (common == length) {  // where a branch is already
    nodes_[at].key = index;
    nodes_[at].is_prefix = true;
  } else {  // under this node, where nothing is
    const std::uint32_t leaf = new_node(index, length, true);
    nodes_[at].child[bit(prefix, common)] = leaf;
  }
}

void PrefixTable::erase_node(std::uint32_t index) {
  const Prefix prefix = prefixes_[index];
  std::uint32_t way[130];  // nodes from the root to the prefix's own: their lengths grow
  unsigned depth = 0;
  for (std::uint32_t at = root_;; at = nodes_[at].child[bit(prefix, nodes_[at].length)]) {
    way[depth++] = at;
    if (nodes_[at].length == prefix.length()) break;
  }
  nodes_[way[depth - 1]].is_prefix = false;
  // A node that is no prefix needs two children: with one it gives its place to it, with none it goes.
  while (depth > 0) {
    const std::uint32_t at = way[depth - 1];
    Node& node = nodes_[at];
    if (node.is_prefix || (node.child[0] != kNone && node.child[1] != kNone)) break;
    const std::uint32_t rest = node.child[0] != kNone ? node.child[0] : node.child[1];
    const std::uint32_t parent = depth > 1 ? way[depth - 2] : kNone;
    link(parent, parent == kNone ? 0 : bit(prefix, nodes_[parent].length)) = rest;
    free_nodes_.push_back(at);
    --depth;
    if (rest != kNone) break;
  }
  // Keys of branches above must name a prefix that is still there.
  for (; depth > 0; --depth) {
    Node& node = nodes_[way[depth - 1]];
    if (node.key == index && !node.is_prefix) node.key = nodes_[node.child[0]].key;
  }
}

std::size_t PrefixTable::memory() const {
  return prefixes_.capacity() * sizeof(Prefix) + free_indexes_.capacity() * 4 + nodes_.capacity() * sizeof(Node) +
         (free_nodes_.capacity() + waiting_.capacity()) * 4 + index_.bucket_count() * 5;
}

}  // namespace fairway
