// Progress: one line on a terminal that tells how far something has come. Silent where standard error is no terminal,
// and for the first second. The line is wiped when the object dies. One thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "apps/fairway/output.h"

namespace fairway {

class Progress {
 public:
  explicit Progress(Output& err);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Whether a tell() now would be seen: ask first where the text costs something to make.
  bool due() const;
  void tell(std::string_view text);

 private:
  Output& err_;
  std::chrono::steady_clock::time_point next_;
  bool shown_ = false;
};

}  // namespace fairway
