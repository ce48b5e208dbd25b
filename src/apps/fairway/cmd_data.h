// fairway data: its verbs, each a command of its own.
#pragma once

#include "apps/fairway/command.h"
#include "core/model/instant.h"

namespace fairway {

ExitCode data_list(Arguments arguments, Output& out, Output& err);
ExitCode data_update(Arguments arguments, Output& out, Output& err);

// "3 h", "12 d": how long ago; "in 2 d" for what lies ahead.
std::string age_text(Duration age);

}  // namespace fairway
