// A notification as the environment of a program: FAIRWAY_INCIDENT, FAIRWAY_TRANSITION, ... The program reads the whole
// as JSON from its standard input.
#pragma once

#include <string>
#include <vector>

#include "core/notify/notification.h"

namespace fairway::notify {

// "NAME=value" each, one for every placeholder of template.h that is a single line, in capitals behind FAIRWAY_. Lists
// are separated by blanks; values are cut at 32 KiB, at a blank, since systems limit them.
std::vector<std::string> environment(const Notification& notification);

}  // namespace fairway::notify
