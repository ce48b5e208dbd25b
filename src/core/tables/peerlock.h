// PeerlockTable: networks that carry nobody's traffic in between two others, so that nobody may have a route through
// them that is not their own or of their own ASes ("peer lock", Snijders, NANOG 67). A content network that was handed
// a peer's routes and passes them on is found by this alone where the relations around it are not known: Google's leak
// of 25 August 2017 (701 15169 4713). Frozen.
//
// Also the networks without any provider, for when no relationships are loaded.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/model/asn.h"

namespace fairway {

struct Peerlock {
  Asn network;
  std::string_view name;
  std::vector<Asn> own;  // further ASes of the same holder, sorted: it may carry theirs, and they its
};

class PeerlockTable {
 public:
  // Any order. Several rows of one network: their own ASes add up.
  static PeerlockTable build(std::vector<Peerlock> rows);
  static const PeerlockTable& built_in();

  // The row of the network, or null.
  const Peerlock* of(Asn network) const;
  // Whether both are ASes of one row.
  bool same_holder(Asn a, Asn b) const;
  std::span<const Peerlock> rows() const { return rows_; }  // sorted by network

 private:
  std::vector<Peerlock> rows_;
};

// Networks that are free of transit by two published lists at once: CAIDA's clique for its AS relationships (since
// 2016) and the default of arouteserver's `transit_free`. Sorted.
std::span<const Asn> transit_free_networks();

}  // namespace fairway
