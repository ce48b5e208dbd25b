#include "apps/fairway/command.h"
