// What `fairway demo` prints for people: the story as it was told then, what the engine was given, what it found in it
// and by which evidence, which MANRS action would have stopped it, and where each check was blind.
#pragma once

#include <string>

#include "shell/scenario/episode.h"

namespace fairway {

struct DemoPlay {
  const scenario::Scenario& scenario;
  const scenario::Performance& performance;
  const scenario::Performance& quiet;  // the same without the events
  const World* now = nullptr;          // with what is registered today; null: the scenario does not say
};

void append_demo(std::string& out, const DemoPlay& play, bool colour);

}  // namespace fairway
