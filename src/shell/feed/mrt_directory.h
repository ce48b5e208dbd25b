// MrtDirectory: a folder in which a collector puts MRT files as it finishes them, followed for as long as the program
// runs. Each file is read once, when it is whole: when nothing was written to it for a while, or when it was moved into
// place and is older than that. Files that are whole at the same time are read in the order of their first records.
//
// Names that begin with a dot, or end in ".tmp" or ".part", are of files that are being made. Compression is found by
// content. A file that cannot be read, or is damaged, is told as trouble and passed over as far as it must be.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/model/instant.h"
#include "shell/feed/live.h"

namespace fairway {

struct MrtDirectoryOptions {
  using Time = std::chrono::milliseconds;

  std::string directory;
  std::string name = "mrt";  // in FeedHealth
  // Of a file; empty: the folder's name.
  std::function<std::string(const std::string& path)> collector{};
  bool existing = false;  // also files that are whole when it begins
  Time every{1'000};      // how often it is looked
  Time settle{5'000};     // not written to for so long: whole
  Time health{5'000};     // between reports
};

class MrtDirectory {
 public:
  // What is whole now is known, unless `existing`; `sink` outlives it.
  MrtDirectory(MrtDirectoryOptions options, LiveSink& sink);
  ~MrtDirectory();

  void run();   // until stop(): the thread that the sink is called on
  void stop();  // from any thread, for good; what is being read is not read to its end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway
