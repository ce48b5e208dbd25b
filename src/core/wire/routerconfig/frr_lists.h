// The lists of FRR: prefix lists, AS-path access lists, community lists. All are ordered; the first entry that matches
// permits or denies, and what none matches is denied. A prefix list without an entry permits everything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/filter/path_pattern.h"
#include "core/wire/routerconfig/range_set.h"
#include "core/wire/routerconfig/reading.h"

namespace fairway::reader::frr {

// Three-valued: nothing is "not known".
using Truth = std::optional<bool>;

class PrefixList {
 public:
  struct Entry {
    PrefixRange range;
    bool permit = true;
    std::uint32_t line = 0;
  };
  // `sequence`: as written; 0: behind the last, as FRR numbers it.
  void add(std::uint32_t sequence, const Entry& entry);
  void close();  // before it is asked
  bool permits(const Prefix& prefix) const;
  const std::map<std::uint32_t, Entry>& entries() const { return entries_; }

 private:
  std::map<std::uint32_t, Entry> entries_;
  RangeSet ranges_;
  std::vector<bool> permit_;  // by value of the range
};

class PathList {
 public:
  struct Entry {
    bool permit = true;
    std::optional<PathPattern> pattern;  // unset: the expression was not understood
    std::uint32_t line = 0;
  };
  void add(std::uint32_t sequence, Entry entry);
  Truth permits(const std::string& path) const;

 private:
  std::map<std::uint32_t, Entry> entries_;
};

// Of communities or of large communities, each as numbers.
template <class Value>
class CommunityList {
 public:
  struct Entry {
    bool permit = true;
    std::vector<Value> members;          // a standard entry: all of them must be there; none: any route
    std::optional<PathPattern> pattern;  // an expanded one: over the communities as text
    bool understood = true;
    std::uint32_t line = 0;
  };
  void add(std::uint32_t sequence, Entry entry);
  // `exact`: the entry's members and no others.
  Truth permits(const std::vector<Value>& held, bool exact) const;
  // Whether one community alone is permitted, for `delete`.
  Truth permits(const Value& one) const { return permits(std::vector<Value>{one}, false); }

 private:
  std::map<std::uint32_t, Entry> entries_;
};

extern template class CommunityList<Community>;
extern template class CommunityList<LargeCommunity>;

}  // namespace fairway::reader::frr
