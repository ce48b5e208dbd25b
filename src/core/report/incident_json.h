// Incidents as JSON: one object a line, in the words of docs/formats/incidents.md.
#pragma once

#include <string>

#include "core/incident/explanation.h"
#include "core/incident/incident.h"

namespace fairway {

void append_json(std::string& out, const Incident& incident);  // without a line feed
// {"version": 1, "event": "opened", "at": TIME, "incident": {...}}
void append_json(std::string& out, Transition transition, Instant at, const Incident& incident);
void append_json(std::string& out, const Explanation& explanation);

}  // namespace fairway
