// Incidents and explanations as text for people.
#pragma once

#include <string>

#include "core/incident/explanation.h"
#include "core/incident/incident.h"

namespace fairway {

// One line: "2018-11-12T21:12:16Z  leak (type 4), medium (5)  AS37282 <- AS15169  212 prefixes, open".
void append_line(std::string& out, const Incident& incident);
// Everything, several lines.
void append_text(std::string& out, const Incident& incident);
void append_text(std::string& out, const Explanation& explanation);

}  // namespace fairway
