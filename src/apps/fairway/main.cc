// fairway: one program for the four MANRS actions. The commands are in commands.def.
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "apps/fairway/command.h"

int main(int argc, char** argv) {
  using namespace fairway;
  std::signal(SIGPIPE, SIG_IGN);  // Output notices that the reader has gone
  Output out(STDOUT_FILENO);
  Output err(STDERR_FILENO, 0);
  ExitCode code = ExitCode::failure;
  try {
    code = run_program(std::vector<std::string>(argv + 1, argv + argc), out, err);
  } catch (const std::exception& error) {  // out of memory, or our own mistake
    err.line(std::string("fairway: ") + error.what());
  }
  out.flush();
  if (out.error() != 0) {
    err.line(std::string("fairway: cannot write the output: ") + std::strerror(out.error()));
    code = ExitCode::failure;
  }
  return static_cast<int>(out.closed() ? ExitCode::fine : code);
}
