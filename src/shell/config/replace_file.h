// A file written whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace fairway::config {

enum class Access { everybody, mine };  // who may read it: 0644, or 0600 for what holds secrets

// Writes beside the file ("PATH.part") and puts it into place at once: others see the old content or the new. Error:
// system; nothing is left behind.
Result<void> replace_file(const std::string& path, std::string_view content,
                          Access access = Access::everybody);

}  // namespace fairway::config
