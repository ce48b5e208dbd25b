// What the program tells its caller in one number. Scripts rely on these: they never change their meaning.
#pragma once

#include <initializer_list>

namespace fairway {

enum class ExitCode : int {
  fine = 0,
  failure = 1,   // usage, or something outside failed
  damaged = 2,   // the input is damaged; what could be read was done
  negative = 3,  // the answer is no (an invalid route, a failed check)
  empty = 4,     // not found, or nothing there
  refused = 5,   // a guard said no
  stale = 6,     // data older than --max-age
};

// When several hold, the one that matters most to the caller: failure, refused, stale, damaged, negative, empty, fine.
constexpr ExitCode combine(ExitCode a, ExitCode b) {
  for (const ExitCode code : {ExitCode::failure, ExitCode::refused, ExitCode::stale, ExitCode::damaged,
                              ExitCode::negative, ExitCode::empty}) {
    if (a == code || b == code) return code;
  }
  return ExitCode::fine;
}

}  // namespace fairway
