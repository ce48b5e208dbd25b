// SelfDescriptionTable: what networks say of themselves in PeeringDB, as far as filters are made from it. Frozen.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/asn.h"

namespace fairway {

struct SelfDescription {
  Asn asn;
  std::string as_set;  // "RIPE::AS-EXAMPLE", as written; may hold several; empty: it does not say
  std::uint32_t prefixes4 = 0, prefixes6 = 0;  // how many it announces at most; 0: it does not say
  bool never_via_route_servers = false;        // its prefixes are not reached through route servers
};

class SelfDescriptionTable {
 public:
  // Of several of one AS the first stays.
  static SelfDescriptionTable build(std::vector<SelfDescription> rows) {
    SelfDescriptionTable table;
    for (SelfDescription& row : rows) table.rows_.try_emplace(row.asn, std::move(row));
    for (const auto& [asn, row] : table.rows_) {
      if (row.never_via_route_servers) table.never_.push_back(asn);
    }
    std::sort(table.never_.begin(), table.never_.end());
    return table;
  }

  const SelfDescription* of(Asn asn) const {  // null: it says nothing
    const auto found = rows_.find(asn);
    return found == rows_.end() ? nullptr : &found->second;
  }
  const std::vector<Asn>& never_via_route_servers() const { return never_; }  // sorted
  std::size_t size() const { return rows_.size(); }

 private:
  boost::unordered_flat_map<Asn, SelfDescription> rows_;
  std::vector<Asn> never_;
};

}  // namespace fairway
