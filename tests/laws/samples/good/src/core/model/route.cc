#include "core/model/route.h"

#include <string>

std::string text() { return std::string(static_cast<unsigned>(route()), '.'); }
