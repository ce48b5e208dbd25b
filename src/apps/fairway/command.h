// A command is a function from its arguments and two outputs to an exit code. Their table is commands.def: a new
// command is one row there and one file cmd_NAME.cc that defines fairway::commands::NAME.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "apps/fairway/exit_code.h"
#include "apps/fairway/output.h"

namespace fairway {

// What stands behind the command's name on the command line.
using Arguments = std::span<const std::string>;

using CommandFunction = ExitCode (*)(Arguments arguments, Output& out, Output& err);

struct Command {
  std::string_view name;
  std::string_view summary;  // after "fairway NAME": what it does, without a full stop
  CommandFunction run;
};

namespace commands {
#define COMMAND(name, summary) ExitCode name(Arguments arguments, Output& out, Output& err);
#include "apps/fairway/commands.def"
#undef COMMAND
}  // namespace commands

// Every command, in the order of the table.
std::span<const Command> all_commands();

// The whole program: finds the command that arguments[0] names and runs it; answers --help and --version.
ExitCode run_program(Arguments arguments, Output& out, Output& err);

}  // namespace fairway
