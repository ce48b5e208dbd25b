// Episodes: what a person would call one event: the incidents of one offender that began together, whatever the
// victims; with the curve of how many views believed it when.
#pragma once

#include <vector>

#include "shell/scenario/play.h"

namespace fairway::scenario {

struct Episode {
  Incident whole;  // of all its incidents: prefixes, victims and paths of all, the most confident one's evidence
  std::vector<const Incident*> parts;  // into Performance::outcome; the most confident first
  std::vector<const Moment*> moments;  // into Performance::moments, by time
};

// By opening time.
std::vector<Episode> episodes_of(const Performance& performance);

// For each of `columns` equal steps between the two times, how many views had a route of the episode at once, at most.
std::vector<unsigned> curve(const MrtFiles& files, const Incident& whole, Instant from, Instant to, unsigned columns);

}  // namespace fairway::scenario
