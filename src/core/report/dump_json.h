// One JSON object a line; docs/formats/dump.md lists its keys. What an event does not have is left out.
#pragma once

#include <memory>

#include "core/report/dump.h"

namespace fairway {

std::unique_ptr<DumpFormat> make_json_format(const DumpOptions& options);

}  // namespace fairway
