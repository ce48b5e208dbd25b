// A proposal for network.yaml as text: what ignoring an incident offers to whoever answers for the network.
#pragma once

#include <string>

#include "core/notify/proposal.h"

namespace fairway::notify {

// Each addition's sentence as a comment, then the lines as they may be added to network.yaml, under its keys. Empty
// where nothing is proposed.
std::string print(const Proposal& proposal);

}  // namespace fairway::notify
