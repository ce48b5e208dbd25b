// fairway serve rtr: VRPs and ASPAs for routers, without configuration.
#pragma once

#include "apps/fairway/command.h"

namespace fairway {

// `arguments`: what stands behind "serve rtr".
ExitCode serve_rtr(Arguments arguments, Output& out, Output& err);

}  // namespace fairway
