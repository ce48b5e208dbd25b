// VrpTable: the Validated ROA Payloads (RFC 6811 section 2) of one moment, frozen: sorted, indexed, const for ever,
// shareable between threads. A VRP says: this AS may originate this prefix and what lies under it, up to a length.
// A VRP's id is its place in the sorted table, so an id means nothing in another table.
//
// In memory one VRP costs 16 octets (IPv6: 28), its share of the index comes on top; octets() says how much it is.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/prefix.h"
#include "core/tables/prefix_index.h"

namespace fairway {

// Ordered and compared without the trust anchor: the same statement under two anchors is one VRP.
struct Vrp {
  Prefix prefix;
  std::uint8_t max_length = 0;    // below the prefix's own length it can match nothing, yet it covers
  Asn asn;                        // 0: nobody may originate it (RFC 6483 section 4)
  std::uint8_t trust_anchor = 0;  // an index into VrpTable::trust_anchors()

  friend constexpr auto operator<=>(const Vrp& a, const Vrp& b) {
    if (const auto order = a.prefix <=> b.prefix; order != 0) return order;
    if (const auto order = a.max_length <=> b.max_length; order != 0) return order;
    return a.asn <=> b.asn;
  }
  friend constexpr bool operator==(const Vrp& a, const Vrp& b) { return (a <=> b) == 0; }
};

class VrpTable {
 public:
  static constexpr std::uint32_t kNone = PrefixIndex::kNone;

  // Any order, duplicates welcome (of two anchors the lower index stays). Fewer than 2^31 VRPs. Sorted input is
  // quicker.
  static VrpTable build(std::vector<Vrp> vrps, std::vector<std::string> trust_anchors = {},
                        std::optional<Instant> built = {});

  std::size_t size() const { return entries_.size(); }
  Vrp vrp(std::uint32_t id) const;

  // All VRPs in order: a range of Vrp by value with size() and [id].
  class List;
  List vrps() const;

  std::span<const std::string> trust_anchors() const { return trust_anchors_; }
  std::optional<Instant> built() const { return built_; }  // when its publisher says it was made
  std::size_t octets() const;                              // everything: VRPs and index

  // The ids of every VRP whose prefix covers `prefix`, shortest prefix first, within one prefix in table order.
  // `ids` is cleared first.
  void covering(const Prefix& prefix, std::vector<std::uint32_t>& ids) const;
  // The ids [first, second) of the VRPs whose prefix is `prefix` or lies under it.
  std::pair<std::uint32_t, std::uint32_t> under(const Prefix& prefix) const;

  // For lookups that count nanoseconds. VRPs of one prefix stand together as a run, named by its first id; from a run
  // one climbs to the run of the next shorter prefix that covers it:
  //
  //   for (run = longest_covering(prefix); run != kNone; run = parent(run))
  //     for (id = run;; ++id) { ...entries()[id]...; if (entries()[id].last) break; }
  struct Entry {
    Asn asn;
    std::uint8_t length;
    std::uint8_t max_length;
    std::uint8_t trust_anchor;
    bool last : 1;        // of its run
    bool has_parent : 1;  // its run has
  };
  static_assert(sizeof(Entry) == 8);
  std::span<const Entry> entries() const { return entries_; }
  std::uint32_t parent(std::uint32_t run) const { return entries_[run].has_parent ? parents_[run] : kNone; }
  // The run of the longest prefix that covers `prefix`, or kNone. `segment`: what index() finds for its first address.
  std::uint32_t longest_covering(const Prefix& prefix, std::uint32_t segment) const {
    while (segment != kNone && entries_[segment].length > prefix.length()) segment = parent(segment);
    return segment;
  }
  std::uint32_t longest_covering(const Prefix& prefix) const {
    return longest_covering(prefix, index_.find(prefix.address()));
  }
  const PrefixIndex& index() const { return index_; }

 private:
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> parents_;               // runs; of the first of a run alone it is read
  std::vector<std::uint32_t> upper_;                 // of the prefixes, the upper 32 bits
  std::vector<std::array<std::uint32_t, 3>> lower_;  // of the IPv6 ones, the other 96
  std::uint32_t first_ipv6_ = 0;
  PrefixIndex index_;
  std::vector<std::string> trust_anchors_;
  std::optional<Instant> built_;
};

class VrpTable::List {
 public:
  class Iterator {
   public:
    using value_type = Vrp;
    using difference_type = std::ptrdiff_t;
    using reference = Vrp;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;

    Iterator() = default;
    Iterator(const VrpTable* table, std::uint32_t id) : table_(table), id_(id) {}
    Vrp operator*() const { return table_->vrp(id_); }
    Iterator& operator++() { return ++id_, *this; }
    Iterator operator++(int) { return {table_, id_++}; }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const VrpTable* table_ = nullptr;
    std::uint32_t id_ = 0;
  };

  explicit List(const VrpTable* table) : table_(table) {}
  std::size_t size() const { return table_->size(); }
  bool empty() const { return size() == 0; }
  Vrp operator[](std::size_t id) const { return table_->vrp(static_cast<std::uint32_t>(id)); }
  Iterator begin() const { return {table_, 0}; }
  Iterator end() const { return {table_, static_cast<std::uint32_t>(size())}; }

 private:
  const VrpTable* table_;
};

inline VrpTable::List VrpTable::vrps() const { return List(this); }

// What came and what went between two tables, each sorted. Trust anchors do not count.
struct VrpDifference {
  std::vector<Vrp> added, removed;

  bool empty() const { return added.empty() && removed.empty(); }
};
VrpDifference difference(const VrpTable& old, const VrpTable& next);

// The space whose routes a difference can judge anew (RFC 6811 section 4): every route whose prefix lies in one of
// these prefixes, sorted, none under another. All other routes keep their verdict.
std::vector<Prefix> affected(const VrpDifference& difference);

}  // namespace fairway
