// AS relationships as CAIDA publishes them, and who follows its form (TopoScope, ProbLink):
//
//   serial-1   provider|customer|-1      peer|peer|0
//   serial-2   the same and a fourth field, how it was inferred: bgp, mlp
//
// Comments name the provider-free ASes ("# input clique: 174 209 ..." or "# inferred clique: ..."), the ASes that are
// exchange points ("# IXP ASes: ..."), and the day of the paths ("# source:topology|BGP|20230101|...": the newest
// counts). Siblings of old files (1 or 2) are left out, each counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/instant.h"
#include "core/read/reading.h"
#include "core/tables/relationship.h"

namespace fairway {

struct AsRelationships {
  std::string format;                   // "serial-1", "serial-2"
  std::vector<RelationshipLink> links;  // in the file's order
  std::vector<Asn> clique;              // empty: the file names none
  std::vector<Asn> exchanges;
  std::optional<Instant> date;
  std::size_t siblings = 0;
  Skips skips;  // where: the line
};

bool is_as_relationships(Bytes head);
Result<AsRelationships> read_as_relationships(Bytes bytes);

}  // namespace fairway
