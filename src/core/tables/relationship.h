// RelationshipTable: what ASes are to each other in business, as inferred from public routes (CAIDA's AS relationships
// and their kin), frozen. Inferred: a link that is not there is unknown, and a peering that is there is no proof.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/asn.h"

namespace fairway {

// What the second AS is to the first.
enum class Relationship : std::uint8_t { unknown, provider, customer, peer };
std::string_view to_string(Relationship relationship);

struct RelationshipLink {
  Asn a, b;
  bool transit = false;  // a is b's provider; else they are peers

  friend bool operator==(const RelationshipLink&, const RelationshipLink&) = default;
};

class RelationshipTable {
 public:
  // Any order. Where two links of one pair disagree the transit one stays. `clique`: the provider-free ASes at the top
  // as the source names them; if empty, they are found: from the provider-free AS with most customers down, every
  // provider-free AS that peers with all found so far.
  static RelationshipTable build(std::vector<RelationshipLink> links, std::vector<Asn> clique = {});

  Relationship of(Asn a, Asn b) const;  // what b is to a
  bool knows(Asn asn) const { return places_.contains(asn); }

  struct Neighbour {
    Asn asn;
    Relationship relationship;  // what it is to the AS asked about
  };
  std::span<const Neighbour> neighbours(Asn asn) const;  // sorted by ASN
  std::vector<Asn> providers(Asn asn) const { return all(asn, Relationship::provider); }
  std::vector<Asn> customers(Asn asn) const { return all(asn, Relationship::customer); }
  std::vector<Asn> peers(Asn asn) const { return all(asn, Relationship::peer); }
  bool has_customers(Asn asn) const { return has(asn, Relationship::customer); }
  bool has_providers(Asn asn) const { return has(asn, Relationship::provider); }

  std::span<const Asn> clique() const { return clique_; }  // sorted
  bool in_clique(Asn asn) const;

  // How many ASes are in the customer cone (itself, its customers, theirs, ...; the recursive definition of Luckie et
  // al., "AS Relationships, Customer Cones, and Validation", IMC 2013). 1 for an AS that is not known. Where links form
  // cones many times deeper than the Internet's, as only a broken or hostile file has them, the last ASes to be counted
  // have "all of them".
  std::uint32_t cone_size(Asn asn) const;

  // Whether b, a peer of a by this table, may as well be its customer: peerings are inferred, and one of a with a
  // network that is more than ten times smaller, by cone and by number of neighbours, is more likely wrong than real.
  bool doubts_peering(Asn a, Asn b) const;

  std::size_t links() const { return neighbours_.size() / 2; }

 private:
  std::vector<Asn> all(Asn asn, Relationship relationship) const;
  bool has(Asn asn, Relationship relationship) const;
  void count_cones();

  boost::unordered_flat_map<Asn, std::uint32_t> places_;  // -> its place in first_
  std::vector<std::uint32_t> first_;                      // where its neighbours begin; one more at the end
  std::vector<Neighbour> neighbours_;
  std::vector<std::uint32_t> cones_;  // by place
  std::vector<Asn> clique_;
};

}  // namespace fairway
