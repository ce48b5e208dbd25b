#include <algorithm>

#include "apps/fairway/command.h"
#include "apps/fairway/version.h"
#include "base/text.h"

namespace fairway {

namespace {

constexpr Command kCommands[] = {
#define COMMAND(name, summary) {#name, summary, commands::name},
#include "apps/fairway/commands.def"
#undef COMMAND
};

void print_help(Output& out) {
  std::size_t width = 0;
  for (const Command& command : kCommands) width = std::max(width, command.name.size());
  std::string text =
      "Fairway lets a network do, check and prove the four MANRS actions.\n\n"
      "Usage: fairway COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n";
  for (const Command& command : kCommands) {
    text.append("  ").append(command.name).append(width - command.name.size() + 2, ' ');
    text.append(command.summary).append("\n");
  }
  text +=
      "\n'fairway COMMAND --help' tells the options of a command, with an example.\n"
      "Exit codes: 0 fine, 1 usage or failure, 2 input damaged but finished, 3 the answer is negative,\n"
      "4 not found or empty, 5 refused by a guard, 6 data older than --max-age.\n";
  out.write(text);
}

// The command whose name is nearest, if it is near enough to have been meant.
const Command* nearest(std::string_view word) {
  const Command* best = nullptr;
  unsigned least = std::max<unsigned>(1, static_cast<unsigned>(word.size()) / 2);
  for (const Command& command : kCommands) {
    const unsigned distance = edit_distance(word, command.name);
    if (distance <= least && (best == nullptr || distance < least)) {
      best = &command;
      least = distance;
    }
  }
  return best;
}

}  // namespace

std::span<const Command> all_commands() { return kCommands; }

ExitCode run_program(Arguments arguments, Output& out, Output& err) {
  if (arguments.empty()) {
    print_help(err);
    return ExitCode::failure;
  }
  const std::string_view word = arguments[0];
  if (word == "--help" || word == "-h" || word == "help") {
    print_help(out);
    return ExitCode::fine;
  }
  if (word == "--version" || word == "version") {
    out.line(std::string("fairway ") + kVersion);
    return ExitCode::fine;
  }
  for (const Command& command : kCommands) {
    if (command.name == word) return command.run(arguments.subspan(1), out, err);
  }
  std::string text = "fairway: there is no command '" + std::string(word) + "'";
  if (const Command* meant = nearest(word)) text.append("; did you mean '").append(meant->name).append("'?");
  err.line(text);
  err.line("'fairway --help' lists the commands.");
  return ExitCode::failure;
}

}  // namespace fairway
