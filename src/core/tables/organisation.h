// OrganisationTable: which organisation holds an AS (CAIDA's as-org2info), frozen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/asn.h"

namespace fairway {

struct Organisation {
  std::string id, name, country;  // country: ISO 3166 or empty

  friend bool operator==(const Organisation&, const Organisation&) = default;
};

class OrganisationTable {
 public:
  struct Holder {
    Asn asn;
    std::string organisation;  // an Organisation's id; one that is not described stands for itself

    friend bool operator==(const Holder&, const Holder&) = default;
  };
  static OrganisationTable build(std::vector<Organisation> organisations, const std::vector<Holder>& holders);

  const Organisation* of(Asn asn) const;                // null: not known
  bool same(Asn a, Asn b) const;                        // both known, and one
  std::size_t size() const { return holders_.size(); }  // ASes

 private:
  std::vector<Organisation> organisations_;
  boost::unordered_flat_map<Asn, std::uint32_t> holders_;
};

}  // namespace fairway
