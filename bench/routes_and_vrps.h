// What the two sides are given: VRPs and prefix-origin pairs. Real ones if FAIRWAY_TEST_DATA is set, else generated
// ones of the same number.
#pragma once

#include <string>
#include <vector>

#include "core/tables/vrp.h"
#include "core/verdict/origin.h"

namespace fairway::bench {

struct RoutesAndVrps {
  std::string what;                  // one sentence
  std::vector<Vrp> vrps;             // in the file's order
  std::vector<PrefixOrigin> routes;  // in the order of their prefixes
};

RoutesAndVrps load_or_generate();

}  // namespace fairway::bench
