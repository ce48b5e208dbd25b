#include "apps/fairway/command.h"
#include "apps/fairway/options.h"

namespace fairway::commands {

ExitCode dump(Arguments arguments, Output& out, Output& err) {
  std::vector<std::string> files;
  Options options("dump", "fairway dump rib.20140530.bz2 | head");
  options.positionals("FILE", files, "MRT files, plain or compressed (gz, bz2, xz, zst); - is standard input");
  if (const auto code = options.parse(arguments, out, err)) return *code;
  return ExitCode::fine;
}

}  // namespace fairway::commands
