#pragma once
#include "core/model/route.h"
