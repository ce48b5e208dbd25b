// PeerlockTable: networks that carry nobody's traffic in between two others, so that nobody should have a route through
// them but their own ("peer lock"). A content network that was handed a peer's routes and passed them on is found by
// this alone where the relations around it are not known: Google's leak of 25 August 2017, 701 15169 4713. Frozen.
//
// Also the networks that are free of transit, for when no relationships are loaded, and which ASes are of one holder
// with them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/model/asn.h"

namespace fairway {

struct Peerlock {
  Asn network;
  std::string holder;
  std::vector<Asn> own;            // further ASes of the holder, sorted: what it passes on for them is its own
  bool carries_customers = false;  // it protects or connects customers too: only what it has from a provider or a peer
                                   // is not its own
};

class PeerlockTable {
 public:
  // Any order. Of several rows of one network the last stays.
  static PeerlockTable build(std::vector<Peerlock> rows);
  static const PeerlockTable& built_in();

  const Peerlock* of(Asn network) const;                    // null: no row
  std::span<const Peerlock> rows() const { return rows_; }  // sorted by network

 private:
  std::vector<Peerlock> rows_;
};

// Networks without a provider by two published lists at once: the clique that CAIDA gave its AS relationships from 2016
// on, and the default of arouteserver's `transit_free`. Sorted.
std::span<const Asn> transit_free_networks();
// Whether both are ASes of one such network, or of one built-in row: by the names under which they are registered.
bool known_siblings(Asn a, Asn b);

}  // namespace fairway
