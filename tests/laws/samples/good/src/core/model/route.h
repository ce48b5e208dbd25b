#pragma once
#include "base/word.h"
inline int route() { return word(); }
