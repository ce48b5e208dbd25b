// NameTable: what ASes are called, frozen.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/asn.h"

namespace fairway {

class NameTable {
 public:
  // Of several names of one AS the first stays.
  static NameTable build(std::vector<std::pair<Asn, std::string>> names) {
    NameTable table;
    for (auto& [asn, name] : names) table.names_.try_emplace(asn, std::move(name));
    return table;
  }

  std::string_view of(Asn asn) const {  // empty: not known
    const auto found = names_.find(asn);
    return found == names_.end() ? std::string_view{} : std::string_view(found->second);
  }
  std::size_t size() const { return names_.size(); }

 private:
  boost::unordered_flat_map<Asn, std::string> names_;
};

}  // namespace fairway
