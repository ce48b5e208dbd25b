// RangeIndex: things known by a range of numbers (core/model/number_range.h), found by what contains a range and what
// lies in one. Ranges may nest and overlap. Frozen once it is built. Of IPv4 and of AS numbers one costs 16 octets.
//
// Each kind is one array, sorted by where ranges begin, the widest first, and read as a balanced tree: the middle of a
// part of it is the root of that part, and knows how far any range of the part reaches, so that parts which end too
// early are not looked at.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/number_range.h"

namespace fairway {

class RangeIndex {
 public:
  void add(const NumberRange& range, std::uint32_t id);
  // After the last one.
  void freeze();

  // Calls take(range, id) for every range that contains this one, itself included, the widest first...
  template <class Take>
  void containing(const NumberRange& range, Take take) const {
    visit(range, [&](const auto& all) { all.containing(0, all.entries.size(), range, take); });
  }
  // ...and for every one that lies in it, itself included, by where they begin, the widest first.
  template <class Take>
  void within(const NumberRange& range, Take take) const {
    visit(range, [&](const auto& all) { all.within(range, take); });
  }

  std::size_t size() const { return ipv4_.entries.size() + ipv6_.entries.size() + asns_.entries.size(); }
  std::size_t octets() const;

 private:
  template <class T>
  struct Tree {
    struct Entry {
      T first, last;
      T reach;  // the greatest `last` of the part that this one is the root of
      std::uint32_t id;
    };

    template <class Take>
    void containing(std::size_t begin, std::size_t end, const NumberRange& range, Take& take) const {
      if (begin == end) return;
      const std::size_t middle = begin + (end - begin) / 2;
      const Entry& root = entries[middle];
      if (root.reach < range.last) return;
      containing(begin, middle, range, take);
      if (root.first > range.first) return;
      if (root.last >= range.last) take(NumberRange{range.kind, root.first, root.last}, root.id);
      containing(middle + 1, end, range, take);
    }
    template <class Take>
    void within(const NumberRange& range, Take& take) const {
      std::size_t begin = 0, end = entries.size();
      while (begin != end) {
        const std::size_t middle = begin + (end - begin) / 2;
        if (entries[middle].first < range.first) {
          begin = middle + 1;
        } else {
          end = middle;
        }
      }
      for (; begin < entries.size() && entries[begin].first <= range.last; ++begin) {
        const Entry& entry = entries[begin];
        if (entry.last <= range.last) take(NumberRange{range.kind, entry.first, entry.last}, entry.id);
      }
    }
    void freeze();
    T set_reach(std::size_t begin, std::size_t end);

    std::vector<Entry> entries;
  };

  template <class Do>
  void visit(const NumberRange& range, Do action) const {
    switch (range.kind) {
      case NumberRange::Kind::ipv4: return action(ipv4_);
      case NumberRange::Kind::ipv6: return action(ipv6_);
      default: return action(asns_);
    }
  }

  Tree<std::uint32_t> ipv4_, asns_;
  Tree<NumberRange::Number> ipv6_;
};

}  // namespace fairway
