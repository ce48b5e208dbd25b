#include "route.h"
