// Running somebody's program, with the environment and a standard input made for it, and an end to its time.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::notify {

// Runs `command` (a program and its arguments; a name without a slash is looked for in PATH, no shell reads anything)
// with `variables` ("NAME=value") added to this process's environment. Success is exit code 0. Error: system, with the
// exit code or signal and the end of what it said on standard error. When its time is over, or `stop` asks, the program
// and what it started in its group are killed.
Result<void> run_command(const std::vector<std::string>& command, const std::vector<std::string>& variables,
                         std::string_view input, Duration time_limit, std::stop_token stop);

}  // namespace fairway::notify
