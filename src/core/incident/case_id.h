// The id of an incident: of nothing but what it is about and when it opened.
#pragma once

#include <cstdint>
#include <string>

#include "core/incident/incident.h"

namespace fairway {

// 16 hexadecimal digits. `second`: what the case is grouped by beside the offender.
std::string case_id(IncidentType type, Asn offender, std::uint32_t second, Instant opened);

}  // namespace fairway
