#include "core/tables/exchange.h"

#include <algorithm>
#include <utility>

namespace fairway {

ExchangeTable ExchangeTable::build(std::vector<Lan> lans, const std::vector<Asn>& route_servers) {
  ExchangeTable table;
  std::sort(lans.begin(), lans.end(), [](const Lan& a, const Lan& b) { return a.prefix < b.prefix; });
  for (Lan& lan : lans) {  // LANs inside another are the other's
    if (table.lans_.empty() || !table.lans_.back().prefix.covers(lan.prefix)) table.lans_.push_back(std::move(lan));
  }
  table.route_servers_.insert(route_servers.begin(), route_servers.end());
  return table;
}

const ExchangeTable::Lan* ExchangeTable::lan_covering(const Prefix& prefix) const {
  const auto after =
      std::upper_bound(lans_.begin(), lans_.end(), prefix, [](const Prefix& p, const Lan& l) { return p < l.prefix; });
  return after != lans_.begin() && std::prev(after)->prefix.covers(prefix) ? &*std::prev(after) : nullptr;
}

}  // namespace fairway
