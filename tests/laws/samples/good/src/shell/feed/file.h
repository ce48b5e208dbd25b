#pragma once
#include <vector>

#include "core/model/route.h"
