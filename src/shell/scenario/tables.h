// The tables of a scenario as files of the forms in which they are published, so that the engine knows nothing that a
// file of the same kind could not have told it: VRPs and ASPAs as rpki-client writes them, AS relationships as CAIDA's
// serial-1, organisations as as-org2info, names one a line, route objects as RPSL. Relationships hold those of the
// background and of the views' chains too.
#pragma once

#include <string>
#include <vector>

#include "shell/scenario/plan.h"

namespace fairway::scenario {

struct TableFile {
  std::string name;  // "vrps.json", "as-relationships.txt", "as-org2info.txt", "as-names.txt", "irr.ALTDB.db"
  std::string text;
};

// `registered` is scenario.then or scenario.now. A table about which the scenario says nothing is not among them.
std::vector<TableFile> table_files(const Scenario& scenario, const Tables& registered);

}  // namespace fairway::scenario
