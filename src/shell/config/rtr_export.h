// What an RTR cache tells, once, as if it were a relying party's export.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "core/read/rpki_export.h"

namespace fairway::config {

// `url`: "rtr://HOST[:PORT]". Its date is the moment when everything was told; what an ASPA-less version says lists no
// ASPAs. Errors: system (no connection; it did not tell everything within `longest`
// seconds; the text says what was the matter), refused (no VRP).
Result<RpkiExport> read_rtr(const std::string& url, std::uint32_t longest = 60);

}  // namespace fairway::config
