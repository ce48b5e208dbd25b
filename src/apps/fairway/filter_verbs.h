// The verbs of `fairway filter`, each in a file of its name.
#pragma once

#include "apps/fairway/command.h"

namespace fairway {

ExitCode filter_build(Arguments arguments, Output& out, Output& err);
ExitCode filter_diff(Arguments arguments, Output& out, Output& err);
ExitCode filter_vet(Arguments arguments, Output& out, Output& err);
ExitCode filter_prove(Arguments arguments, Output& out, Output& err);
ExitCode filter_audit(Arguments arguments, Output& out, Output& err);

}  // namespace fairway
