// The members of the sets that policies name: each set is expanded when it is first asked for, and kept.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/model/range_operator.h"
#include "core/tables/world.h"

namespace fairway {

struct PolicyMembers {
  bool known = false;                   // a registry has the set
  bool whole = false;                   // and all sets in it
  boost::unordered_flat_set<Asn> asns;  // without an operator
  std::vector<std::pair<Asn, RangeOperator>> ranged_asns;
  boost::unordered_flat_map<Prefix, std::vector<RangeOperator>> prefixes;
  std::array<std::vector<std::uint8_t>, 2> lengths;  // of those prefixes, IPv4's and IPv6's, ascending

  bool has(Asn asn) const;
  bool only(Asn asn) const {
    return whole && asns.size() == 1 && asns.contains(asn) && ranged_asns.empty() && prefixes.empty();
  }
  // Whether a prefix that is listed, with its operators and then `outer`, means this one.
  bool accepts(const Prefix& prefix, RangeOperator outer) const;
};

class PolicyMemberTable {
 public:
  // `world`, with its policies, must outlive it.
  explicit PolicyMemberTable(const World& world);

  // By the name's place in PolicyTable::names(). `peer` stands for a PeerAS in the name. Lives as long as this.
  const PolicyMembers& of(std::uint32_t name, Asn peer);

 private:
  std::unique_ptr<PolicyMembers> expand(const std::string& name) const;

  const World& world_;
  std::vector<std::unique_ptr<PolicyMembers>> by_name_;
  boost::unordered_flat_map<std::uint64_t, std::unique_ptr<PolicyMembers>> by_name_and_peer_;
};

// Whether of a prefix with these operators the other is meant. It must cover it.
inline bool is_meant(RangeOperator range, const Prefix& listed, const Prefix& prefix) {
  const auto length = static_cast<std::uint8_t>(listed.length());
  const auto lengths = range.apply({length, length}, address_bits(prefix.family()));
  return lengths && lengths->least <= prefix.length() && prefix.length() <= lengths->most;
}

}  // namespace fairway
