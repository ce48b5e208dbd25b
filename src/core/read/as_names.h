// Names of ASes, one a line:
//
//   AS2 - University of Delaware      bgp.tools and lists of its kind
//   2 UDEL-DCN, US                    asn.txt of the RIPE NCC: the name, then the country's code
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/asn.h"
#include "core/read/reading.h"

namespace fairway {

struct AsNames {
  struct Name {
    Asn asn;
    std::string name;     // never empty
    std::string country;  // ISO 3166, or empty
    friend bool operator==(const Name&, const Name&) = default;
  };
  std::string format;       // "AS - name", "asn.txt"
  std::vector<Name> names;  // in the file's order
  Skips skips;              // where: the line
};

bool is_as_names(Bytes head);
Result<AsNames> read_as_names(Bytes bytes);

}  // namespace fairway
