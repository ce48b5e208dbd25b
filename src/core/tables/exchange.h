// ExchangeTable: Internet exchange points as PeeringDB describes them: their peering LANs, which no network should
// announce, and their route servers, which may or may not put their AS into a path. Frozen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "core/model/asn.h"
#include "core/model/prefix.h"

namespace fairway {

class ExchangeTable {
 public:
  struct Lan {
    Prefix prefix;
    std::string exchange;  // its name
  };
  static ExchangeTable build(std::vector<Lan> lans, const std::vector<Asn>& route_servers);

  const Lan* lan_covering(const Prefix& prefix) const;  // the LAN in which the prefix lies; null: in none
  bool is_route_server(Asn asn) const { return route_servers_.contains(asn); }
  const std::vector<Lan>& all() const { return lans_; }  // sorted by prefix
  std::size_t lans() const { return lans_.size(); }
  std::size_t route_servers() const { return route_servers_.size(); }

 private:
  std::vector<Lan> lans_;  // sorted by prefix
  boost::unordered_flat_set<Asn> route_servers_;
};

}  // namespace fairway
