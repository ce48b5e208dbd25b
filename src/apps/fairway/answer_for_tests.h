// The program as its caller sees it, in a test: arguments in, exit code and both outputs back.
#pragma once

#include <string>
#include <vector>

#include "apps/fairway/command.h"

namespace fairway {

struct Answer {
  ExitCode code;
  std::string out, err;
};

inline Answer run(const std::vector<std::string>& arguments) {
  Answer answer;
  Output out(answer.out), err(answer.err);
  answer.code = run_program(arguments, out, err);
  return answer;
}

}  // namespace fairway
