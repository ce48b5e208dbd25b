// RpkiExport: what a relying party's export says, whatever its form: validated ROA payloads and ASPAs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/instant.h"
#include "core/read/reading.h"
#include "core/tables/aspa.h"
#include "core/tables/vrp.h"

namespace fairway {

struct RpkiExport {
  std::string format;                      // "rpki-client JSON", "Routinator JSON", "JSON", "CSV"
  std::vector<Vrp> vrps;                   // in the file's order
  std::vector<std::string> trust_anchors;  // Vrp::trust_anchor counts into this; "" where the file names none
  bool lists_vrps = false;                 // it has a list of VRPs: else ROAs are not known from it
  bool lists_aspas = false;  // it has a list of ASPAs, which may be empty: else ASPAs are not known from it
  std::vector<Aspa> aspas;
  std::optional<Instant> built;                     // when the relying party made it, if it says so
  std::size_t expired_vrps = 0, expired_aspas = 0;  // left out
  Skips skips;
};

// The index of a name in `names`, which it joins if it is new and there is room for it (256 in all).
std::optional<std::uint8_t> index_of_name(std::vector<std::string>& names, std::string_view name);

}  // namespace fairway
