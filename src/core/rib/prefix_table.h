// PrefixTable: the prefixes of one family, each with a dense index; found by hash, by what covers them and by what they
// cover.
//
// Beside the hash stands a path-compressed binary trie. A node has the bits of some prefix below it (its key) up to its
// length, so it holds no bits of its own: 16 octets, at most two nodes a prefix. New prefixes wait until the trie is
// asked, and then go in in their order, which is several times as fast: so no two threads may ask at once. Indexes of
// erased prefixes are used again.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <vector>

#include "core/model/prefix.h"

namespace fairway {

class PrefixTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  PrefixTable() : index_(0, Hash{this}, Equal{this}) {}
  PrefixTable(const PrefixTable&) = delete;  // the index knows where the table lives
  PrefixTable& operator=(const PrefixTable&) = delete;

  struct Inserted {
    std::uint32_t index;
    bool fresh;
  };
  Inserted insert(const Prefix& prefix);
  std::uint32_t find(const Prefix& prefix) const;
  void erase(std::uint32_t index);  // one that is there

  const Prefix& prefix(std::uint32_t index) const { return prefixes_[index]; }
  std::size_t size() const { return index_.size(); }
  std::size_t indexes() const { return prefixes_.size(); }  // every index is below
  std::size_t memory() const;

  // Calls visit(index) for every prefix that covers `prefix`, itself included, shortest first.
  template <class Visit>
  void covering(const Prefix& prefix, Visit&& visit) const {
    insert_waiting();
    for (std::uint32_t at = root_; at != kNone && nodes_[at].length <= prefix.length();) {
      const Node& node = nodes_[at];
      if (node.is_prefix) {
        if (common_bits(prefixes_[node.key], prefix) < node.length) return;
        visit(node.key);
      }
      if (node.length == prefix.length()) return;
      at = node.child[bit(prefix, node.length)];
    }
  }
  // Calls visit(index) for every prefix under `prefix`, itself included, in the order of prefixes, while visit returns
  // true.
  template <class Visit>
  void under(const Prefix& prefix, Visit&& visit) const {
    insert_waiting();
    std::uint32_t at = root_;
    while (at != kNone && nodes_[at].length < prefix.length()) {
      at = nodes_[at].child[bit(prefix, nodes_[at].length)];
    }
    if (at == kNone || common_bits(prefixes_[nodes_[at].key], prefix) < prefix.length()) return;
    std::vector<std::uint32_t> open{at};
    while (!open.empty()) {
      const Node& node = nodes_[open.back()];
      open.pop_back();
      if (node.is_prefix && !visit(node.key)) return;
      if (node.child[1] != kNone) open.push_back(node.child[1]);
      if (node.child[0] != kNone) open.push_back(node.child[0]);
    }
  }

 private:
  struct Node {
    std::uint32_t child[2] = {kNone, kNone};
    std::uint32_t key = kNone;
    std::uint8_t length = 0;
    bool is_prefix = false;
  };
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    const PrefixTable* table;
    std::size_t operator()(std::uint32_t index) const { return hash_value(table->prefixes_[index]); }
    std::size_t operator()(const Prefix& prefix) const { return hash_value(prefix); }
  };
  struct Equal {
    using is_transparent = void;
    const PrefixTable* table;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(const Prefix& prefix, std::uint32_t index) const { return table->prefixes_[index] == prefix; }
    bool operator()(std::uint32_t index, const Prefix& prefix) const { return table->prefixes_[index] == prefix; }
  };

  static unsigned bit(const Prefix& prefix, unsigned at) {
    return static_cast<unsigned>(at < 64 ? prefix.high() >> (63 - at) : prefix.low() >> (127 - at)) & 1;
  }
  static unsigned common_bits(const Prefix& a, const Prefix& b) {
    if (const std::uint64_t high = a.high() ^ b.high()) return static_cast<unsigned>(__builtin_clzll(high));
    if (const std::uint64_t low = a.low() ^ b.low()) return 64 + static_cast<unsigned>(__builtin_clzll(low));
    return 128;
  }
  void insert_waiting() const {
    if (!waiting_.empty()) insert_all_waiting();
  }
  void insert_all_waiting() const;
  std::uint32_t new_node(std::uint32_t key, unsigned length, bool is_prefix) const;
  void insert_node(std::uint32_t index) const;
  void erase_node(std::uint32_t index);
  std::uint32_t& link(std::uint32_t parent, unsigned which) const {
    return parent == kNone ? root_ : nodes_[parent].child[which];
  }

  std::vector<Prefix> prefixes_;
  std::vector<std::uint32_t> free_indexes_;
  // The trie, behind by what waits.
  mutable std::vector<std::uint32_t> waiting_;
  mutable std::vector<Node> nodes_;
  mutable std::vector<std::uint32_t> free_nodes_;
  mutable std::uint32_t root_ = kNone;
  boost::unordered_flat_set<std::uint32_t, Hash, Equal> index_;
};

}  // namespace fairway
