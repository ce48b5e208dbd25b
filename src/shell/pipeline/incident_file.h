// Incidents read back from what `fairway replay` wrote.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/incident/incident.h"

namespace fairway {

struct StoredIncident {
  Incident incident;
  std::deque<std::string> names;  // of its evidence, which borrows them
};

// One, of its JSON (docs/formats/incidents.md). Error: malformed.
Result<StoredIncident> read_incident(std::string_view json);

// The last state of the incident whose id begins with `id`, in a file of incidents or of events. Error: the file cannot
// be read, a line is no incident (`where` is the line), or the beginning fits several incidents.
Result<std::optional<StoredIncident>> find_incident(const std::string& path, std::string_view id);

}  // namespace fairway
