// fairway serve --config FILE: the daemon.
#pragma once

#include "apps/fairway/command.h"

namespace fairway {

ExitCode serve_daemon(Arguments arguments, Output& out, Output& err);

}  // namespace fairway
