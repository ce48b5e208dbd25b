#include "core/actions/filtering/plan.h"
