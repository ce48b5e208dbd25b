// What irr_expand.h tells about the sets that it has visited.
#pragma once

#include <span>
#include <vector>

#include "core/tables/irr_expand.h"

namespace fairway {

// Sets that contain each other, or themselves: one finding a knot, which names the sets on one way round.
void find_cycles(const SetTable& table, const Expansion& expansion, std::vector<SetFinding>& findings);

// Members that are private, reserved, or networks without a transit provider in a set that is not their own.
void find_odd_members(const Expansion& expansion, std::vector<SetFinding>& findings);

}  // namespace fairway
