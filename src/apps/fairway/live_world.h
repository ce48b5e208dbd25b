// The World of a program that runs: tables and my network, read again whenever they change.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "apps/fairway/world_options.h"
#include "base/result.h"

namespace fairway {

// Lines of a program of several threads: one at a time, with the time in front.
class LiveLines {
 public:
  LiveLines(std::string_view command, Output& err) : begin_("fairway " + std::string(command) + ": "), err_(err) {}
  void tell(const std::string& line);

 private:
  std::string begin_;
  Output& err_;
  std::mutex mutex_;
};

struct LiveWorld {
  WorldOptions options;
  std::string network;  // a file; empty: none

  // Warnings go to `lines`. Error: what could not be loaded, in words.
  Result<std::shared_ptr<const World>> load(LiveLines& lines) const;
  // The files and folders that are read.
  std::vector<std::string> watched() const;
};

}  // namespace fairway
