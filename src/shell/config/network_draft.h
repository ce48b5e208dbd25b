// A first network.yaml: what the loaded tables and a routing table say about somebody's ASes. What no table knows is
// left open.
//
//   prefixes     VRPs and route objects that name one of the ASes, and what they announce in the routing table
//   origins      mine, and whoever else the VRPs of the very prefix name
//   max_length   of the VRPs
//   occasional   with a routing table: registered, but not announced in it
//   neighbours   AS relationships and own ASPAs; whoever stands next to an AS of mine in the routing table, role open;
//                names, as-sets and limits of PeeringDB
//   exchanges    PeeringDB
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "core/model/as_path.h"
#include "core/read/peeringdb.h"
#include "core/tables/expectation.h"
#include "core/tables/world.h"

namespace fairway::config {

// What a routing table shows of some ASes.
class SeenNetwork {
 public:
  explicit SeenNetwork(std::vector<Asn> asns);

  void add(const Prefix& prefix, const AsPath& path);
  void add(const SeenNetwork& other);  // of the same ASes

  const std::set<Prefix>& prefixes(Asn asn) const;                       // that it originates
  const std::set<std::pair<Asn, Asn>>& links() const { return links_; }  // {of mine, next to it}
  bool announced(const Prefix& prefix) const;                            // by one of the ASes

 private:
  std::vector<Asn> asns_;  // sorted
  std::map<Asn, std::set<Prefix>> prefixes_;
  std::set<std::pair<Asn, Asn>> links_;
};

// `seen` null: no routing table was read.
Network draft_network(std::vector<Asn> asns, const World& world, std::span<const PeeringDb* const> peeringdb,
                      const SeenNetwork* seen);

}  // namespace fairway::config
