// What the command line is read with. Only for .cc files.
#include <CLI/CLI.hpp>
